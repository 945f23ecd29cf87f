import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Inputs } from '../../src/inputs/inputs.ts'
import type { Event } from '../../src/plan/event.ts'
import { differences, type InputPart, inputHash, inputParts, partsText } from '../../src/plan/input-hash.ts'
import { parseTagRule } from '../../src/plan/tags/rule.ts'
import { createEvent, createInputs } from '../builders.ts'

const run = { workflow: 'acme/iris/.github/workflows/image.yml', number: 7 }
const event = createEvent({ run })
const sample = {
  name: 'one',
  request: { method: 'POST', path: '/predict', headers: {}, body: '{}' },
  source: 'given',
  from: 'a.json',
} as const
const answer = { status: 200, headers: [], checks: [] }
const full = createInputs({
  test: { command: 'make test', requirements: ['ci.txt'], env: { A: 'secret-a' } },
  build: { args: { V: '1' }, target: 'serve', options: { secrets: [{ id: 'hf', kind: 'value', value: 'secret-hf' }] } },
  smoke: { predictBody: '{}', env: { B: 'secret-b' }, args: ['--read-only'], samples: [{ ...sample, expect: answer } as never] },
})
const { test: tests, build, smoke } = full
const { options } = build
const hash = (inputs: Inputs, at: Event = event) => inputHash(inputParts(inputs, at))
const text = (inputs: Inputs, at: Event = event) => partsText(inputParts(inputs, at))

type Row = readonly [string, InputPart, Inputs]
const others: readonly Row[] = [
  ['Dockerfile', 'dockerfile', { ...full, build: { ...build, dockerfile: 'FROM scratch\n' } }],
  ['build argument', 'build-args', { ...full, build: { ...build, args: { V: '2' } } }],
  ['one more build argument', 'build-args', { ...full, build: { ...build, args: { V: '1', W: '' } } }],
  ['target', 'target', { ...full, build: { ...build, target: 'other' } }],
  ['context', 'folders', { ...full, build: { ...build, context: '/repo/other' } }],
  ['path of the Dockerfile', 'folders', { ...full, build: { ...build, file: '/repo/docker/Dockerfile' } }],
  ['working directory', 'folders', { ...full, workingDirectory: '/repo/services/a', build: { ...build, context: '/repo/services/a' } }],
  ['further context', 'folders', { ...full, build: { ...build, options: { ...options, contexts: { shared: '/repo/shared' } } } }],
  ['platform', 'build', { ...full, build: { ...build, options: { ...options, platforms: ['linux/arm64'] } } }],
  ['id of a secret', 'build', { ...full, build: { ...build, options: { ...options, secrets: [] } } }],
  ['compression', 'build', { ...full, build: { ...build, options: { ...options, compression: 'gzip' } } }],
  ['attestation', 'build', { ...full, build: { ...build, options: { ...options, provenance: 'mode=max' } } }],
  ['label', 'labels', { ...full, labels: ['team=ml'] }],
  ['annotation', 'labels', { ...full, annotations: ['team=ml'] }],
  ['test command', 'test', { ...full, test: { ...tests, command: 'make' } }],
  ['place of the tests', 'test', { ...full, test: { ...tests, place: { kind: 'image' } } }],
  ['Python', 'test', { ...full, test: { ...tests, pythonVersion: '3.12' } }],
  ['requirements', 'test', { ...full, test: { ...tests, requirements: 'none' } }],
  ['test: false', 'test', { ...full, test: { ...tests, run: false } }],
  ['name of a test variable', 'test', { ...full, test: { ...tests, env: { C: 'secret-a' } } }],
  ['smoke: false', 'smoke', { ...full, smoke: { ...smoke, run: false } }],
  ['port', 'smoke', { ...full, smoke: { ...smoke, port: 1 } }],
  ['health path', 'smoke', { ...full, smoke: { ...smoke, healthPath: '/' } }],
  ['preset', 'smoke', { ...full, smoke: { ...smoke, preset: 'none' } }],
  ['expectation of health', 'smoke', { ...full, smoke: { ...smoke, healthExpect: { kind: 'pattern', pattern: /a/ } } }],
  ['body', 'smoke', { ...full, smoke: { ...smoke, predictBody: '[]' } }],
  ['expectation', 'smoke', { ...full, smoke: { ...smoke, expectation: { kind: 'json', value: 1 } } }],
  ['pattern', 'smoke', { ...full, smoke: { ...smoke, expectation: { kind: 'pattern', pattern: /a/ } } }],
  ['sample', 'smoke', { ...full, smoke: { ...smoke, samples: [{ ...sample, expect: { ...answer, status: 201 } } as never] } }],
  ['comparison', 'smoke', { ...full, smoke: { ...smoke, compare: { kind: 'previous' } } }],
  ['latency', 'smoke', { ...full, smoke: { ...smoke, maxLatencyMs: 50 } }],
  ['gate command', 'smoke', { ...full, smoke: { ...smoke, gateCommand: 'trivy' } }],
  ['stack', 'smoke', { ...full, smoke: { ...smoke, compose: { files: ['/repo/compose.yml'] } } }],
  ['run arguments', 'smoke', { ...full, smoke: { ...smoke, args: [] } }],
  ['metrics file', 'metrics', { ...full, quality: { file: { kind: 'image', path: '/m.json' }, requirements: [] } }],
  ['leak check', 'leaks', { ...full, leaks: { check: true, ignore: [] } }],
  ['limit of the size', 'size', { ...full, size: { most: { bytes: 5, text: '5B' } } }],
  ['limit of the growth', 'size', { ...full, size: { increase: { kind: 'percent', percent: 5, text: '5%' } } }],
  ['advice that is red', 'advice', { ...full, advice: 'error' }],
  ['acceptance', 'accept', { ...full, accept: new Set(['no-tests' as const]) }],
  ['wish for statements', 'attest', { ...full, attest: 'best-effort' }],
]

