import { describe, expect, test } from '@jest/globals'
import { parseFlags, takeFormat, takeRecord, wantsJson } from '../src/cli/flags.ts'
import { helpText, initHelpText, mergeHelpText, reportHelpText } from '../src/cli/help.ts'
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

describe('what stdout gets', () => {
  const taken = (...argv: readonly string[]) => {
    const given = new Map(parseFlags(argv))
    return [takeFormat(given), Object.fromEntries(given)]
  }
  test.each<readonly [readonly string[], string]>([
    [[], 'text'],
    [['--json'], 'json'],
    [['--format', 'json'], 'json'],
    [['--json', '--format', 'json'], 'json'],
    [['--format=markdown'], 'markdown'],
    [['--format', 'text'], 'text'],
  ])('%j', (argv, format) => {
    expect(taken('--images', 'a', ...argv)).toEqual([format, { images: 'a' }])
    expect(wantsJson(argv)).toBe(format === 'json')
  })
  test.each([
    [['--format', 'xml'], '--format is "xml", and takes text, markdown, json'],
    [['--json', '--format', 'text'], '--json and --format text are two formats: take one'],
    [['--json=yes'], '--json takes no value, not "yes"'],
    [['--json', 'yes'], '"yes" is no flag'],
  ])('%j: %s', (argv, reason) => expect(() => taken(...argv)).toThrow(reason))
})

describe('the help', () => {
  const words = (text: string) => text.replace(/\s+/g, ' ')
  test.each([
    ['of a run', helpText, declaredInputs],
    ['of merge', mergeHelpText, declaredMergeInputs],
  ])('%s has every input, once, with what it is', (_, help, table) => {
    for (const [name, { help: meaning }] of Object.entries(table)) {
      expect(
        help(80)
          .split('\n')
          .filter((line) => line.startsWith(`  --${name} `)),
      ).toHaveLength(1)
      expect(words(help(80))).toContain(words(`--${name} ${meaning}`))
    }
  })
  test('has their defaults, but for one that only a runner has, and the exit codes', () => {
    expect(words(helpText(80))).toContain('Print what would be run, tagged and pushed, and do nothing. [false]')
    expect(helpText(80)).not.toContain('${{')
    expect(helpText(80).split('\n').at(-1)).toBe('exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry')
  })
  test('has the inputs in groups, in the order of a run', () => {
    const headings = helpText(80)
      .split('\n')
      .filter((line) => /^\S.*:$/.test(line))
    expect(headings).toEqual(
      ['Command line', 'Image', 'Credentials', 'Test', 'Build', 'Layer cache', 'Smoke test', 'Gates', 'After the gates'].map(
        (name) => `${name}:`,
      ),
    )
  })
  test.each([40, 59, 60, 80, 110, 200])('in %d columns no line is wider, but for a word that is', (width) => {
    for (const help of [helpText, initHelpText, mergeHelpText, reportHelpText])
      for (const line of help(width)
        .split('\n')
        .filter((one) => !/^(usage:| {7})/.test(one)))
        expect([...line].length <= Math.min(width, 110) || line.trim().split(' ').length === 1).toBe(true)
  })
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
