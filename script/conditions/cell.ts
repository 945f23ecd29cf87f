import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEvent, createGated, createPlan } from '../../__tests__/builders.ts'
import { type FaultRule, type Seen, startFaultProxy } from '../../__tests__/doubles/fault-proxy.ts'
import { childEnvironment } from '../../src/host/environment.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { withinDeadline } from '../../src/publish/deadline.ts'
import { createHistory } from '../../src/publish/history.ts'
import { publish } from '../../src/publish/publish.ts'
import type { Registry } from '../registry.ts'
import type { Road } from './table.ts'
import { fastHost, type TestImage } from './world.ts'

const tags = [
  { name: 'sha-1f2e3d4', moves: false },
  { name: 'latest', moves: true },
]

/** `right`: every tag is; `none`: no tag is set; `half`: something between. Times in ms, by the clock of the run. */
export type Ended = Readonly<{
  tags: 'right' | 'none' | 'half'
  code: string | undefined
  message: string | undefined
  ms: number
  /** From the first fault on. */
  sinceFaultMs: number
  seen: readonly Seen[]
  lines: readonly string[]
}>

/** What the registry itself says that its tags hold. */
async function tagsAt(registry: Registry, path: string, digest: string): Promise<Ended['tags']> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
  const held = await Promise.all(
    tags.map(async ({ name }) => {
      const answer = await fetch(`http://${registry.host}/v2/${path}/manifests/${name}`, {
        method: 'HEAD',
        headers: { authorization, accept },
      })
      return answer.ok ? answer.headers.get('docker-content-digest') : undefined
    }),
  )
  if (held.every((one) => one === digest)) return 'right'
  return held.every((one) => one === undefined) ? 'none' : 'half'
}

/** Publishes the image in this weather, with a clock that runs `speed` times as fast. */
export async function runCell(
  registry: Registry,
  image: TestImage,
  path: string,
  road: Road,
  rules: readonly FaultRule[],
  speed: number,
  pushTimeoutMs = 1_800_000,
): Promise<Ended> {
  const host = fastHost(speed)
  await using proxy = await startFaultProxy(registry, rules, host.now)
  const name = parseImageName(`${proxy.host}/${path}`)
  const credential = { username: registry.username, password: registry.password }
  const plan = createPlan({ names: [name], tags, access: new Map([[name.registry, { kind: 'given', credential, from: 'username' }]]) })
  const { localName, digest, layout } = image
  const gated = createGated({ digest, localName, store: 'containerd', ...(road === 'files' ? { layout } : {}) })
  const env = childEnvironment('engine', process.env)
  const log = { line: host.log.line, close: () => {} }
  const history = createHistory(host, createEvent(), undefined, tmpdir(), {})
  const start = host.now()
  const { failure } = await withinDeadline(host, pushTimeoutMs, new AbortController().signal, (timed, signal) =>
    publish(timed, plan, gated, history, env, log, signal),
  )
  const end = host.now()
  const held = await tagsAt(registry, path, digest)
  const first = proxy.seen.find(({ faulty }) => faulty)?.at ?? start
  const took = { ms: end - start, sinceFaultMs: end - first }
  return { tags: held, code: failure?.code, message: failure?.message, ...took, seen: proxy.seen, lines: host.lines }
}

/** The same by `docker push` of each tag, one after the other, as a workflow has it. Given up after `mostMs`. */
export async function runPlainPush(
  registry: Registry,
  image: TestImage,
  path: string,
  rules: readonly FaultRule[],
  mostMs: number,
): Promise<Ended['tags'] | 'hangs'> {
  await using proxy = await startFaultProxy(registry, rules)
  const config = mkdtempSync(join(tmpdir(), 'ml-image-weather-login-'))
  const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
  writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [proxy.host]: { auth } } }))
  const env = { ...process.env, DOCKER_CONFIG: config }
  const docker = (...args: readonly string[]) =>
    new Promise<number | null>((resolve) =>
      spawn('docker', args, { env, stdio: 'ignore', timeout: mostMs }).on('close', (exitCode) => resolve(exitCode)),
    )
  let hangs = false
  try {
    for (const { name } of tags) {
      const reference = `${proxy.host}/${path}:${name}`
      await docker('tag', image.localName, reference)
      const start = performance.now()
      const exitCode = await docker('push', '--quiet', reference)
      await docker('image', 'rm', reference)
      hangs ||= performance.now() - start >= mostMs
      if (exitCode !== 0) break
    }
  } finally {
    rmSync(config, { recursive: true, force: true })
  }
  return hangs ? 'hangs' : await tagsAt(registry, path, image.digest)
}