// Complete by its type: of an input that is added it must be said here whether another makes another hash.
const decided: Readonly<Record<keyof Inputs, 'in' | 'out'>> = {
  ...{ build: 'in', test: 'in', smoke: 'in', quality: 'in', leaks: 'in', size: 'in', advice: 'in', accept: 'in', attest: 'in' },
  ...{ labels: 'in', annotations: 'in', workingDirectory: 'in', workspace: 'in' },
  ...{ images: 'out', imageTexts: 'out', tags: 'out', flavor: 'out', settings: 'out', push: 'out', promote: 'out', dryRun: 'out' },
  ...{ credentials: 'out', cache: 'out', from: 'out', pushTimeoutMs: 'out', summary: 'out', comment: 'out', notices: 'out' },
}
test('every group of inputs is in the hash, or left out on purpose', () => {
  const keys = Object.keys(decided) as (keyof Inputs)[]
  const changed = keys.filter((key) => others.some(([, , inputs]) => inputs[key] !== full[key]))
  expect(keys.filter((key) => decided[key] === 'in' && key !== 'workspace' && !changed.includes(key))).toEqual([])
  for (const key of keys.filter((one) => decided[one] === 'out')) expect(hash({ ...full, [key]: 'another' })).toBe(hash(full))
})

describe('the hash is of what is built and what is gated', () => {
  test.each(others)('another %s is another hash, told as %s', (_, part, inputs) => {
    expect(hash(inputs)).not.toBe(hash(full))
    const [theirs, ours] = [inputParts(inputs, event), inputParts(full, event)]
    expect(Object.keys(ours).filter((name) => theirs[name as InputPart] !== ours[name as InputPart])).toEqual([part])
    expect(differences(text(inputs), text(full))).toHaveLength(1)
  })
  test('another commit is another hash', () => {
    const other = createEvent({ sha: 'b', run })
    expect(hash(full, other)).not.toBe(hash(full))
    expect(differences(text(full, other), text(full))).toEqual(['another commit'])
  })
  test('and so are other flags of a pattern', () => {
    const pattern = (one: RegExp) => hash({ ...full, smoke: { ...smoke, expectation: { kind: 'pattern', pattern: one } } })
    expect(pattern(/a/)).not.toBe(pattern(/a/i))
  })
  test('and another workflow, where it gives variables whose values are left out', () => {
    const elsewhere = createEvent({ run: { ...run, workflow: 'acme/iris/.github/workflows/release.yml' } })
    expect(hash(full, elsewhere)).not.toBe(hash(full))
    const without = createInputs()
    expect(hash(without, elsewhere)).toBe(hash(without))
  })

  test.each<readonly [string, Inputs]>([
    ['tags', { ...full, tags: parseTagRule('v9') }],
    ['push', { ...full, push: 'true' }],
    ['promote', { ...full, promote: 'off' }],
    ['credentials', { ...full, credentials: { password: 'p' } }],
    ['cache', { ...full, cache: { ...full.cache, kind: 'none' } }],
    ['value of a test variable', { ...full, test: { ...tests, env: { A: 'other' } } }],
    ['value of a container variable', { ...full, smoke: { ...smoke, env: { B: 'other' } } }],
    [
      'value of a build secret',
      { ...full, build: { ...build, options: { ...options, secrets: [{ id: 'hf', kind: 'value', value: 'other' }] } } },
    ],
    [
      'checkout elsewhere',
      {
        ...full,
        workspace: '/home/runner/x',
        workingDirectory: '/home/runner/x',
        build: { ...build, context: '/home/runner/x', file: '/home/runner/x/Dockerfile' },
      },
    ],
    ['builder', { ...full, build: { ...build, options: { ...options, builder: 'builder-5d1c' } } }],
    ['time limit of the build', { ...full, build: { ...build, options: { ...options, timeoutMs: 1 } } }],
    ['summary', { ...full, summary: false }],
  ])('another %s is the same hash', (_, inputs) => expect(hash(inputs)).toBe(hash(full)))
})

