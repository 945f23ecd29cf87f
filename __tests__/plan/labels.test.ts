import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Inputs } from '../../src/inputs/inputs.ts'
import { type ModelFacts, nothingKnown } from '../../src/model/facts.ts'
import { cleanValue, longestValue } from '../../src/plan/labels/clean.ts'
import { testsComeFirst } from '../../src/plan/labels/own.ts'
import {
  computeLabels,
  inputHashLabel,
  inputPartsLabel,
  labelsAfterTests,
  movingTagsLabel,
  runLabel,
  workflowLabel,
} from '../../src/plan/labels.ts'
import { commit, createEvent, createInputs } from '../builders.ts'

const event = createEvent({ committed: '2026-01-02T03:04:05+02:00' })
const tags = [{ name: '1.4.2', moves: false }]
const labelsOf = (inputs: Inputs, epoch?: string, model?: ModelFacts) => computeLabels(inputs, event, tags, epoch, model)
const own = (name: string) => `io.github.ml-image-action.${name}`

test('the labels of OCI, from the commit, and the hash of what was asked', () => {
  expect(labelsOf(createInputs())).toEqual({
    'org.opencontainers.image.created': '2026-01-02T01:04:05.000Z',
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.source': 'https://github.com/acme/iris',
    'org.opencontainers.image.title': 'iris',
    'org.opencontainers.image.url': 'https://github.com/acme/iris',
    'org.opencontainers.image.version': '1.4.2',
    [inputHashLabel]: expect.stringMatching(/^[0-9a-f]{64}$/),
    [inputPartsLabel]: expect.stringMatching(/^commit=[0-9a-f]{16} dockerfile=[0-9a-f]{16} .*attest=[0-9a-f]{16}$/),
    [movingTagsLabel]: '',
  })
})

describe('what the repository is, as docker/metadata-action has it', () => {
  const about = { name: 'Iris', url: 'https://ghe.example.com/acme/Iris', description: '', license: 'NOASSERTION' }
  const { committed: _, ...timeless } = createEvent({ about })
  test('from GitHub: page, name, an empty description, a licence that is not known', () => {
    expect(computeLabels(createInputs(), timeless, [], undefined)).toEqual({
      'org.opencontainers.image.description': '',
      'org.opencontainers.image.licenses': 'NOASSERTION',
      'org.opencontainers.image.revision': commit,
      'org.opencontainers.image.source': 'https://ghe.example.com/acme/Iris',
      'org.opencontainers.image.title': 'Iris',
      'org.opencontainers.image.url': 'https://ghe.example.com/acme/Iris',
      'org.opencontainers.image.version': '',
      [inputHashLabel]: expect.anything(),
      [inputPartsLabel]: expect.anything(),
      [movingTagsLabel]: '',
    })
  })
})

