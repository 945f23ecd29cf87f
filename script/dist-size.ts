import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { broughtBy as bringers, type Lock } from './brought-by.ts'
import { fill } from './docs.ts'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs', 'dist.md')
/** It puts a line of its own where it finds no package. */
const bundler = '@vercel/ncc'
/** Some packages look for others that nobody asked for, and ncc takes those that it finds. */
const unasked = 'found'

/** What each dependency is there for; those that its own code needs go with it. */
export const purposes: Readonly<Record<string, string>> = {
  '@actions/attest': 'signs what was tested with the identity of the job',
  '@actions/cache': 'keeps packages and folders in the cache service',
  '@actions/core': 'outputs, state, secrets to hide: how a step speaks to the runner',
  '@actions/exec': 'the short commands: git, the engine’s version, tags',
  '@actions/github': 'asks GitHub: default branch, commits, comments, statements',
  '@aws-sdk/client-ecr': 'the login of Amazon ECR',
  '@aws-sdk/client-ecr-public': 'the login of the public ECR',
  '@balena/dockerignore': 'what the engine leaves out of a build context',
  '@renovate/pep440': 'versions of Python in tags',
  ajv: '`predict-schema`, and reports that are read again',
  'csv-parse': 'samples and metrics of a CSV file',
  'fast-xml-parser': 'JUnit reports',
  'google-auth-library': 'the login of Google’s registries',
  handlebars: 'expressions in tags, as `docker/metadata-action` has them',
  moment: 'date patterns in tags',
  'moment-timezone': 'the time zone of such a date',
  semver: 'versions in tags, the order of releases',
  'shell-quote': 'inputs that are a command line',
  'smol-toml': 'pyproject.toml, lock files, metrics',
  yaml: 'samples, compose files, a model’s metadata',
}

type Named = Readonly<{ size: number; nameForCondition?: string | null }>
/** One that was joined of several lists these. */
type Module = Named & Readonly<{ chunks: readonly number[]; modules?: readonly Named[] }>
type Part = Readonly<{ size: number; chunks: readonly number[]; path: string }>
type Chunk = Readonly<{ id: number; initial: boolean }>
/** What webpack tells of a build, as far as it is read here. */
export type Stats = Readonly<{ modules: readonly Module[]; chunks: readonly Chunk[] }>

/** The package that a file belongs to; undefined for our own. */
export function packageOf(path: string): string | undefined {
  return [...path.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1]
}

/** Every package that a build has something of. */
export function packagesIn(stats: Stats): readonly string[] {
  return [...new Set(partsOf(stats).flatMap(({ owner }) => owner ?? []))].sort()
}

/** A dependency, or a room of our own code: its bytes in the file that each run loads, and in those that only some load. */
export type Row = Readonly<{ name: string; start: number; later: number; brings: readonly string[] }>
export type Sizes = Readonly<{ dependencies: readonly Row[]; rooms: readonly Row[] }>

/** The files that every run loads. */
const isFirst = ({ chunks }: Stats) => {
  const first = new Set(chunks.filter(({ initial }) => initial).map(({ id }) => id))
  return (id: number) => first.has(id)
}

function roomOf(path: string): string {
  const [room = '', file] = (path.split('/lib/').at(-1) ?? '').split('/')
  return file === undefined ? 'the walk' : `${room}/`
}

/** The parts of the modules that are in some file, each with the package that it is of. */
function partsOf({ modules }: Stats): readonly (Part & Readonly<{ owner: string | undefined }>)[] {
  return modules
    .filter(({ chunks }) => chunks.length > 0)
    .flatMap(({ chunks, modules: parts, ...whole }) => (parts ?? [whole]).map((part) => ({ ...part, chunks })))
    .flatMap(({ size, chunks, nameForCondition: path }) => (path ? [{ size, chunks, path, owner: packageOf(path) }] : []))
    .filter(({ owner }) => owner !== bundler)
}

