import type { BuiltImage } from '../build/image.ts'
import type { Parts } from '../inspect/layers/kept.ts'
import type { Inspection } from '../inspect/report.ts'
import type { Outcome } from '../outcome.ts'
import { wasAskedTheSame } from '../plan/labels.ts'
import type { MetricsReport } from '../quality/metrics-report.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestVerdict } from '../test/verdict.ts'

declare const proof: unique symbol

/** What of an image the way to a registry needs. */
export type Publishable = Pick<BuiltImage, 'digest' | 'configDigest' | 'store' | 'localName' | 'layout' | 'origin' | 'taken'> &
  Readonly<{
    /** What is at hand of it. */
    parts?: Parts
    /** An index whose images are in a registry already: where they are not in another, `copy` brings each there. */
    index?: Readonly<{ manifest: Manifest; parts: readonly string[]; copy: (digest: string, to: RegistryClient) => Promise<void> }>
  }>

/** An image that has earned its push. Only `gate`, `promote` and `join` make one, so an ungated image cannot be published. */
export type Gated = Publishable & { readonly [proof]: 'gated' }

const open = (outcome: Outcome<unknown>): boolean => outcome.kind === 'passed' || outcome.kind === 'skipped'

/** The image as gated, if no gate is red: each was passed, or left out by the user in so many words. */
export function gate(
  image: BuiltImage,
  tests: Outcome<TestVerdict>,
  smoke: Outcome<SmokeReport>,
  quality: Outcome<MetricsReport>,
  command: Outcome<number>,
  inspected: Outcome<Inspection>,
): (BuiltImage & Gated) | undefined {
  return open(tests) && open(smoke) && open(quality) && open(command) && open(inspected) ? (image as BuiltImage & Gated) : undefined
}

type Labels = Readonly<Record<string, string>>

/**
 * An image that is published already as gated, if its labels say that a run made it which was asked the same, of the same
 * commit or tree. This action sets a tag only when the gates are green.
 * @param said the labels of the image @param asked those that this run would give it
 */
export function promote<T extends Publishable>(image: T, said: Labels, asked: Labels): (T & Gated) | undefined {
  return wasAskedTheSame(said, asked) ? (image as T & Gated) : undefined
}
