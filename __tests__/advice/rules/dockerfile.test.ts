import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { dockerfileRules } from '../../../src/advice/rules/dockerfile/table.ts'
import { type Project, subjectIn } from '../looking.ts'
import { type Case, cases } from './cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'ml-image-advice-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0

function lookAt(rule: string, project: Project) {
  const found = dockerfileRules.find(({ id }) => id === rule)
  if (!found) throw new Error(`there is no rule ${rule}`)
  return found.look(subjectIn(project))
}

/** The project after git has applied the diff, or `patch` has. */
function patched(project: Project, diff: string, tool: 'git' | 'patch'): Project {
  const place = join(folder, String(++count))
  const files = { Dockerfile: project.dockerfile, ...project.files }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  const [program, ...flags] = tool === 'git' ? ['git', 'apply', '--whitespace=nowarn', '-'] : ['patch', '-p1', '--quiet']
  execFileSync(program ?? '', flags, { cwd: place, input: diff })
  const made = /^\+\+\+ b\/(.*)$/m.exec(diff)?.[1] ?? ''
  const paths = new Set([...Object.keys(files), made])
  const { Dockerfile: dockerfile = '', ...rest } = Object.fromEntries(
    [...paths].map((path) => [path, readFileSync(join(place, path), 'utf8')]),
  )
  return { ...project, dockerfile, files: rest }
}

const crlf = (project: Project): Project => ({ ...project, dockerfile: project.dockerfile.replaceAll('\n', '\r\n') })

test('every rule has a case', () => {
  expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(dockerfileRules.map(({ id }) => id)))
})

describe.each(cases.map((one): [string, Case] => [`${one.rule}: ${one.name}`, one]))('%s', (_, one) => {
  const { rule, hit, fixed, line, file = 'Dockerfile', near } = one
  test('is found, where it is, with a reason and what it gains', () => {
    const found = lookAt(rule, hit)
    expect(found).toHaveLength(1)
    const [finding] = found
    expect(finding?.at?.file).toBe(file)
    if (line !== undefined) expect(finding?.at?.line).toBe(line)
    expect(finding?.message).toMatch(/^[A-Za-z.-].*\.$/s)
    expect(finding?.why).toMatch(/\.$/)
    expect(finding?.fix !== undefined).toBe(fixed !== false)
  })
  test('is not found in what looks like it', () => {
    expect(near.map((project) => lookAt(rule, project).map(({ message }) => message))).toEqual(near.map(() => []))
  })
  if (fixed !== false)
    test.each(['git', 'patch'] as const)('its fix applies by %s, and makes the rule silent', (tool) => {
      const [finding] = lookAt(rule, hit)
      expect(lookAt(rule, patched(hit, finding?.fix ?? '', tool))).toEqual([])
    })
  if (fixed !== false)
    test('so it does in a Dockerfile with the line ends of Windows', () => {
      const [finding] = lookAt(rule, crlf(hit))
      const after = patched(crlf(hit), finding?.fix ?? '', 'git')
      expect(lookAt(rule, after)).toEqual([])
      expect(after.dockerfile).not.toMatch(/(?<!\r)\n/)
    })
})
