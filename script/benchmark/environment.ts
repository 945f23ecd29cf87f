import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCacheService } from '../../__tests__/doubles/cache-service.ts'
import { installCommand, testPackages, venvCommand } from '../../src/test/environment.ts'

/**
 * Ratios, side by side in one run: the environment for the tests of an example, made by pip as people's workflows do,
 * by uv with nothing kept, and by uv with its cache restored from GitHub's cache service (a double on this machine).
 * The first argument is the number of rounds (3). The rounds are interleaved; the figures are medians.
 */

const rounds = Number(process.argv[2] ?? 3)
const project = join(import.meta.dirname, '..', '..', 'examples', 'iris-sklearn')
const requirements = ['requirements.txt', 'requirements-test.txt'].flatMap((file) => ['-r', join(project, file)])
const root = mkdtempSync(join(tmpdir(), 'ml-image-bench-'))
let made = 0
const fresh = () => join(root, String(++made))

function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  execFileSync(argv[0] ?? '', argv.slice(1), { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function seconds(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function byPip(): void {
  const venv = fresh()
  run(['python3', '-m', 'venv', venv])
  run([join(venv, 'bin', 'pip'), 'install', '--quiet', '--no-cache-dir', ...requirements, ...testPackages])
}

function byUv(cache: string, ...more: readonly string[]): void {
  const venv = fresh()
  run(venvCommand('uv', { python: 'python3', managed: false }, venv), { UV_CACHE_DIR: cache })
  run([...installCommand('uv', venv, [...requirements, ...testPackages]), '--quiet', ...more], { UV_CACHE_DIR: cache })
}

await using service = await startCacheService()
Object.assign(process.env, service.environment, {
  RUNNER_TEMP: root,
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REF: 'refs/heads/main',
})
// Loaded in every job that restores: counted with each round.
const loading = await seconds(async () => void (await import('@actions/cache')))
const { restoreCache, saveCache } = await import('@actions/cache')
const kept = join(root, 'uv-cache')
byUv(kept)
await saveCache([kept], 'bench-uv')

const figures = { 'pip, no cache': [] as number[], 'uv, no cache': [] as number[], 'uv, cache restored': [] as number[] }
for (let round = 0; round < rounds; round++) {
  figures['pip, no cache'].push(await seconds(byPip))
  figures['uv, no cache'].push(await seconds(() => byUv(fresh())))
  // Not removed: what a disk has to forget slows down what is written next.
  renameSync(kept, fresh())
  figures['uv, cache restored'].push(
    loading +
      (await seconds(async () => {
        if ((await restoreCache([kept], 'bench-uv')) === undefined || readdirSync(kept).length === 0)
          throw new Error('the cache was not restored')
        byUv(kept, '--offline')
      })),
  )
}
rmSync(root, { recursive: true, force: true })

const base = median(figures['pip, no cache'])
process.stdout.write(`\nEnvironment for the tests of iris-sklearn, ${rounds} rounds, medians\n`)
for (const [name, values] of Object.entries(figures)) {
  process.stdout.write(`${name.padEnd(20)} ${median(values).toFixed(2).padStart(7)} s   ${(median(values) / base).toFixed(3)}\n`)
}