/** The same object with its keys in another order, at every level. */
function shuffled<T>(value: T, turn: number): T {
  if (Array.isArray(value)) return value.map((one) => shuffled(one as unknown, turn)) as T
  if (typeof value !== 'object' || value === null || value instanceof Set || value instanceof RegExp) return value
  const entries = Object.entries(value).map(([key, one]) => [key, shuffled(one as unknown, turn)] as const)
  const at = entries.length === 0 ? 0 : turn % entries.length
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].toReversed()) as T
}

const names = fc.stringMatching(/^[A-Z]{1,3}$/)
const variables = fc.dictionary(names, fc.string(), { maxKeys: 5, noNullPrototype: true })

test('the order in which anything with names is written does not matter', () => {
  fc.assert(
    fc.property(variables, variables, variables, fc.nat(), (args, env, contexts, turn) => {
      const inputs = createInputs({ build: { args, options: { contexts } }, test: { env }, smoke: { env } })
      expect(hash(shuffled(inputs, turn))).toBe(hash(inputs))
    }),
  )
})
test('build arguments have the same hash if, and only if, they are the same', () => {
  fc.assert(
    fc.property(variables, variables, (one, other) => {
      const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
      expect(hash(createInputs({ build: { args: one } })) === hash(createInputs({ build: { args: other } }))).toBe(same)
    }),
  )
})
test('no value of a variable or a secret is in it, in any form', () => {
  fc.assert(
    fc.property(variables, variables, (one, other) => {
      const same = JSON.stringify(Object.keys(one).sort()) === JSON.stringify(Object.keys(other).sort())
      expect(text(createInputs({ test: { env: one }, smoke: { env: one } }))).toEqual(
        same ? text(createInputs({ test: { env: other }, smoke: { env: other } })) : expect.anything(),
      )
    }),
  )
})

describe('what was another', () => {
  test('nothing, of the same', () => expect(differences(text(full), text(full))).toEqual([]))
  test('nothing that could be told, without the line', () => expect(differences(undefined, text(full))).toEqual([]))
  test('each part that differs, whatever else a line may hold', () => {
    const line = text(full)
      .replace(/build-args=\w+/, 'build-args=0000000000000000')
      .replace(/test=\w+/, 'future=1 constructor=2')
    expect(differences(line, text(full))).toEqual(['other build-args', 'other inputs of the tests'])
  })
  test('the line is short enough for a label', () => expect(text(full).length).toBeLessThan(512))
})
