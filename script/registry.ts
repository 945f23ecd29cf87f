import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
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

/** What else a registry is started with. */
export type RegistryOptions = Readonly<{
  /** Where it listens on this machine: the loopback, unless another address is given. */
  address?: string
  /** Variables of distribution (docs, "Override specific configuration options"); those that are given decide who is let in. */
  environment?: Readonly<Record<string, string>>
  /** Texts by name, below /auth. */
  files?: Readonly<Record<string, string>>
}>

const letsOneIn = {
  REGISTRY_AUTH: 'htpasswd',
  REGISTRY_AUTH_HTPASSWD_REALM: 'test',
  REGISTRY_AUTH_HTPASSWD_PATH: '/auth/htpasswd',
}

/** The status of its first page; 0 where nobody answers. Whether its certificate is good is for others to tell. */
function ping(url: string): Promise<number> {
  const { get } = url.startsWith('https:') ? https : http
  return new Promise((resolve) => {
    get(url, { rejectUnauthorized: false, agent: false }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', () =>
      resolve(0),
    )
  })
}

/** Starts a registry that lets in one user only. */
export async function startRegistry(
  login = { username: 'shipper', password: randomBytes(12).toString('hex') },
  { address = '127.0.0.1', environment = {}, files = {} }: RegistryOptions = {},
): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-registry-'))
  const texts = { htpasswd: `${login.username}:${bcrypt.hashSync(login.password, 4)}\n`, ...files }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
  const variables = { ...('REGISTRY_AUTH' in environment ? {} : letsOneIn), ...environment }
  const id = docker(
    ...['run', '--detach', '--publish', `${address}::5000`, '--volume', `${folder}:/auth:ro`],
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    'registry:2',
  ).trim()
  const stop = () => {
    execFileSync('docker', ['rm', '--force', '--volumes', id], { stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
  const host = docker('port', id, '5000/tcp').trim().split('\n')[0] ?? ''
  for (let tries = 0; ; tries++) {
    const status = await ping(`${'REGISTRY_HTTP_TLS_CERTIFICATE' in variables ? 'https' : 'http'}://${host}/v2/`)
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
