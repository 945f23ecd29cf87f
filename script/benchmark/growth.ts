import { execFile, execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { startCacheService } from '../../__tests__/doubles/cache-service.ts'
import { createJob, fixture } from '../../__tests__/e2e/action.ts'
import { startRegistry } from '../registry.ts'
import { benchEngine } from './bench-engine.ts'

/**
 * What an image costs as its weights grow: bytes that reach the disk or come from it, a gigabyte of weights, of the
 * action and of the bare tools (bare-tools.sh), cold, through the push. Counted by the kernel for each process
 * (/proc/PID/io): the engine with its containerd, and the rival itself with all it started. The registry and the
 * cache service are somebody else's. Arguments: sizes in GB (0.25 1 4). Needs root, to read what the engine did and
 * to forget the page cache.
 */

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0.25, 1, 4]
const engine = benchEngine()
const root = mkdtempSync(join(tmpdir(), 'ml-image-growth-'))
const body = '{"features": [1]}'

type Bytes = Readonly<{ read: number; written: number }>
type Rival = 'action' | 'bare'

const parse = (text: string): Bytes => {
  const of = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { read: of('read_bytes'), written: of('write_bytes') - of('cancelled_write_bytes') }
}
const sum = (all: readonly Bytes[]): Bytes => ({
  read: all.reduce((total, { read }) => total + read, 0),
  written: all.reduce((total, { written }) => total + written, 0),
})

/** The engine's own processes: dockerd and what it started. */
function engineBytes(): ReadonlyMap<string, Bytes> {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const [, ppid] = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
          return [[pid, ppid ?? '']]
        } catch {
          return []
        }
      }),
  )
  const first = readFileSync(join(dirname(engine.host.replace('unix://', '')), 'docker.pid'), 'utf8').trim()
  const ofEngine = (pid: string | undefined): boolean => pid !== undefined && (pid === first || ofEngine(parents.get(pid)))
  return new Map([...parents.keys()].filter(ofEngine).map((pid) => [pid, parse(readFileSync(`/proc/${pid}/io`, 'utf8'))]))
}

function since(before: ReadonlyMap<string, Bytes>): Bytes {
  return sum(
    [...engineBytes()].map(([pid, { read, written }]) => {
      const old = before.get(pid) ?? { read: 0, written: 0 }
      return { read: read - old.read, written: written - old.written }
    }),
  )
}

await using registry = await startRegistry()
const config = join(root, 'docker')
mkdirSync(config)
const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))

/** A service with weights that no compression makes smaller. */
function createService(gigabytes: number): string {
  const folder = mkdtempSync(join(root, 'service-'))
  cpSync(fixture('service'), folder, { recursive: true })
  appendFileSync(join(folder, 'Dockerfile'), 'COPY model.bin .\n')
  writeFileSync(join(folder, 'requirements.txt'), '')
  const file = openSync(join(folder, 'model.bin'), 'w')
  const part = Buffer.alloc(1 << 24)
  for (let left = gigabytes * 1e9; left > 0; left -= part.length) writeSync(file, randomFillSync(part), 0, Math.min(left, part.length))
  closeSync(file)
  return folder
}

/** Runs what follows, and leaves what it and all it started have read and written. */
const counted = (file: string) => ['bash', '-c', '"$@"; status=$?; cat "/proc/$$/io" >"$0"; exit $status', file] as const

async function measure(rival: Rival, service: string): Promise<Bytes & Readonly<{ seconds: number }>> {
  engine.empty()
  const cache = await startCacheService()
  const environment = { ...cache.environment, DOCKER_HOST: engine.host, UV_CACHE_DIR: join(root, 'uv') }
  const name = `${registry.host}/growth/${rival}`
  const own = join(root, 'io')
  using job = rival === 'action' ? createJob(service) : undefined
  execFileSync('sh', ['-c', 'sync; echo 3 >/proc/sys/vm/drop_caches'])
  const before = engineBytes()
  const began = performance.now()
  if (job) {
    const inputs = { images: name, username: registry.username, password: registry.password, 'predict-body': body }
    const ran = await job.main(inputs, environment, counted(own))
    if (ran.exitCode !== 0) throw new Error(ran.log.slice(-4000))
  } else {
    const [program, ...args] = [...counted(own), 'bash', join(import.meta.dirname, 'bare-tools.sh'), service, `${name}:latest`, body]
    await promisify(execFile)(program, args, { env: { ...process.env, ...environment, DOCKER_CONFIG: config } })
  }
  const seconds = (performance.now() - began) / 1000
  const bytes = sum([since(before), parse(readFileSync(own, 'utf8'))])
  await cache[Symbol.asyncDispose]()
  return { ...bytes, seconds }
}

const rows: string[] = []
for (const size of sizes) {
  const service = createService(size)
  const bare = await measure('bare', service)
  const action = await measure('action', service)
  rmSync(service, { recursive: true, force: true })
  const per = (bytes: number) => (bytes / 1e9 / size).toFixed(2)
  const ratio = (of: 'read' | 'written') => (action[of] / bare[of]).toFixed(2)
  const moved = (action.read + action.written) / (bare.read + bare.written)
  rows.push(
    `| ${size} | ${per(bare.written)} | ${per(action.written)} | ${ratio('written')} | ${per(bare.read)} | ${per(action.read)} | ${ratio('read')} | ${moved.toFixed(2)} | ${bare.seconds.toFixed(0)} | ${action.seconds.toFixed(0)} |`,
  )
  process.stderr.write(`${rows.at(-1)}\n`)
}
engine.empty()
rmSync(root, { recursive: true, force: true })
process.stdout.write(`
| GB of weights | bare: written/GB | action | ratio | bare: read/GB | action | ratio | both | bare s | action s |
|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`)
