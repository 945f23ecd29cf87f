import type { Inputs } from '../inputs/inputs.ts'
import { differences, partTexts } from '../plan/input-hash.ts'
import { labelPrefix, testsComeFirst } from '../plan/labels/own.ts'
import { inputHashLabel, inputPartsLabel, revisionLabel, wasAskedTheSame } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import type { Said } from '../publish/held.ts'

/** Architectures as images name them, by RUNNER_ARCH. */
const architectures: Readonly<Record<string, string>> = { X64: 'amd64', ARM64: 'arm64', ARM: 'arm', X86: '386' }

const modelLabel = `${labelPrefix}.model.digest`

/**
 * Why an image that is there cannot stand for the one that this run would make; undefined when it can.
 * @param machine RUNNER_ARCH
 */
export function mismatch(
  { labels, architecture }: Said,
  { labels: asked }: Pick<Plan, 'labels'>,
  inputs: Pick<Inputs, 'build' | 'test'>,
  machine: string | undefined,
): string | undefined {
  if (labels[inputHashLabel] === undefined) return `has no label ${inputHashLabel}: it is not known what was asked of it`
  if (!wasAskedTheSame(labels, asked)) {
    const others = differences(labels[inputPartsLabel], asked[inputPartsLabel])
    const isElsewhere = labels[revisionLabel] !== asked[revisionLabel] && others.every((other) => other === partTexts.commit)
    if (isElsewhere) return `is of commit ${labels[revisionLabel]?.slice(0, 7) ?? 'unknown'}`
    return `was made with ${others.length > 0 ? others.join(', ') : 'other inputs'}`
  }
  // The model may come from elsewhere than the commit. Where the tests make it, it is not there yet.
  if (!testsComeFirst(inputs) && labels[modelLabel] !== asked[modelLabel]) return 'has another model than the build context'
  const wanted = architectures[machine ?? '']
  if (inputs.build.options.platforms.length === 0 && architecture && wanted && architecture !== wanted)
    return `is for ${architecture}, and this machine is ${wanted}`
  return undefined
}
