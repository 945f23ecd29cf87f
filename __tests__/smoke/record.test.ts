import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../../src/inputs/parse.ts'
import { locationText } from '../../src/smoke/judge/json-path.ts'
import { type Answer, judge } from '../../src/smoke/judge/judge.ts'
import { record, recorded, volatilePlaces } from '../../src/smoke/record.ts'
import { anyAnswer, jsonHeaders, type Sample } from '../../src/smoke/sample.ts'
import { parseSamples } from '../../src/smoke/samples/parse-samples.ts'
import { readValues } from '../../src/smoke/samples/read-text.ts'
import { sampleFields } from '../../src/smoke/samples/write-samples.ts'
import { createFakeHost } from '../fake-host.ts'

const sample: Sample = {
  name: 's',
  request: { method: 'POST', path: '/predict', headers: jsonHeaders, body: '{"a":1}' },
  expect: anyAnswer,
  source: 'given',
  from: 'predict-body',
}
const answer = (value: Json): Answer => ({ status: 200, headers: {}, body: JSON.stringify(value), ms: 1, cut: false })
const tools = { predictPath: '/predict', readText: () => '', fileAt: (path: string) => path, checkSchema: () => {} }

describe('what changes from call to call', () => {
  test.each<readonly [Json, Json, readonly string[]]>([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1, id: 'x' }, { a: 1, id: 'y' }, ['$.id']],
    [{ a: 1 }, { a: 1.00000001 }, []],
    [{ a: 1 }, { a: 1.1 }, ['$.a']],
    [{ a: 1 }, { a: '1' }, ['$.a']],
    [{ a: 1, b: 2 }, { a: 1 }, ['$.b']],
    [{ a: [1, 2] }, { a: [1] }, ['$.a']],
    [{ rows: [{ t: 1 }, { t: 2 }] }, { rows: [{ t: 3 }, { t: 4 }] }, ['$.rows[0].t', '$.rows[1].t']],
    [
      { latency_ms: 0, took: 0, inference_time: 0, requestId: 'a', created_at: 'x' },
      { latency_ms: 0, took: 0, inference_time: 0, requestId: 'a', created_at: 'x' },
      ['$.latency_ms', '$.took', '$.inference_time', '$.requestId', '$.created_at'],
    ],
    [{ daytime: 1, timeout: 2, date_of_birth: 3 }, { daytime: 1, timeout: 2, date_of_birth: 3 }, []],
    [null, null, []],
  ])('%j, %j: %j', (one, other, places) => expect(volatilePlaces(one, other).map(locationText)).toEqual(places))
})

test('what was recorded is passed by every answer it was recorded from', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json)
  fc.assert(
    fc.property(json, json, json, (same, one, other) => {
      const answers = [one, other].map((part) => answer({ same, part }))
      const written = recorded(sample, answers)
      for (const each of answers) expect(judge(written, each).kind).toBe('good')
      expect(judge(written, answer({ part: one })).kind).toBe(same === undefined ? 'good' : 'different')
    }),
  )
})

test('a sample that is written is read as the same sample', () => {
  const values: readonly Json[] = [
    { request: { path: '/a', method: 'PUT', headers: { 'x-key': 'k', 'content-type': 'text/csv' }, body: 'a,b\n1,2' } },
    { request: { path: '/a' } },
    { request: { file: 'cat.png' }, expect: { error: true } },
    {
      request: { body: '{"a": 1e2}' },
      expect: { status: [200, 201], json: { a: [1] }, ignore: ['ms', '$.rows[*].id'], tolerance: 'rtol=1e-3,atol=0' },
    },
    { request: { body: '"quoted"' }, expect: { regex: 'x', headers: { etag: '/./' }, schema: { type: 'object' }, finite: ['$.a'] } },
    { request: { body: [1, 2] }, expect: { finite: false, 'sums-to-one': '$.p', argmax: { $: 1, '$.p': 'cat' }, 'top-k': { $: [1, 0] } } },
    { request: { body: [1, 2] }, expect: { shape: [2, null], batch: { request: '$', answer: '$.p' }, status: 404 } },
  ]
  const { samples, faults } = parseSamples(readValues('a.json', JSON.stringify(values)), 'a.json', tools)
  expect(faults).toEqual([])
  expect(parseSamples(readValues('a.json', JSON.stringify(samples.map(sampleFields))), 'a.json', tools).samples).toEqual(samples)
})

describe('--record', () => {
  const base = 'http://127.0.0.1:32768'
  async function recordWith(answers: readonly (readonly [number, Json])[], given: Sample = sample, path = 'tests/golden.json') {
    let calls = 0
    const host = createFakeHost({
      request: {
        [`POST ${base}/predict`]: () => {
          const [status, body] = answers[calls++ % answers.length] ?? [200, null]
          return { status, body: JSON.stringify(body) }
        },
      },
    })
    const outcome = await record(host, { baseUrl: base, imageId: 'sha256:1' }, [given], path)
    return { outcome, text: host.files.entries.get(`/repo/${path}`), calls }
  }
  test('asks three times, and writes what stays the same', async () => {
    const { text, calls } = await recordWith([
      [200, { a: 1, n: 1 }],
      [200, { a: 1, n: 1 }],
      [200, { a: 1, n: 2 }],
    ])
    expect(calls).toBe(3)
    expect(JSON.parse(text ?? '')).toEqual({
      recorded: 'sha256:1',
      samples: [{ name: 's', request: { path: '/predict', body: { a: 1 } }, expect: { json: { a: 1 }, ignore: ['$.n'] } }],
    })
    expect(parseSamples(readValues('golden.json', text ?? ''), 'golden.json', tools).samples[0]?.source).toBe('recorded')
  })
  test('as JSON Lines', async () => {
    const { text } = await recordWith([[200, 1]], sample, 'golden.jsonl')
    expect(text).toBe('{"name":"s","request":{"path":"/predict","body":{"a":1}},"expect":{"json":1}}\n')
  })
  test('of an error only that it is one', async () => {
    const { text } = await recordWith([[422, { detail: 'x' }]], { ...sample, expect: { ...anyAnswer, status: { kind: 'error' } } })
    expect(JSON.parse(text ?? '')).toMatchObject({ samples: [{ expect: { error: true } }] })
    expect(text).not.toContain('detail')
  })
  test.each([422, 500, 302])('nothing where the answer is %d', async (status) => {
    const { outcome, text } = await recordWith([[status, { detail: 'x' }]])
    expect(outcome).toMatchObject({ red: { code: 'predict-failed', message: `s answered ${status}, which is not recorded.` } })
    expect(text).toBeUndefined()
  })
  test('nothing where there is nothing to ask', async () => {
    const host = createFakeHost({})
    expect(await record(host, { baseUrl: base, imageId: 'x' }, [], 'a.json')).toMatchObject({ kind: 'failed' })
  })
})
