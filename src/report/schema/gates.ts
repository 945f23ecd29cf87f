import type { MetricsReport } from '../../quality/metrics-report.ts'
import type { Comparison, ShownChange } from '../../smoke/comparison.ts'
import type { Measured } from '../../smoke/measure/measure.ts'
import type { Exchange, SampleReport, SmokeReport } from '../../smoke/smoke-report.ts'
import type { FailedTest, TestReport, TimedTest } from '../../test/junit.ts'
import {
  anything,
  count,
  exactly,
  listOf,
  number,
  numberOrNaN,
  object,
  optional,
  orNull,
  recordOf,
  reference,
  said,
  text,
  wordOf,
  yesOrNo,
} from './shape.ts'

export const tests = object<TestReport>({
  tests: count,
  failed: count,
  errors: count,
  skipped: count,
  seconds: number,
  failures: listOf(object<FailedTest>({ name: text, message: text, file: optional(text), line: optional(count) })),
  slowest: listOf(object<TimedTest>({ name: text, seconds: number })),
})

const exchange = object<Exchange>({ path: text, status: count, ms: number, body: text })

const sample = object<SampleReport>({
  name: text,
  source: wordOf({ given: 0, recorded: 0, documented: 0, found: 0, invented: 0 }),
  from: text,
  method: text,
  path: text,
  status: optional(count),
  ms: optional(number),
  result: wordOf({ passed: 0, failed: 0 }),
  compared: yesOrNo,
  nearest: optional(object<NonNullable<SampleReport['nearest']>>({ path: text, expected: number, got: number, share: number })),
  why: optional(text),
})

const measured = object<Measured>({
  coldStart: number,
  firstPredict: optional(number),
  warm: optional(
    object<NonNullable<Measured['warm']>>({
      calls: count,
      failed: count,
      concurrency: exactly(1),
      p50: orNull(number),
      p95: orNull(number),
      p99: orNull(number),
      times: optional(listOf(number)),
    }),
  ),
  peakMemory: optional(count),
})

const comparison = object<Comparison>({
  with: text,
  model: wordOf({ same: 0, changed: 0, unknown: 0 }),
  samples: count,
  differing: count,
  largest: optional(
    object<NonNullable<Comparison['largest']>>({
      path: text,
      previous: optional(anything()),
      now: optional(anything()),
      delta: optional(number),
      sample: text,
    }),
  ),
  changes: optional(listOf(object<ShownChange>({ sample: text, path: text, previous: text, now: text, delta: optional(number) }))),
  ignored: listOf(text),
})

/** Its name under `$defs`: it holds one for each further platform. */
export const smokeName = 'smoke'

export const smoke = object<SmokeReport>({
  imageId: text,
  platform: optional(text),
  port: count,
  portFrom: text,
  preset: optional(text),
  presetFrom: optional(text),
  health: optional(exchange),
  stayedUpMs: optional(number),
  gpuMissing: optional(text),
  predict: optional(exchange),
  compared: yesOrNo,
  samples: optional(listOf(sample)),
  sampleCount: optional(count),
  unproven: optional(text),
  measured: optional(said('Times in ms, memory in bytes.', measured)),
  comparison: optional(comparison),
  others: optional(listOf(reference<SmokeReport>(smokeName))),
  untested: optional(listOf(text)),
})

export const metrics = object<MetricsReport>({
  file: text,
  metrics: recordOf(orNull(number)),
  requirements: listOf(
    object<MetricsReport['requirements'][number]>({
      requirement: text,
      name: text,
      state: wordOf({ held: 0, broken: 0, missing: 0, unknown: 0 }),
      got: optional(numberOrNaN),
      bound: optional(numberOrNaN),
      previous: optional(numberOrNaN),
    }),
  ),
  previous: optional(text),
})
