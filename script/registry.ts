import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import bcrypt from 'bcryptjs'

/** A request as the registry's access log has it. */
export type Access = Readonly<{ method: string; path: string; status: number }>

/** A real registry (distribution) on the loopback, in a container of its own. */
export interface Registry extends AsyncDisposable {
  readonly host: string
  readonly username: string
  readonly password: string
  /** Every request so far, oldest first. */
  readonly accessLog: () => readonly Access[]
  /** Files of its storage (blobs, manifests, uploads) that hold a match of an extended regular expression. */
  readonly filesWith: (pattern: string) => readonly string[]
  readonly stop: () => void
}

const docker = (...args: readonly string[]) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** The lines of a registry's log that are an access log in Apache's combined format. */
export function parseAccessLog(text: string): readonly Access[] {
  return [...text.matchAll(/"([A-Z]+) (\S+) HTTP\/[\d.]+" (\d{3}) /g)].map(([, method = '', path = '', status]) => ({
    method,
    path,
    status: Number(status),
  }))
}

/** Starts a registry that lets in one user only. */
export async function startRegistry(login = { username: 'shipper', password: randomBytes(12).toString('hex') }): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-registry-'))
  writeFileSync(join(folder, 'htpasswd'), `${login.username}:${bcrypt.hashSync(login.password, 4)}\n`)
  const id = docker(
    ...['run', '--detach', '--publish', '127.0.0.1::5000', '--volume', `${folder}:/auth:ro`],
    ...[
      '--env',
      'REGISTRY_AUTH=htpasswd',
      '--env',
      'REGISTRY_AUTH_HTPASSWD_REALM=test',
      '--env',
      'REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd',
    ],
    'registry:2',
  ).trim()
  const stop = () => {
    execFileSync('docker', ['rm', '--force', '--volumes', id], { stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
  const host = docker('port', id, '5000/tcp').trim().split('\n')[0] ?? ''
  for (let tries = 0; ; tries++) {
    const status = await fetch(`http://${host}/v2/`).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 401) break
    if (tries > 200) {
      stop()
      throw new Error(`the registry at ${host} does not come up (${status})`)
    }
    await sleep(50)
  }
  return {
    host,
    ...login,
    accessLog: () => parseAccessLog(execFileSync('sh', ['-c', `docker logs ${id} 2>&1`], { encoding: 'utf8', maxBuffer: 64 << 20 })),
    filesWith: (pattern) => {
      const search = ['exec', id, 'sh', '-c', 'grep -rlE -e "$0" /var/lib/registry || test $? = 1', pattern]
      return docker(...search)
        .split('\n')
        .filter(Boolean)
    },
    stop,
    [Symbol.asyncDispose]: async () => stop(),
  }
}
