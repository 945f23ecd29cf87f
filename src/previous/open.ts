import type { Environment, Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Invalid } from '../inputs/parse.ts'
import type { Plan } from '../plan/plan.ts'
import { metricsOfLabels, type PreviousMetrics } from '../quality/quality.ts'
import { readImageMetrics } from '../quality/read-metrics.ts'
import { modelDigestLabel, type Rival } from '../smoke/compare.ts'
import { findPrevious, type Sought } from './find.ts'
import { type Pulled, pullPrevious } from './pull.ts'
import type { Seek } from './seek.ts'

/** What the gates want to know of the image before this one. */
export interface Previous {
  readonly metrics: () => Promise<PreviousMetrics>
  /** What predictions are compared with, given the labels of the image under test; only with `compare`. */
  readonly rivalOf?: (labels: Readonly<Record<string, string>>) => Rival
}

/** The run that asks, and where it puts what is to be taken away at its end. */
export type Asking = Readonly<{
  host: Host
  inputs: Inputs
  plan: Plan
  env: Environment
  signal: AbortSignal
  scope: AsyncDisposableStack
  notice: (text: string) => void
  seek: Seek
}>

/**
 * Asks for the image before this one beside everything else, and has the engine pull it where its labels are not enough:
 * to compare predictions, or to read a file of metrics that is in it.
 */
export function openPrevious({ host, inputs, plan, env, signal, scope, notice, seek }: Asking): Previous {
  const { quality, smoke, build } = inputs
  const { compare } = smoke
  const search = seek.ask
  const platform = build.options.platforms.length === 1 ? build.options.platforms[0] : undefined
  const pull = (seeking: Promise<Sought>): Promise<Pulled> => {
    const pulling = pullPrevious(host, seeking, platform, env, signal)
    scope.defer(async () => {
      const had = await pulling
      if (had.kind === 'pulled') await host.capture({ argv: ['docker', 'image', 'rm', had.localName], env }).catch(() => undefined)
    })
    return pulling
  }
  const names = quality.requirements.flatMap(({ name, bound }) => (bound.kind === 'previous' ? [name] : []))
  const inImage = names.length > 0 && quality.file?.kind === 'image' ? quality.file : undefined
  const compares = smoke.run ? compare.kind : 'off'
  if (names.length > 0) void search().catch(() => undefined)
  const pulled = inImage || compares === 'previous' ? pull(search()) : undefined
  const other =
    compare.kind === 'image' && compares === 'image'
      ? pull(findPrevious(host, plan, { name: compare.name, references: [compare.reference] }, env))
      : undefined
  const rival = compares === 'off' ? undefined : (other ?? pulled)

  /** From the file itself: what is known only after a build is no label. */
  const fromFile = async (path: string): Promise<PreviousMetrics | undefined> => {
    const had = await pulled
    if (had?.kind !== 'pulled') return undefined
    try {
      const metrics = await readImageMetrics(host, { id: had.localName }, path, env, signal)
      return { kind: 'known', reference: had.image.reference, metrics }
    } catch (error) {
      if (error instanceof Invalid) return undefined
      throw error
    }
  }
  return {
    metrics: async () => (inImage && (await fromFile(inImage.path))) ?? metricsOfLabels(await search(), names),
    ...(rival ? { rivalOf: (labels) => ({ pulled: rival, modelDigest: labels[modelDigestLabel], notice }) } : {}),
  }
}
