import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import { computeLabels, inputHash, inputHashLabel, movingTagsLabel, runLabel, workflowLabel } from '../../src/plan/labels.ts'
import { commit, createEvent, createInputs } from '../builders.ts'

const event = createEvent({ committed: '2026-01-02T03:04:05+02:00' })
const tags = [{ name: '1.4.2', moves: false }]
const labelsOf = (inputs: Inputs, epoch?: string) => computeLabels(inputs, event, tags, epoch)

test('the labels of OCI, from the commit, and the hash of what was asked', () => {
  expect(labelsOf(createInputs())).toEqual({
    'org.opencontainers.image.created': '2026-01-02T01:04:05.000Z',
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.source': 'https://github.com/acme/iris',
    'org.opencontainers.image.title': 'iris',
    'org.opencontainers.image.url': 'https://github.com/acme/iris',
    'org.opencontainers.image.version': '1.4.2',
    [inputHashLabel]: expect.stringMatching(/^[0-9a-f]{64}$/),
    [movingTagsLabel]: '',
  })
})

test('one commit has one set of labels, whenever it is built', () => {
  expect(labelsOf(createInputs())).toEqual(labelsOf(createInputs()))
  expect(labelsOf(createInputs())).not.toEqual(computeLabels(createInputs(), createEvent({ sha: 'b'.repeat(40) }), tags, undefined))
})

test('what is not known has no label', () => {
  const nothing = createEvent({ repository: '', sha: '' })
  expect(Object.keys(computeLabels(createInputs(), nothing, [], undefined))).toEqual([inputHashLabel, movingTagsLabel])
})

describe('what decides which of two images is newer', () => {
  const run = { workflow: 'acme/iris/.github/workflows/image.yml', number: 7 }
  const labelsAt = (name: string) => {
    const all = computeLabels(
      createInputs(),
      createEvent({ name, run }),
      [...tags, { name: '1.4', moves: true }, { name: 'latest', moves: true }],
      undefined,
    )
    return [all[movingTagsLabel], all[workflowLabel], all[runLabel]]
  }
  test.each(['schedule', 'workflow_dispatch', 'repository_dispatch'])('on %s the run, too, as the commit does not decide', (name) =>
    expect(labelsAt(name)).toEqual(['1.4 latest', run.workflow, '7']),
  )
  test.each(['push', 'release', 'pull_request'])('on %s no run: one commit gives one image', (name) =>
    expect(labelsAt(name)).toEqual(['1.4 latest', undefined, undefined]),
  )
})

describe('SOURCE_DATE_EPOCH is when it was created', () => {
  test('before the time of the commit', () =>
    expect(labelsOf(createInputs(), '0')['org.opencontainers.image.created']).toBe('1970-01-01T00:00:00.000Z'))
  test.each(['', 'now', '-1', '1.5'])('but not "%s"', (epoch) =>
    expect(labelsOf(createInputs(), epoch)['org.opencontainers.image.created']).toBe('2026-01-02T01:04:05.000Z'),
  )
  test('nor one that is no date', () =>
    expect(labelsOf(createInputs(), '9'.repeat(20))['org.opencontainers.image.created']).toBe('2026-01-02T01:04:05.000Z'))
})

describe('the hash is of what is built and what is gated', () => {
  const full = createInputs({
    test: { command: 'make test', requirements: ['ci.txt'], env: { A: 'secret-a' } },
    build: { args: { V: '1' }, target: 'serve' },
    smoke: { predictBody: '{}', env: { B: 'secret-b' }, args: ['--read-only'] },
  })
  const { test: tests, build, smoke } = full
  const hash = (inputs: Inputs) => inputHash(inputs, event)

  test.each<readonly [string, Inputs]>([
    ['Dockerfile', { ...full, build: { ...build, dockerfile: 'FROM scratch\n' } }],
    ['build argument', { ...full, build: { ...build, args: { V: '2' } } }],
    ['target', { ...full, build: { ...build, target: 'other' } }],
    ['context', { ...full, build: { ...build, context: '/repo/other' } }],
    ['test command', { ...full, test: { ...tests, command: 'make' } }],
    ['requirements', { ...full, test: { ...tests, requirements: 'none' } }],
    ['test: false', { ...full, test: { ...tests, run: false } }],
    ['name of a test variable', { ...full, test: { ...tests, env: { C: 'secret-a' } } }],
    ['smoke: false', { ...full, smoke: { ...smoke, run: false } }],
    ['port', { ...full, smoke: { ...smoke, port: 1 } }],
    ['health path', { ...full, smoke: { ...smoke, healthPath: '/' } }],
    ['sample', { ...full, smoke: { ...smoke, predictBody: '[]' } }],
    ['expectation', { ...full, smoke: { ...smoke, expectation: { kind: 'json', value: 1 } } }],
    ['pattern', { ...full, smoke: { ...smoke, expectation: { kind: 'pattern', pattern: /a/ } } }],
    ['run arguments', { ...full, smoke: { ...smoke, args: [] } }],
    ['acceptance', { ...full, accept: new Set(['no-tests' as const]) }],
  ])('another %s is another hash', (_, inputs) => expect(hash(inputs)).not.toBe(hash(full)))

  test('and so are other flags of a pattern', () => {
    const pattern = (text: RegExp) => hash({ ...full, smoke: { ...smoke, expectation: { kind: 'pattern', pattern: text } } })
    expect(pattern(/a/)).not.toBe(pattern(/a/i))
  })
  test.each<readonly [string, Inputs]>([
    ['tags', { ...full, tags: [{ type: 'raw', value: 'v9' }] }],
    ['push', { ...full, push: 'true' }],
    ['credentials', { ...full, credentials: { password: 'p' } }],
    ['cache', { ...full, cache: { kind: 'none' } }],
    ['value of a test variable', { ...full, test: { ...tests, env: { A: 'other' } } }],
    ['value of a container variable', { ...full, smoke: { ...smoke, env: { B: 'other' } } }],
    [
      'checkout elsewhere',
      { ...full, workingDirectory: '/home/runner/x', build: { ...build, context: '/home/runner/x', file: '/home/runner/x/Dockerfile' } },
    ],
  ])('another %s is the same hash', (_, inputs) => expect(hash(inputs)).toBe(hash(full)))
  test('another commit is another hash', () => expect(inputHash(full, createEvent({ sha: 'b' }))).not.toBe(hash(full)))
})
