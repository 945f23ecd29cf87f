import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { startRegistry } from './registry.ts'

/** Ships an example (by default iris-sklearn) to a real registry on the loopback, from the command line. */

type Step = Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>> }>

const root = join(import.meta.dirname, '..')
const name = process.argv[2] ?? 'iris-sklearn'
const folder = join(root, 'examples', name)
const workflow = parse(readFileSync(join(folder, '.github', 'workflows', 'image.yml'), 'utf8')) as {
  jobs: Record<string, { steps: readonly Step[] }>
}
const inputs = Object.values(workflow.jobs)
  .flatMap(({ steps }) => steps)
  .find(({ uses }) => uses?.startsWith('org/ml-image-action@'))?.with

const temp = mkdtempSync(join(tmpdir(), 'ml-image-demo-'))
await using registry = await startRegistry()
const password = join(temp, 'password')
writeFileSync(password, registry.password, { mode: 0o600 })
const flags = Object.entries({
  ...inputs,
  images: `${registry.host}/demo/${name}`,
  tags: 'type=defaults\ntype=raw,value=demo',
  push: 'true',
  username: registry.username,
  password: `@${password}`,
})
const ran = spawnSync(
  process.execPath,
  [join(root, 'dist', 'index.js'), ...flags.flatMap(([flag, value]) => [`--${flag}`, String(value)])],
  {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  },
)
rmSync(temp, { recursive: true, force: true })
process.stdout.write(`\n${ran.stdout}\n`)

const answer = await fetch(`http://${registry.host}/v2/demo/${name}/tags/list`, {
  headers: { authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}` },
})
process.stdout.write(`The registry at ${registry.host} answers: ${(await answer.text()).trim()}\n`)
// The registry goes with the demo, and so do the names in the engine that lead to it.
for (const reference of ran.stdout.match(new RegExp(`^${registry.host}/demo/\\S+:\\S+$`, 'gm')) ?? [])
  spawnSync('docker', ['image', 'rm', reference])
process.exitCode = ran.status ?? 1
