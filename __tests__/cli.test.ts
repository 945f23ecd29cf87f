import { describe, expect, test } from '@jest/globals'
import { helpText, mergeHelpText, parseFlags } from '../src/cli.ts'
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
