import { createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Registry } from '../../script/registry.ts'

/** Something on the loopback that is closed when its scope ends. */
export interface Double extends AsyncDisposable {
  readonly port: number
}

export async function listen(server: Server): Promise<Double> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What the door does with a request: lets it pass, at once or late (ms), holds it back until it is let go, or answers by itself. */
export type Doing =
  | 'pass'
  | 'hold'
  | Readonly<{ late: number }>
  | Readonly<{ status: number; body?: string; headers?: Readonly<Record<string, string>> }>

/** Stands before a registry. `held` resolves with the first request that is held back. */
export interface Door extends Double {
  readonly host: string
  readonly held: Promise<void>
  readonly release: () => void
}

export async function openDoor(registry: Pick<Registry, 'host'>, does: (method: string, path: string) => Doing): Promise<Door> {
  const released = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const [hostname = '', port = ''] = registry.host.split(':')
  const door = await listen(
    createServer((incoming, outgoing: ServerResponse) => {
      const pass = async (): Promise<void> => {
        const { method = '', url: path = '', headers } = incoming
        const doing = does(method, path)
        if (typeof doing === 'object' && 'late' in doing) await sleep(doing.late)
        else if (typeof doing === 'object') {
          incoming.resume()
          outgoing.writeHead(doing.status, doing.headers).end(doing.body)
          return
        }
        if (doing === 'hold') {
          const gone = new Promise((resolve) => outgoing.on('close', resolve))
          held.resolve()
          await Promise.race([released.promise, gone])
          // Whoever has left does not want it any more.
          if (outgoing.destroyed) return
        }
        const sent = request({ hostname, port, method, path, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
        })
        sent.on('error', () => outgoing.destroy())
        incoming.on('close', () => incoming.complete || sent.destroy())
        incoming.pipe(sent)
      }
      void pass()
    }),
  )
  return { ...door, host: `127.0.0.1:${door.port}`, held: held.promise, release: released.resolve }
}
