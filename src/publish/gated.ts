import type { BuiltImage } from '../build/image.ts'
import type { Outcome } from '../outcome.ts'
import type { MetricsReport } from '../quality/metrics-report.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestVerdict } from '../test/verdict.ts'

declare const proof: unique symbol

/** An image that has earned its push. Only `gate` makes one, so an ungated image cannot be published. */
export type Gated = BuiltImage & { readonly [proof]: 'gated' }

const open = (outcome: Outcome<unknown>): boolean => outcome.kind === 'passed' || outcome.kind === 'skipped'

/** The image as gated, if no gate is red: each was passed, or left out by the user in so many words. */
export function gate(
  image: BuiltImage,
  tests: Outcome<TestVerdict>,
  smoke: Outcome<SmokeReport>,
  quality: Outcome<MetricsReport>,
): Gated | undefined {
  return open(tests) && open(smoke) && open(quality) ? (image as Gated) : undefined
}
