import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lookBy } from '../../../src/advice/look.ts'
import { dockerfileRules } from '../../../src/advice/rules/dockerfile/table.ts'
import { parseDockerfile } from '../../../src/build/instruction.ts'
import { subjectIn } from '../looking.ts'
import { cases } from './cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'ml-image-any-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every instruction that is hit or missed somewhere, in any order. */
const dockerfiles = cases.flatMap(({ hit, near }) => [hit, ...near]).map(({ dockerfile }) => dockerfile)
const instructions = dockerfiles.flatMap((text) => {
  const lines = text.split('\n')
  return parseDockerfile(text).map(({ line, end }) => lines.slice(line - 1, end).join('\n'))
})
const froms = instructions.filter((text) => text.startsWith('FROM'))
const files = Object.assign(
  {},
  ...cases.map(({ hit }) => Object.fromEntries(Object.entries(hit.files ?? {}).filter(([, text]) => text.length < 10_000))),
) as Readonly<Record<string, string>>
const odd = [
  '# a comment',
  '',
  'RUN <<EOF\npip install x\nEOF',
  'CMD',
  'COPY a',
  'RUN ["pip", "install", "x"]',
  'ENV A',
  'EXPOSE',
  'USER',
  'RUN \\',
]

const dockerfile = fc
  .tuple(
    fc.constantFrom(...froms),
    fc.array(fc.constantFrom(...instructions, ...odd), { minLength: 1, maxLength: 12 }),
    fc.constantFrom('\n', ''),
  )
  .map(([from, rest, end]) => [from, ...rest].join('\n') + end)

test('no rule breaks on a Dockerfile, each points at an instruction or the code, and each fix applies', () => {
  fc.assert(
    fc.property(dockerfile, fc.boolean(), (text, windows) => {
      const written = windows ? text.replaceAll('\n', '\r\n') : text
      const all = { Dockerfile: written, ...files }
      const found = lookBy(dockerfileRules, subjectIn({ dockerfile: written, files }))
      const starts = parseDockerfile(written).map(({ line }) => line)
      for (const { at, rule } of found)
        if (at?.file === 'Dockerfile') expect([rule, starts]).toEqual([rule, expect.arrayContaining([at.line])])
      for (const [path, content] of Object.entries(all)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), content)
      }
      for (const { fix } of found)
        if (fix !== undefined) execFileSync('git', ['apply', '--check', '-'], { cwd: folder, input: fix, stdio: ['pipe', 'pipe', 'pipe'] })
    }),
    { numRuns: 60 },
  )
})

test('a fix makes its rule silent wherever it stands, or leaves fewer of its findings', () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      for (const rule of dockerfileRules) {
        const before = rule.look(subjectIn({ dockerfile: text, files }))
        const fix = before.find(
          ({ at, fix: diff }) => diff !== undefined && at?.file === 'Dockerfile' && !diff.includes('.dockerignore'),
        )?.fix
        if (fix === undefined) continue
        writeFileSync(join(folder, 'Dockerfile'), text)
        execFileSync('git', ['apply', '-'], { cwd: folder, input: fix, stdio: ['pipe', 'pipe', 'pipe'] })
        const after = rule.look(subjectIn({ dockerfile: execFileSync('cat', [join(folder, 'Dockerfile')], { encoding: 'utf8' }), files }))
        expect([rule.id, after.length]).toEqual([rule.id, expect.any(Number)])
        if (after.length >= before.length) throw new Error(`${rule.id} is not silenced by:\n${fix}`)
      }
    }),
    { numRuns: 60 },
  )
})
