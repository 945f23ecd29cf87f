import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { distrust } from '../../src/smoke/distrust.ts'

const judge = (body: string, expected?: string) => {
  const red = distrust({ method: 'POST', path: '/predict', status: 200, body }, expected)
  return red && [red.code, red.message]
}

describe('a good status without a prediction', () => {
  test.each<readonly [string, string, string]>([
    ['{"prediction": 0, "version": "dummy"}', 'dummy-model', '/predict answered by a stand-in: "version" is "dummy".'],
    ['{"model_version":"mock-v1"}', 'dummy-model', '/predict answered by a stand-in: "model_version" is "mock-v1".'],
    ['{"prediction": NaN}', 'nan-answer', '/predict answered NaN, which is no prediction and no JSON.'],
    ['{"scores": [0.1, -Infinity]}', 'nan-answer', '/predict answered -Infinity, which is no prediction and no JSON.'],
    ['NaN', 'nan-answer', '/predict answered NaN, which is no prediction and no JSON.'],
    ['{"predictions": [[null, null]]}', 'nan-answer', '/predict answered null, which is no prediction.'],
  ])('%s: %s', (body, code, message) => expect(judge(body)).toEqual([code, message]))
})

describe('an answer that may be a prediction', () => {
  test.each([
    '{"prediction": 1, "version": "1.2.0"}',
    '{"prediction": 1, "probabilities": null}',
    '{"label": "dummy", "text": "a fake version"}',
    '{"source": "fallback"}',
    '{"text": "the score: NaN, or [NaN]"}',
    '{"text": "a \\"prediction\\": null"}',
    'setosa',
    '',
  ])('%s', (body) => expect(judge(body)).toBeUndefined())
  test('of what is expected', () => {
    expect(judge('{"version": "dummy"}', '{"version":"dummy"}')).toBeUndefined()
    expect(judge('{"prediction": null}', '{"prediction":null}')).toBeUndefined()
  })
  test('whatever numbers and texts it holds, if it is JSON', () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string())),
        (output) => judge(JSON.stringify({ output })) === undefined,
      ),
    ))
})
