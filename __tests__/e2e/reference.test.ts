import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid } from '../../src/inputs/parse.ts'
import { parseImageName } from '../../src/plan/image-name.ts'

/** What ParseNormalizedNamed of distribution/reference says, by the program in reference/. */
type Theirs = Readonly<{ error?: string; registry: string; path: string; tag?: string; digest?: string; unreachable?: boolean }>

function askTheirs(names: readonly string[]): readonly Theirs[] {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-reference-'))
  try {
    const program = join(folder, 'reference')
    const built = spawnSync('go', ['build', '-mod=readonly', '-o', program, '.'], {
      cwd: join(import.meta.dirname, 'reference'),
      encoding: 'utf8',
    })
    if (built.status !== 0) throw new Error(`Go is needed, which script/bootstrap installs: ${built.error?.message ?? built.stderr}`)
    const said = spawnSync(program, { input: names.map((name) => JSON.stringify(name)).join('\n'), encoding: 'utf8', maxBuffer: 256 << 20 })
    if (said.status !== 0) throw new Error(said.stderr)
    return said.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Theirs)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Judged = Readonly<{ rule: string; expected: string }>

const refused = 'refused'
const hubs: readonly string[] = ['registry-1.docker.io', 'registry.hub.docker.com']

/** Where we differ from Docker's parser on purpose; what is in none of these must be equal. Names are lowered before. */
function expectedOf(name: string, theirs: Theirs): Judged {
  if (theirs.error !== undefined) return { rule: 'refused by both', expected: refused }
  if (theirs.tag !== undefined || theirs.digest !== undefined) return { rule: 'a tag or digest: has its own input', expected: refused }
  // The parser takes a_b.c/x for a host, then, as it is none, for a path: nobody could be asked for the image.
  if (theirs.registry === '') return { rule: 'a host that is none', expected: refused }
  if (theirs.unreachable) return { rule: 'a port or address that is none', expected: refused }
  if (name === 'localhost' || (/^[a-z0-9.-]+$/.test(name) && name.includes('.') && !name.includes('/')))
    return { rule: 'a registry alone', expected: refused }
  if (hubs.includes(theirs.registry))
    return { rule: "Docker Hub's other names", expected: `docker.io ${theirs.path.includes('/') ? '' : 'library/'}${theirs.path}` }
  return { rule: 'read by both', expected: `${theirs.registry} ${theirs.path}` }
}

function ours(name: string): string {
  try {
    const { registry, path } = parseImageName(name)
    return `${registry} ${path}`
  } catch (error) {
    if (error instanceof Invalid) return refused
    throw error
  }
}

const word = fc.string({ unit: fc.constantFrom(...'abc0129f'), minLength: 1, maxLength: 5 })
const separator = fc.constantFrom('.', '_', '__', '-', '--', '---')
const part = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: fc.tuple(word, separator, word).map((texts) => texts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('library', 'localhost', 'docker.io', 'f'.repeat(64), 'ab'.repeat(32), 'a'.repeat(120)) },
)
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const port = fc.constantFrom('', '', '', ':5000', ':443', ':0', ':1', ':65535', ':65536', ':00080', ':99999')
const host = fc.oneof(
  fc.constantFrom('ghcr.io', 'docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com', 'localhost', 'LOCALHOST'),
  fc.constantFrom(
    '127.0.0.1',
    '10.0.0.256',
    '1.2',
    '0x7f.1',
    '1.2.3.04',
    'a.1',
    'GHCR.io',
    'my-host.example.com',
    'a--b.c',
    'a-.b',
    'a_b.c',
  ),
  fc.constantFrom('[::1]', '[fe80::1]', '[2001:DB8::1]', '[::]', '[:::]', '[1:2]', '[fe80::1%eth0]', '[::ffff:1.2.3.4]', '[]'),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
)
const named = fc.oneof(
  path,
  fc.tuple(host, port, path).map(([name, number, rest]) => `${name}${number}/${rest}`),
  fc.tuple(host, port).map((texts) => texts.join('')),
)
const tail = fc.constantFrom(
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  ':v1',
  ':',
  ':-1',
  `:${'t'.repeat(128)}`,
  `:${'t'.repeat(129)}`,
  `@sha256:${'a'.repeat(64)}`,
  `@sha256:${'a'.repeat(63)}`,
  '/',
  '\n',
)

/** Near misses: a few characters put in, taken out, doubled or raised. */
const slip = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('put', 'put', 'take', 'double', 'raise', 'stretch'),
  text: fc.constantFrom(...'./:@_-[]%+~ AZaz09\t\u0000éа', '__', '___', '..', '--', '//', '://', 'https://'),
})
function spoil(name: string, { at, kind, text }: Readonly<{ at: number; kind: string; text: string }>): string {
  const here = Math.floor(at * (name.length + 1))
  const [before, after] = [name.slice(0, here), name.slice(here)]
  if (kind === 'put') return before + text + after
  if (kind === 'take') return before + after.slice(1)
  if (kind === 'double') return before + after.slice(0, 1) + after
  if (kind === 'raise') return before + after.slice(0, 1).toUpperCase() + after.slice(1)
  // Around the longest path.
  return `${before}${'a'.repeat(Math.max(0, 250 - name.length + Math.floor(at * 20)))}${after}`
}
const candidate = fc
  .tuple(named, tail, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(slip, { minLength: 1, maxLength: 2 })))
  .map(([name, end, slips]) => slips.reduce(spoil, name + end))

const count = 200_000
const seed = 20_260_105

test(`${count} names: where Docker's own parser and ours differ is named above, and nowhere else`, () => {
  const names = fc.sample(candidate, { numRuns: count, seed })
  // Departure one: upper case is lowered, where Docker takes MyOrg/app for an image on a host MyOrg.
  const lowered = names.map((name) => name.toLowerCase())
  const theirs = askTheirs(lowered)
  expect(theirs.length).toBe(count)
  const seen: Record<string, number> = {}
  const different: unknown[] = []
  for (const [index, name] of names.entries()) {
    const said = theirs[index] as Theirs
    const { rule, expected } = expectedOf(lowered[index] ?? '', said)
    seen[rule] = (seen[rule] ?? 0) + 1
    if (ours(name) !== expected) different.push({ name, rule, expected, ours: ours(name), said })
  }
  expect(different.slice(0, 10)).toEqual([])
  // Names that were all refused, or all fine, would prove nothing.
  for (const rule of ['read by both', 'refused by both']) expect(seen[rule]).toBeGreaterThan(count / 5)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
  expect(Object.keys(seen).length).toBe(7)
})
