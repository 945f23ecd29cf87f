import { expect, test } from '@jest/globals'
import type { SmokeInputs } from '../../../src/inputs/inputs.ts'
import { measuredRemarks } from '../../../src/smoke/measure/remarks.ts'
import type { Warm } from '../../../src/smoke/measure/warm.ts'
import { createInputs, createSmokeReport } from '../../builders.ts'

const predict = { path: '/predict', status: 200, ms: 1, body: '{}' }
const warm: Warm = { calls: 100, failed: 0, concurrency: 1, p50: 1, p95: 1, p99: 1 }
const latency = 'max-latency was not judged: there was no sample to ask again.'
const compared = 'Predictions were compared with no other image: there was no sample to ask it.'

test.each<readonly [Partial<SmokeInputs>, Warm | undefined, readonly string[]]>([
  [{}, undefined, []],
  [{ maxLatencyMs: 5 }, warm, []],
  [{ maxLatencyMs: 5 }, undefined, [latency]],
  [{ compare: { kind: 'previous' } }, warm, []],
  [{ compare: { kind: 'previous' } }, undefined, [compared]],
  [{}, { ...warm, failed: 3 }, ['3 of 100 calls failed when the sample was asked again, though the first was answered.']],
])('%j, %j: %j', (smoke, measured, remarks) => {
  const report = createSmokeReport(measured ? { predict, measured: { coldStart: 1, warm: measured } } : { measured: { coldStart: 1 } })
  expect(measuredRemarks(report, createInputs({ smoke }).smoke)).toEqual(remarks)
})
