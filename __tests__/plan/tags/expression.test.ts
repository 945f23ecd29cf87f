import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import handlebars from 'handlebars'
import { isPlain, isRawStatement, render, type Values } from '../../../src/plan/tags/expression.ts'
import { plainFlavor } from '../../../src/plan/tags/flavor.ts'
import { type Libraries, loadLibraries } from '../../../src/plan/tags/libraries.ts'
import { parseTagRule } from '../../../src/plan/tags/rule.ts'
import { eventOf, type JobName } from '../payloads.ts'

const values: Values = {
  branch: () => `a&b<c>"d'e\`f=g`,
  sha: () => '90dd603',
  major: 0,
  minor: 7,
  version: '1.0',
  raw: null,
  is_default_branch: () => 'true',
}

describe('what needs no Handlebars', () => {
  test.each([
    ['text', true],
    ['a{b}c \\ }}', true],
    ['{{branch}}-{{ sha }}', true],
    ['{{version}}.{{major}}', true],
    ['{{date}}', false],
    ['{{nope}}', false],
    ['{{{branch}}}', false],
    ['\\{{branch}}', false],
    ['{{branch}}}', false],
    ['{{~sha~}}', false],
    ['{{#if sha}}x{{/if}}', false],
    ['{{if}}', false],
    ['{{sha', false],
  ])('%s: %s', (template, expected) => expect(isPlain(template)).toBe(expected))
  test('comes out as Handlebars has it', () => {
    const part = fc.constantFrom(
      '{{branch}}',
      '{{ sha }}',
      '{{major}}',
      '{{minor }}',
      '{{raw}}',
      '{{tag}}',
      '{{is_default_branch}}',
      'x',
      '&',
      '-',
      '}',
      ' ',
      '\n',
      '{',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const template = parts.join('')
        return !isPlain(template) || render(template, values, {}) === handlebars.compile(template)(values)
      }),
      { numRuns: 3_000 },
    )
  })
  test('is Handlebars all the same where no word of it is known', () => {
    for (const name of ['if', 'each', 'with', 'log', 'lookup', 'this', 'true', 'null', 'undefined', 'unless', '0'])
      expect(isPlain(`{{${name}}}`)).toBe(false)
  })
})

test('a text that needs a library which was not announced is a fault of the program', () => {
  expect(() => render('{{{branch}}}', values, {})).toThrow('was not announced')
})

describe('a pattern of {{raw}} alone', () => {
  test.each([
    ['{{raw}}', true],
    ['{{ raw }}', true],
    ['{{{raw}}}', true],
    ['{{~raw~}}', true],
    ['{{this.raw}}', true],
    ['{{raw}}x', false],
    ['{{raw.x}}', false],
    ['{{raw}}{{raw}}', false],
    ['{{{version}}}', false],
    ['{{#raw}}{{/raw}}', false],
    ['{{{raw}', false],
  ])('%s: %s', (pattern, expected) => expect(isRawStatement(pattern, { handlebars })).toBe(expected))
})

describe('libraries are loaded where a run needs them', () => {
  const loaded = async (job: JobName, lines: readonly string[], labels: readonly string[] = []): Promise<readonly string[]> => {
    const tags = lines.flatMap((line) => parseTagRule(line))
    const libraries: Libraries = await loadLibraries({ tags, flavor: plainFlavor, labels, annotations: [] }, eventOf(job))
    return Object.keys(libraries)
  }
  test.each<readonly [JobName, readonly string[], readonly string[]]>([
    ['main', ['type=defaults'], []],
    ['v1.2.3', ['type=defaults'], []],
    ['1.2.3rc2', ['type=defaults'], ['pep440']],
    ['main', ['type=pep440,pattern={{version}}'], []],
    ['v1.2.3', ['type=pep440,pattern={{version}}'], ['pep440']],
    ['main', ['type=pep440,pattern={{version}},value=1.0'], ['pep440']],
    ['main', ['type=raw,value={{branch}}-{{sha}}'], []],
    ['main', ['type=raw,value={{{branch}}}'], ['handlebars']],
    ['main', ["type=raw,value={{date 'YYYY'}}"], ['handlebars', 'moment']],
    ['main', ['type=match,pattern=^{{x'], []],
  ])('%s: %j needs %j', async (job, lines, expected) => expect(await loaded(job, lines)).toEqual(expected))
  test('labels count', async () => expect(await loaded('main', [], ["a={{date 'YYYY'}}"])).toEqual(['handlebars', 'moment']))
})

test('an expression prints nothing, whatever it is', async () => {
  const libraries = await loadLibraries({ tags: [], flavor: plainFlavor, labels: ['{{log}}'], annotations: [] }, eventOf('main'))
  const printed: unknown[] = []
  const { log, info, warn, error } = console
  Object.assign(console, { log: (...words: unknown[]) => printed.push(words), info: (...words: unknown[]) => printed.push(words) })
  Object.assign(console, { warn: (...words: unknown[]) => printed.push(words), error: (...words: unknown[]) => printed.push(words) })
  try {
    const made = ["{{log '::error::x'}}", "{{log 'x' level='error'}}", "{{log 'x' level=9}}", '{{toString}}'].map((text) =>
      render(text, {}, libraries),
    )
    expect(made).toEqual(['', '', '', ''])
  } finally {
    Object.assign(console, { log, info, warn, error })
  }
  expect(printed).toEqual([])
})
