import { describe, expect, test } from '@jest/globals'
import { judgeMetrics, meantMetric, verdictTable, verdictText } from '../../src/quality/judge.ts'
import { parseRequirement } from '../../src/quality/requirement.ts'

const metrics = new Map([
  ['accuracy', 0.95],
  ['val.auc', 0.8],
  ['f1', Number.NaN],
])
const previous = new Map([
  ['accuracy', 0.96],
  ['val.auc', Number.NaN],
])
const judge = (line: string, before: ReadonlyMap<string, number> | undefined = previous) =>
  judgeMetrics([parseRequirement(line)], metrics, before)[0] ?? { requirement: '', name: '', state: 'unknown' }

describe('a line is held against the metrics', () => {
  test.each([
    ['accuracy >= 0.95', 'held', undefined],
    ['accuracy > 0.95', 'broken', 'accuracy > 0.95: accuracy is 0.95, it was 0.96 in the previous image, the bound is 0.95'],
    ['accuracy >= previous - 0.01', 'held', undefined],
    ['accuracy >= previous', 'broken', 'accuracy >= previous: accuracy is 0.95, it was 0.96 in the previous image, the bound is 0.96'],
    ['val.auc >= previous', 'unknown', undefined],
    ['val.auc > 0.9', 'broken', 'val.auc > 0.9: val.auc is 0.8, the bound is 0.9'],
    ['f1 > 0', 'broken', 'f1 > 0: f1 is not a number (NaN)'],
    ['f1 != 0', 'broken', 'f1 != 0: f1 is not a number (NaN)'],
    ['f1 >= previous', 'broken', 'f1 >= previous: f1 is not a number (NaN)'],
    ['auc > 0', 'missing', 'auc > 0: there is no metric auc; did you mean val.auc. There are: accuracy, val.auc, f1'],
    ['recall > 0', 'missing', 'recall > 0: there is no metric recall. There are: accuracy, val.auc, f1'],
  ])('%s is %s', (line, state, text) => {
    const verdict = judge(line)
    expect(verdict.state).toBe(state)
    if (text !== undefined) expect(verdictText(verdict, metrics)).toBe(text)
  })
  test('without a previous image, what asks for it is not judged, and the rest is', () => {
    expect(
      judgeMetrics(['accuracy >= previous', 'accuracy > 1'].map(parseRequirement), metrics, undefined).map(({ state }) => state),
    ).toEqual(['unknown', 'broken'])
  })
})

test('the table has every line', () =>
  expect(verdictTable(judgeMetrics(['accuracy >= previous - 0.01', 'auc > 0'].map(parseRequirement), metrics, previous))).toEqual([
    'require                      got   bound  previous',
    'accuracy >= previous - 0.01  0.95  0.95   0.96      held',
    'auc > 0                      -     -      -         missing',
  ]))

test.each([
  ['auc', 'val.auc'],
  ['Accuracy', 'accuracy'],
  ['acuracy', 'accuracy'],
  ['zzzzzz', undefined],
])('%s was meant as %s', (name, meant) => expect(meantMetric(name, [...metrics.keys()])).toBe(meant))
