import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { evaluated, inputsBehind, shippingSteps } from './example.ts'
import { type Registry, startRegistry } from './registry.ts'
import { withTorch } from './torch-index.ts'

/**
 * Ships an example (by default iris-sklearn; `all`: one after the other, with a table at the end) to a real registry on the
 * loopback, from the command line: the steps of the action in its workflow, with their inputs. Other steps are not run.
 */

type Report = Readonly<{
  names?: readonly string[]
  failure?: Readonly<{ code: string }>
  image?: Readonly<{ digest: string }>
  tests?: Readonly<{ tests: number; failed: number; errors: number; skipped: number }>
}>
type Tag = Readonly<{ reference: string; digest: string }>
type Row = Readonly<{ name: string; green: boolean; tests: string; image: string; tags: readonly Tag[]; seconds: number }>

const root = join(import.meta.dirname, '..')
const workflowOf = (name: string) => join(root, 'examples', name, '.github', 'workflows', 'image.yml')
const accept = ['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json']
  .concat('application/vnd.docker.distribution.manifest.v2+json')
  .join(', ')
const examples = readdirSync(join(root, 'examples')).filter((name) => existsSync(workflowOf(name)))

/** The tags of a name, as the registry answers, each with the digest it stands for. */
async function tagsAt({ host, username, password }: Registry, name: string): Promise<readonly Tag[]> {
  const path = name.replace(`${host}/`, '')
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const ask = (of: string, method = 'GET') => fetch(`http://${host}/v2/${path}/${of}`, { method, headers: { authorization, accept } })
  const { tags } = (await (await ask('tags/list')).json()) as { tags?: readonly string[] | null }
  const digests = (tags ?? []).map(async (tag) => (await ask(`manifests/${tag}`, 'HEAD')).headers.get('docker-content-digest') ?? '')
  return (await Promise.all(digests)).map((digest, index) => ({ reference: `${path}:${tags?.[index]}`, digest }))
}

const testsIn = ({ tests }: Report) => (tests ? `${tests.tests - tests.failed - tests.errors - tests.skipped} of ${tests.tests}` : 'none')

/** Runs one step of the action in the folder of its example. */
async function ship(registry: Registry, passwordFile: string, name: string, step: ReturnType<typeof shippingSteps>[number]): Promise<Row> {
  const texts = (fields: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, evaluated(String(value), `acme/${name}`)]))
  const inputs = inputsBehind({ ...registry, password: `@${passwordFile}` }, texts(step.with))
  const flags = { ...inputs, tags: `${inputs['tags'] ?? 'type=defaults'}\ntype=raw,value=demo`, push: 'true' }
  using place = withTorch(join(root, 'examples', name))
  const began = performance.now()
  const ran = spawnSync(
    process.execPath,
    [join(root, 'dist', 'index.js'), '--json', ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)],
    {
      cwd: place.folder,
      env: { ...process.env, ...texts(step.env) },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    },
  )
  const report = JSON.parse(ran.stdout || '{}') as Report
  const { names = [], failure, image } = report
  const tags = (await Promise.all(names.map((one) => tagsAt(registry, one)))).flat()
  return {
    name,
    // What the run says, and what the registry says.
    green: ran.status === 0 && tags.length > 0 && tags.every(({ digest }) => digest === image?.digest),
    tests: testsIn(report),
    image: failure ? failure.code : (image?.digest.slice(0, 'sha256:'.length + 12) ?? 'none'),
    tags,
    seconds: (performance.now() - began) / 1000,
  }
}

/** A table of texts, its columns as wide as they need to be; of a row of several tags each has its line. */
function table(rows: readonly Row[]): string {
  const lines = [
    ['  example', 'tests passed', 'image', 'the registry answers', 's'],
    ...rows.flatMap(({ name, green, tests, image, tags, seconds }) => [
      [`${green ? '✓' : '✗'} ${name}`, tests, image, tags[0]?.reference ?? 'nothing', seconds.toFixed(0)],
      ...tags.slice(1).map(({ reference }) => ['', '', '', reference, '']),
    ]),
  ]
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const asked = process.argv[2] ?? 'iris-sklearn'
const names = asked === 'all' ? examples : [asked]
if (!names.every((name) => examples.includes(name))) {
  process.stderr.write(`There is no example ${asked}. There are ${examples.join(', ')}; all of them: all\n`)
  process.exit(2)
}
const temp = mkdtempSync(join(tmpdir(), 'ml-image-demo-'))
await using registry = await startRegistry()
const passwordFile = join(temp, 'password')
writeFileSync(passwordFile, registry.password, { mode: 0o600 })
const rows: Row[] = []
for (const name of names) {
  process.stdout.write(`\n${name}\n`)
  for (const step of shippingSteps(parse(readFileSync(workflowOf(name), 'utf8')) as Parameters<typeof shippingSteps>[0]))
    rows.push(await ship(registry, passwordFile, name, step))
}
rmSync(temp, { recursive: true, force: true })
process.stdout.write(`\n${table(rows)}\n`)
// The registry goes with the demo, and so do the names in the engine that lead to it.
for (const { reference } of rows.flatMap(({ tags }) => tags)) spawnSync('docker', ['image', 'rm', `${registry.host}/${reference}`])
process.exitCode = rows.length > 0 && rows.every(({ green }) => green) ? 0 : 1
