import { describe, expect, test } from '@jest/globals'
import { helpText, mergeHelpText, parseFlags, takeRecord } from '../src/cli.ts'
import { declaredInputs } from '../src/inputs/declared.ts'
import { declaredMergeInputs } from '../src/inputs/declared-merge.ts'

const parsed = (...argv: readonly string[]) => Object.fromEntries(parseFlags(argv))

describe('flags are inputs', () => {
  test.each<readonly [readonly string[], Readonly<Record<string, string>>]>([
    [['--images', 'acme/iris', '--push', 'true'], { images: 'acme/iris', push: 'true' }],
    [['--images=acme/iris', '--run-args=--memory 2g'], { images: 'acme/iris', 'run-args': '--memory 2g' }],
    [['--dry-run', '--images', 'a'], { 'dry-run': 'true', images: 'a' }],
    [['--images', 'a', '--dry-run'], { 'dry-run': 'true', images: 'a' }],
    [['--smoke', 'false'], { smoke: 'false' }],
    [['--predict-body', '{"a":\n1}'], { 'predict-body': '{"a":\n1}' }],
    [['--build-args='], { 'build-args': '' }],
    [['--port', '-1'], { port: '-1' }],
    [['--images', 'a', '--images', 'b'], { images: 'b' }],
    [['--no-such-input', 'x'], { 'no-such-input': 'x' }],
    [[], {}],
  ])('%j', (argv, inputs) => expect(parsed(...argv)).toEqual(inputs))
  test.each([
    [['acme/iris'], '"acme/iris" is no flag'],
    [['-x'], '"-x" is no flag'],
    [['--Images', 'a'], '"--Images" is no flag'],
    [['--images'], '--images needs a value'],
    [['--run-args', '--memory 2g'], 'one that starts with -- is given as --run-args=VALUE'],
    [['--'], '"--" is no flag'],
  ])('%j: %s', (argv, reason) => expect(() => parsed(...argv)).toThrow(reason))
})

test('the help of merge has a line for every input of it', () => {
  for (const [name, { help }] of Object.entries(declaredMergeInputs))
    expect(mergeHelpText()).toMatch(new RegExp(`^ {2}--${name} +${help.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'm'))
})

test('help has a line for every input, with its default, and the exit codes', () => {
  const lines = helpText().split('\n')
  for (const [name, { help }] of Object.entries(declaredInputs)) {
    expect(lines.filter((line) => line.trim().startsWith(`--${name} `))).toEqual([expect.stringContaining(help)])
  }
  expect(helpText()).toContain('Print what would be run, tagged and pushed, and do nothing. [false]')
  expect(helpText()).not.toContain('${{')
  expect(lines.at(-1)).toBe('exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry')
})

describe('--record', () => {
  const taken = (given: Readonly<Record<string, string>>, isFile = false) => {
    const inputs = new Map(Object.entries(given))
    return [takeRecord(inputs, () => isFile), Object.fromEntries(inputs)]
  }
  test('is no input, and pushes nothing', () => {
    expect(taken({ images: 'a' })).toEqual([undefined, { images: 'a' }])
    expect(taken({ record: 'tests/golden.json' })).toEqual(['tests/golden.json', { push: 'false' }])
  })
  test('asks what the file holds already, if nothing else is given', () => {
    expect(taken({ record: 'golden.yaml' }, true)).toEqual(['golden.yaml', { push: 'false', samples: 'golden.yaml' }])
    expect(taken({ record: 'golden.yaml', 'predict-body': '{}' }, true)).toEqual(['golden.yaml', { push: 'false', 'predict-body': '{}' }])
  })
  test.each([
    [{ record: 'golden.txt' }, '--record takes a samples file (.json, .jsonl, .yaml), not "golden.txt"'],
    [{ record: '/tmp/golden.json' }, '--record takes a path in this folder, not "/tmp/golden.json"'],
    [{ record: '../golden.json' }, '--record takes a path in this folder, not "../golden.json"'],
    [{ record: 'golden.json', push: 'true' }, '--record is for a run that pushes nothing: leave out --push'],
    [{ record: 'golden.json', smoke: 'false' }, '--record needs the smoke test: leave out --smoke=false'],
  ])('%j: %s', (given, reason) => expect(() => taken(given)).toThrow(reason))
})