describe('our own', () => {
  const model: ModelFacts = {
    ...nothingKnown,
    name: 'iris',
    version: '7',
    uuid: 'u',
    flavors: ['python_function', 'sklearn'],
    files: ['a.pkl'],
    digest: 'sha256:aa',
    frameworks: { fastapi: '0.115.0', 'scikit-learn': '1.5.0' },
  }
  const ours = (labels: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(labels).filter(
        ([key]) => key.startsWith(own('')) && ![inputHashLabel, inputPartsLabel, movingTagsLabel].includes(key),
      ),
    )
  const ofModel = {
    [own('framework.fastapi')]: '0.115.0',
    [own('framework.scikit-learn')]: '1.5.0',
    [own('model.digest')]: 'sha256:aa',
    [own('model.file')]: 'a.pkl',
    [own('model.flavors')]: 'python_function,sklearn',
    [own('model.name')]: 'iris',
    [own('model.uuid')]: 'u',
    [own('model.version')]: '7',
  }
  test('the model and what runs it', () => expect(ours(labelsOf(createInputs(), undefined, model))).toEqual(ofModel))
  test('metrics, by names that a label can have', () => {
    const labels = labelsOf(createInputs(), undefined, { ...nothingKnown, metrics: { accuracy: 0.95, 'f1 @ 0.5': 1e-7 } })
    expect(ours(labels)).toEqual({ [own('metric.accuracy')]: '0.95', [own('metric.f1-0.5')]: '1e-7' })
  })
  test('of several files none is the model', () =>
    expect(labelsOf(createInputs(), undefined, { ...model, files: ['a', 'b'] })[own('model.file')]).toBeUndefined())
  test.each<readonly [string, Inputs, Readonly<Record<string, string>>]>([
    ['gates that run beside or after the build', createInputs(), {}],
    ['tests that are turned off', createInputs({ test: { run: false } }), { [own('gate.tests')]: 'skipped' }],
    ['a smoke test that is turned off', createInputs({ smoke: { run: false } }), { [own('gate.smoke')]: 'skipped' }],
  ])('%s', (_, inputs, labels) => expect(ours(labelsOf(inputs))).toEqual(labels))
  test('after tests that came first: the model they made, and how they came out', () => {
    const inputs = createInputs({ test: { first: true } })
    expect(ours(labelsAfterTests(labelsOf(inputs), inputs, model, 'passed'))).toEqual({ ...ofModel, [own('gate.tests')]: 'passed' })
  })
  test('what is planned for one of them stays', () => {
    const planned = { ...labelsOf(createInputs()), [own('model.name')]: 'theirs' }
    const after = labelsAfterTests(planned, createInputs(), model, 'passed')
    expect(after).toMatchObject({ ...planned, [own('model.version')]: '7' })
    expect(Object.keys(after)).toEqual(Object.keys(after).toSorted())
  })
})

test.each<readonly [boolean, Partial<Inputs['test']>]>([
  [true, { first: true }],
  [false, { first: false }],
  [false, { first: true, run: false }],
  [false, { first: true, place: { kind: 'image' } }],
  [false, { first: true, place: { kind: 'target', stage: 'test' } }],
])('tests that end before the build starts: %s with %j', (first, asked) =>
  expect(testsComeFirst(createInputs({ test: asked }))).toBe(first),
)

describe('a value is one line of printable text, and not too long', () => {
  test.each([
    ['a\r\nb', 'a b'],
    ['  a\tb\u0000 ', 'a b'],
    ['a\u2028b', 'a b'],
    ['Test "Docker" Actions $HOME', 'Test "Docker" Actions $HOME'],
    ['é😀', 'é😀'],
  ])('%j: %j', (value, clean) => expect(cleanValue(value)).toBe(clean))
  test('whatever it is made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (value) => {
        const clean = cleanValue(value)
        expect([...clean].length).toBeLessThanOrEqual(longestValue)
        expect(clean).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/)
        expect(clean.isWellFormed()).toBe(true)
        expect(cleanValue(clean)).toBe(clean)
      }),
    )
  })
  test('also in a label', () =>
    expect(labelsOf(createInputs(), undefined, { ...nothingKnown, name: 'a\nb' })[own('model.name')]).toBe('a b'))
})

test('one commit has one set of labels, whenever it is built', () => {
  expect(labelsOf(createInputs())).toEqual(labelsOf(createInputs()))
  expect(labelsOf(createInputs())).not.toEqual(computeLabels(createInputs(), createEvent({ sha: 'b'.repeat(40) }), tags, undefined))
})

test('the tree, where it is known', () =>
  expect(computeLabels(createInputs(), createEvent({ tree: '7'.repeat(40) }), [], undefined)[own('tree')]).toBe('7'.repeat(40)))

test('what is not known has no label', () => {
  const nothing = createEvent({ repository: '', sha: '' })
  expect(Object.keys(computeLabels(createInputs(), nothing, [], undefined))).toEqual([inputHashLabel, inputPartsLabel, movingTagsLabel])
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
