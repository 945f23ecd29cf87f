import type { ImageConfig } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { watchCandidates } from './candidates.ts'
import type { Container } from './container.ts'
import { type Contract, contractOf } from './contract.ts'
import { presets } from './presets/table.ts'
import { findModels, probe, type Server, watchCheck } from './probe.ts'
import { type Look, type Readiness, type Seen, untilReady } from './readiness.ts'
import { listeningSockets } from './sockets.ts'
import { waitingText } from './waiting.ts'

/** How the wait ended, and what the service has turned out to be meanwhile. */
export type Awaited = Readonly<{
  readiness: Extract<Readiness, Readonly<{ kind: 'ready' | 'late' | 'ended' | 'never' }>>
  contract: Contract
  container: Container
}>

/** When a port that nobody has named stays silent, what listens is looked at, so often. */
const lookAfterMs = 500
const lookEveryMs = 500
const listTimeoutMs = 5_000

/**
 * Waits for the first good answer of a service. Whatever of its contract nobody has named is found on the way: what kind
 * of server it is, by its answers; its port, by the sockets that it listens on. Explicit inputs stay.
 */
export async function awaitService(
  host: Host,
  started: Container,
  expected: Contract,
  smoke: SmokeInputs,
  image: ImageConfig,
  env: Environment,
  ended: Promise<unknown>,
  say: (text: string) => void,
): Promise<Awaited> {
  const start = host.now()
  let contract = expected
  let container = started
  for (;;) {
    const expecting = contract
    const server: Server = { host, baseUrl: container.baseUrl, headers: contract.headers }
    const { checks, model } = contract
    const watchers =
      checks.length > 0
        ? checks.map((check) => watchCheck(server, check, model))
        : [watchCandidates(server, host, contract, smoke.predictBody !== undefined || smoke.samples !== undefined)]
    const left = contract.startTimeoutMs - (host.now() - start)
    const aside =
      contract.port.from === 'default' || contract.port.from === 'preset' ? watchSockets(host, container, contract, env) : undefined
    const tell = (seen?: Seen) => say(waitingText(host.now() - start, expecting, seen))
    const readiness = await untilReady(host, watchers, left, ended, aside, tell)
    switch (readiness.kind) {
      case 'recognised': {
        const { preset, by } = readiness
        const { port } = contract
        contract = { ...contractOf(presets[preset], by, smoke, image), port, env: contract.env, command: contract.command }
        say(`it is ${preset}: ${by}`)
        break
      }
      case 'elsewhere': {
        const { port, baseUrl } = readiness
        say(`nothing named its port ${port}: it listens there`)
        contract = { ...contract, port: { port, from: 'listening' } }
        container = { ...container, port, baseUrl }
        break
      }
      case 'ready':
        return {
          readiness: { ...readiness, afterMs: host.now() - start },
          contract: await withModel(server, contract, readiness),
          container,
        }
      default:
        return { readiness, contract, container }
    }
  }
}

/** The path of the prediction with the model that was found, or is asked for now where no check needed its name. */
async function withModel(server: Server, contract: Contract, { goods }: Extract<Readiness, { kind: 'ready' }>): Promise<Contract> {
  const { model, predict } = contract
  if (!predict.path.includes('{model}')) return contract
  const seen = goods.find((good) => good.model !== undefined)?.model ?? (typeof model === 'string' ? model : undefined)
  const listed = seen === undefined && typeof model === 'object' ? await findModels(server, model, AbortSignal.timeout(listTimeoutMs)) : []
  const name = seen ?? ('kind' in listed ? undefined : listed[0])
  if (name === undefined) return contract
  return { ...contract, predict: { ...predict, path: predict.path.replace('{model}', encodeURIComponent(name)) } }
}

/** Looks, while the named port is silent, for another that the container listens on and that speaks HTTP. */
function watchSockets(host: Host, container: Container, contract: Contract, env: Environment) {
  return async (answered: () => boolean, signal: AbortSignal): Promise<Look | undefined> => {
    const { ip } = container
    if (ip === undefined) return undefined
    for (let wait = lookAfterMs; ; wait = lookEveryMs) {
      await host.sleep(wait, signal).catch(() => undefined)
      if (signal.aborted || answered()) return undefined
      const sockets = await listeningSockets(host, container, env)
      if (sockets === undefined) return undefined
      if (sockets.some(({ port }) => port === contract.port.port)) continue
      const others = [...new Set(sockets.filter(({ loopback }) => !loopback).map(({ port }) => port))]
      for (const port of others) {
        const baseUrl = `http://${ip}:${port}`
        const answer = await probe({ host, baseUrl, headers: contract.headers }, '/health', signal)
        if (answer.kind === 'answer') return { kind: 'elsewhere', port, baseUrl }
      }
    }
  }
}
