import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lastOfHistory, parseMetrics } from '../../src/quality/formats.ts'
import { flattenMetrics } from '../../src/quality/metrics.ts'

const read = async (text: string, path = 'metrics.json') => Object.fromEntries(await parseMetrics(text, path))

describe('a file of metrics', () => {
  test.each<readonly [string, string, string, Readonly<Record<string, number>>]>([
    ['flat', 'm.json', '{"accuracy": 0.95, "n": 3, "name": "x", "ok": true}', { accuracy: 0.95, n: 3 }],
    [
      'nested, as DVC has it',
      'm.json',
      '{"train": {"acc": 0.9}, "val": {"auc": {"macro": 0.8}}}',
      { 'train.acc': 0.9, 'val.auc.macro': 0.8 },
    ],
    ['of DVC in YAML', 'm.yaml', 'train:\n  acc: 0.9\nval: {auc: .nan}\n', { 'train.acc': 0.9, 'val.auc': Number.NaN }],
    ['TOML', 'm.toml', 'acc = 0.9\n[val]\nauc = 1\n', { acc: 0.9, 'val.auc': 1 }],
    [
      'with what Python writes',
      'm.json',
      '{"a": NaN, "b": -Infinity, "c": null, "NaN": 1}',
      { a: Number.NaN, b: -Infinity, c: Number.NaN, NaN: 1 },
    ],
    ['numbers as text', 'm.json', '{"a": "0.5", "b": "nan", "c": "v1"}', { a: 0.5, b: Number.NaN }],
    [
      "of scikit-learn's classification_report",
      'm.json',
      '{"0": {"precision": 1.0}, "macro avg": {"f1-score": 0.9}}',
      { '0.precision': 1, 'macro avg.f1-score': 0.9 },
    ],
    ['lists', 'm.json', '{"cv": [0.8, 0.9]}', { 'cv.0': 0.8, 'cv.1': 0.9 }],
    ['CSV of one row', 'm.csv', 'accuracy,f1\n0.9,0.8\n', { accuracy: 0.9, f1: 0.8 }],
    ['CSV of pandas, with its index', 'm.csv', ',accuracy\n0,0.9\n', { accuracy: 0.9 }],
    ['CSV of names and values', 'm.csv', 'metric,value\naccuracy,0.9\nf1,0.8\n', { accuracy: 0.9, f1: 0.8 }],
    ['no suffix, JSON', 'metrics', ' {"a": 1}', { a: 1 }],
    ['no suffix, YAML', 'metrics', 'a: 1', { a: 1 }],
    [
      'a run of MLflow, by its API',
      'run.json',
      JSON.stringify({
        run: {
          info: { run_id: 'x' },
          data: {
            metrics: [
              { key: 'acc', value: 0.9, timestamp: 5, step: 2 },
              { key: 'acc', value: 0.5, timestamp: 9, step: 1 },
              { key: 'loss', value: 'NaN', timestamp: 1, step: 0 },
            ],
            params: [{ key: 'depth', value: '3' }],
          },
        },
      }),
      { acc: 0.9, loss: Number.NaN },
    ],
    [
      'a run of MLflow, as it describes itself',
      'run.json',
      '{"info": {"start_time": 5}, "data": {"metrics": {"acc": 0.9}, "params": {"d": "3"}}}',
      { acc: 0.9 },
    ],
  ])('%s', async (_, path, text, metrics) => expect(await read(text, path)).toEqual(metrics))

  test.each<readonly [string, string, RegExp]>([
    ['m.json', '', /^is not JSON \(/],
    ['m.json', '{"a": 1,}', /^is not JSON \(/],
    ['m.yaml', 'a: [1', /^is not YAML \(/],
    ['m.toml', 'a = ', /^is not TOML \(/],
    ['m.csv', 'a,b\n', /^is not CSV \(it has names and no row of values\)/],
    ['m.csv', 'a,b\n1,2\n3,4\n', /^is not CSV \(it has 2 rows of values where one is expected\)/],
    ['m.json', '{"name": "iris"}', /^holds no metric/],
    ['m.json', '3', /^holds no metric/],
    ['m.yaml', '', /^holds no metric/],
  ])('%s %j is refused', async (path, text, reason) => await expect(read(text, path)).rejects.toThrow(reason))

  test('a name of the language is a name like any other', async () =>
    expect([...(await parseMetrics('{"__proto__": {"polluted": 1}, "constructor": 2}', 'm.json'))]).toEqual([
      ['__proto__.polluted', 1],
      ['constructor', 2],
    ]))
  test('every finite number of a flat object is found under its name', () => {
    const tree = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(fc.property(tree, (flat) => expect(flattenMetrics(flat)).toEqual(new Map(Object.entries(flat)))))
  })
})

test.each([
  ['1700000000000 0.5 0\n1700000000001 0.9 1\n', 0.9],
  ['2 0.9 7\n3 0.1 2\n', 0.9],
  ['1 0.5\n', 0.5],
  ['accuracy: 0.9', undefined],
  ['', undefined],
])("MLflow's history of a metric: %j", (text, value) => expect(lastOfHistory(text)).toBe(value))
