import { execFile, execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type CacheService, startCacheService } from '../../__tests__/doubles/cache-service.ts'
import { createJob } from '../../__tests__/e2e/action.ts'
import { startRegistry } from '../registry.ts'
import { base, benchEngine } from './bench-engine.ts'

/**
 * The whole way, side by side in one run: this action and the bare tools in their best order (bare-tools.sh), on an
 * engine of their own. Three scenarios, each on an empty builder with only the remote cache and uv's kept: nothing
 * known yet, nothing changed, one line of the service changed. The first argument is the number of pairs (7), which are
 * interleaved; with `chain` as the second the hand-written chain of the docker actions (chain.sh) runs, too, once a pair.
 * On the classic image store the action runs against the chain alone, as the bare tools' order needs the other store.
 */

const pairs = Number(process.argv[2] ?? 7)
const engine = benchEngine()
const store = process.env['ML_IMAGE_BENCH_STORE'] ?? 'containerd'
/** FastAPI and scikit-learn; it stays as it is, so that figures of another day can be laid beside these. */
const service = join(import.meta.dirname, 'service')
const body = '{"features": [5.1, 3.5, 1.4, 0.2]}'
const root = mkdtempSync(join(tmpdir(), 'ml-image-bench-'))

await using registry = await startRegistry()
const config = join(root, 'docker')
mkdirSync(config)
const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))

/** A builder of the chain's sees no image of the engine: its base comes from a mirror, as near as it can be. */
function startMirror(): Readonly<{ toml: string; stop: () => void }> {
  const run = (...args: readonly string[]) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  const id = run('run', '--detach', '--publish', '127.0.0.1::5000', 'registry:2')
  const host = run('port', id, '5000/tcp').split('\n')[0] ?? ''
  const name = `${host}/library/${base}`
  run('tag', base, name)
  run('push', '--quiet', name)
  run('image', 'rm', name)
  const toml = join(root, 'buildkitd.toml')
  const insecure = [host, registry.host].map((each) => `[registry."${each}"]\n  http = true\n`).join('')
  writeFileSync(toml, `[registry."docker.io"]\n  mirrors = ["${host}"]\n${insecure}`)
  return { toml, stop: () => void run('rm', '--force', '--volumes', id) }
}

type Rival = 'action' | 'bare' | 'chain'
type Scenario = 'cold' | 'unchanged' | 'one line'

/** What one rival has between its runs. */
type Side = Readonly<{ rival: Rival; folder: string; cache: CacheService; uv: string }>

let made = 0
const fresh = (name: string) => join(root, `${name}-${++made}`)

async function createSide(rival: Rival): Promise<Side> {
  const folder = fresh(rival)
  cpSync(service, folder, { recursive: true })
  // The rivals install what this file names, pytest and httpx.
  const requirements = ['requirements.txt', 'requirements-test.txt'].map((name) => readFileSync(join(folder, name), 'utf8')).join('')
  rmSync(join(folder, 'requirements-test.txt'))
  writeFileSync(join(folder, 'requirements.txt'), requirements)
  const dockerfile = join(folder, 'Dockerfile')
  writeFileSync(
    dockerfile,
    readFileSync(dockerfile, 'utf8')
      .replace(/^COPY requirements-test.txt .\n/m, '')
      .replace(/-r requirements-test.txt/, '-r requirements.txt'),
  )
  return { rival, folder, cache: await startCacheService(), uv: fresh('uv') }
}

/** As a checkout leaves it: every file new. */
function touch(folder: string): void {
  const now = new Date()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) utimesSync(join(folder, name), now, now)
}

async function run(side: Side, commit: string): Promise<number> {
  engine.empty()
  touch(side.folder)
  const environment = { ...side.cache.environment, UV_CACHE_DIR: side.uv, DOCKER_HOST: engine.host }
  const name = `${registry.host}/bench/${side.rival}`
  const began = performance.now()
  if (side.rival === 'action') {
    using job = createJob(side.folder, undefined, { GITHUB_SHA: commit })
    const inputs = { images: name, username: registry.username, password: registry.password, 'predict-body': body }
    const ran = await job.main(inputs, environment)
    if (ran.exitCode !== 0) throw new Error(ran.log.slice(-4000))
    process.stderr.write(
      `  ${ran.log
        .split('\n')
        .filter((line) => /^(Test|Build|Smoke|Publish): /.test(line))
        .map((line) => line.replace(/:.*\(/, ' ('))
        .join(', ')}\n`,
    )
    return ran.ms / 1000
  }
  const script = join(import.meta.dirname, side.rival === 'bare' ? 'bare-tools.sh' : 'chain.sh')
  // Not in this process's own time: it is the cache service, too.
  const more = side.rival === 'chain' && mirror ? [mirror.toml] : []
  const { stdout: output } = await promisify(execFile)('bash', [script, side.folder, `${name}:latest`, body, ...more], {
    env: { ...process.env, ...environment, DOCKER_CONFIG: config },
  })
  process.stderr.write(`  ${output.trim().split('\n').join(', ')}\n`)
  return (performance.now() - began) / 1000
}

const figures = new Map<string, number[]>()
const note = (rival: Rival, scenario: Scenario, seconds: number) => {
  const key = `${rival} ${scenario}`
  figures.set(key, [...(figures.get(key) ?? []), seconds])
  process.stderr.write(`${key}: ${seconds.toFixed(1)} s\n`)
}
const median = (values: readonly number[] = []) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const of = (rival: Rival, scenario: Scenario) => figures.get(`${rival} ${scenario}`) ?? []

const rivals: readonly Rival[] =
  store === 'classic' ? ['action', 'chain'] : process.argv[3] === 'chain' ? ['action', 'bare', 'chain'] : ['action', 'bare']
const mirror = rivals.includes('chain') ? startMirror() : undefined
for (let pair = 0; pair < pairs; pair++) {
  const sides = await Promise.all((pair % 2 === 0 ? rivals : rivals.toReversed()).map(createSide))
  const commit = (n: number) => `${pair}${n}`.padEnd(40, '0')
  for (const side of sides) note(side.rival, 'cold', await run(side, commit(1)))
  for (const side of sides) note(side.rival, 'unchanged', await run(side, commit(1)))
  for (const side of sides) {
    appendFileSync(join(side.folder, 'app.py'), `\n# ${pair}\n`)
    note(side.rival, 'one line', await run(side, commit(2)))
  }
  for (const side of sides) await side.cache[Symbol.asyncDispose]()
}
engine.empty()
mirror?.stop()
rmSync(root, { recursive: true, force: true })

process.stdout.write(
  `\nFastAPI and scikit-learn on ${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${store} image store, ${pairs} pairs; medians, also of the ratios within a pair\n`,
)
for (const scenario of ['cold', 'unchanged', 'one line'] as const) {
  const action = of('action', scenario)
  const texts = rivals.slice(1).map((rival) => {
    const other = of(rival, scenario)
    // A machine drifts, and who comes second pays for what the first has left: within a pair, and with turns, less of it counts.
    const ratio = median(action.map((seconds, pair) => seconds / (other[pair] ?? Number.NaN)))
    const more = median(action.map((seconds, pair) => seconds - (other[pair] ?? Number.NaN)))
    return `${rival} ${median(other).toFixed(1)} s: ${ratio.toFixed(2)} of it (${more.toFixed(1)} s more)`
  })
  process.stdout.write(`${scenario.padEnd(10)} action ${median(action).toFixed(1)} s; ${texts.join('; ')}\n`)
}