/** A build summed up by who of package.json brought what. What stands in several files counts in each. */
export function sizesOf(stats: Stats, lock: Lock): Sizes {
  const starts = isFirst(stats)
  const parts = partsOf(stats)
  const first = new Set(parts.flatMap(({ owner, chunks }) => (owner !== undefined && chunks.some(starts) ? [owner] : [])))
  const broughtBy = bringers(lock, first)
  const sums = { dependencies: new Map<string, Row>(), rooms: new Map<string, Row>() }
  for (const { size, chunks, path, owner } of parts) {
    const table = owner === undefined ? sums.rooms : sums.dependencies
    const name = owner === undefined ? roomOf(path) : (broughtBy(owner) ?? unasked)
    const sum = table.get(name) ?? { name, start: 0, later: 0, brings: [] }
    const early = chunks.filter(starts).length
    table.set(name, {
      name,
      start: sum.start + size * early,
      later: sum.later + size * (chunks.length - early),
      brings: owner === undefined || owner === name ? sum.brings : [...new Set([...sum.brings, owner])].sort(),
    })
  }
  const sorted = (rows: ReadonlyMap<string, Row>) =>
    [...rows.values()].sort((a, b) => b.start + b.later - a.start - a.later || (a.name < b.name ? -1 : 1))
  return { dependencies: sorted(sums.dependencies), rooms: sorted(sums.rooms) }
}

const kilobytes = (bytes: number) => (bytes === 0 ? '' : String(Math.max(1, Math.round(bytes / 1000))))
const total = (rows: readonly Row[], of: 'start' | 'later') => rows.reduce((sum, row) => sum + row[of], 0)
const shownPackages = 4

function broughtText(brings: readonly string[]): string {
  const shown = brings
    .slice(0, shownPackages)
    .map((name) => `\`${name}\``)
    .join(', ')
  return brings.length > shownPackages ? `${shown} and ${brings.length - shownPackages} more` : shown
}

export function dependencyTable({ dependencies }: Sizes): string {
  const rows = dependencies.map(
    ({ name, start, later, brings }) =>
      `| ${name === unasked ? name : `\`${name}\``} | ${kilobytes(start)} | ${kilobytes(later)} | ${purposes[name] ?? 'nothing: it is there where jest is'} | ${broughtText(brings)} |`,
  )
  const sum = `| all | ${kilobytes(total(dependencies, 'start'))} | ${kilobytes(total(dependencies, 'later'))} | | |`
  return ['| Dependency | kB at the start | kB on demand | What for | Brings |', '|:--|--:|--:|:--|:--|', ...rows, sum].join('\n')
}

export function roomTable({ rooms }: Sizes): string {
  const rows = rooms.map(
    ({ name, start, later }) => `| ${name.endsWith('/') ? `\`${name}\`` : name} | ${kilobytes(start)} | ${kilobytes(later)} |`,
  )
  const sum = `| all | ${kilobytes(total(rooms, 'start'))} | ${kilobytes(total(rooms, 'later'))} |`
  return ['| Room | kB at the start | kB on demand |', '|:--|--:|--:|', ...rows, sum].join('\n')
}

/** Bundles what src/ holds as the package step does, into a folder that is thrown away, and gives what webpack tells of it. */
export function bundleStats(): Stats {
  const folder = mkdtempSync(join(tmpdir(), 'dist-size-'))
  try {
    const file = join(folder, 'stats.json')
    const run = (...args: readonly string[]) => execFileSync('npx', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    run('tsc', '-p', 'tsconfig.build.json')
    execFileSync(process.execPath, [join(root, 'script', 'bundled-packages.ts')], { cwd: root })
    run('ncc', 'build', 'lib/index.js', '--out', folder, '--stats-out', file)
    return JSON.parse(readFileSync(file, 'utf8')) as Stats
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The sizes of a build by the packages that are locked. */
export function measure(stats: Stats): Sizes {
  return sizesOf(stats, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock)
}

/** docs/dist.md with the tables of a build. */
export function distPage(text: string, sizes: Sizes): string {
  return fill(fill(text, 'dependencies', dependencyTable(sizes)), 'rooms', roomTable(sizes))
}

if (import.meta.main) writeFileSync(page, distPage(readFileSync(page, 'utf8'), measure(bundleStats())))
