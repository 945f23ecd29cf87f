import { expect, test } from '@jest/globals'
import { askSamples, reportOf } from '../../src/smoke/ask-samples.ts'
import { anyAnswer, type Sample } from '../../src/smoke/sample.ts'
import { createFakeHost } from '../fake-host.ts'

const sample: Sample = {
  name: 'setosa',
  request: { method: 'POST', path: '/predict', headers: {}, body: '{}' },
  expect: { ...anyAnswer, json: { p: 0.5, label: 'setosa' }, tolerance: { rtol: 0, atol: 0.01 } },
  source: 'given',
  from: 'golden.yaml',
}

test.each([
  ['{"p": 0.504, "label": "setosa"}', 'passed', 0.4],
  ['{"p": 0.52, "label": "setosa"}', 'failed', 2],
])('a sample that is answered %s tells how near its number came to the edge', async (body, result, share) => {
  const host = createFakeHost({ request: { 'POST http://x/predict': { body } } })
  const [asked] = await askSamples(host, 'http://x', [sample], () => false)
  expect(asked && reportOf(asked)).toMatchObject({ result, nearest: { path: '$.p', expected: 0.5, share: expect.closeTo(share, 6) } })
})
