import type { BuiltImage } from '../../build/image.ts'
import type { Environment, Host, StageLog } from '../../host/host.ts'
import { type Inputs, limitsSize } from '../../inputs/inputs.ts'
import type { Red } from '../../outcome.ts'
import type { Seek } from '../../previous/seek.ts'
import { untilCancelled } from '../../until-cancelled.ts'
import { weighBefore } from './before.ts'
import { judgeAll } from './judge.ts'
import { readWeights } from './read.ts'
import type { SizeReport } from './size.ts'
import { type Before, type Weighed, weighAll } from './weigh.ts'

/** What the gate is run with. */
export type Weighing = Readonly<{
  host: Host
  image: BuiltImage
  inputs: Inputs
  env: Environment
  log: StageLog
  signal: AbortSignal
  notice: (text: string) => void
  /** Gets a name of the image that is to be taken away when the run has ended. */
  onName: (name: string) => void
  /** Who knows the image before this one. */
  seek: Seek | undefined
  /** Gets what the image weighs; once more when the image before it is known, too. */
  onSize: (size: SizeReport) => void
}>

/** What was judged, and the verdict if it is red. */
export type Judged = Readonly<{ size: SizeReport; red?: Red }>

/** The image before this one, to be judged against; a notice says why there is none. @throws ActionError */
async function demand({ seek, notice }: Weighing): Promise<Before | undefined> {
  const sought = await seek?.ask()
  const before = sought?.kind === 'found' ? await weighBefore(sought) : undefined
  if (before) return before
  const why = sought?.kind === 'found' ? `${sought.image.reference} is no image of a container` : (sought?.why ?? 'nobody knows it')
  notice(`How much the image has grown was not judged (max-size-increase): ${why}.`)
  return undefined
}

/** For the report alone: nobody waits for it, and nothing is asked that is not known anyway. */
function addBefore({ seek, onSize, host, inputs }: Weighing, images: readonly Weighed[]): void {
  const add = async () => {
    const sought = await seek?.asked()
    const before = sought?.kind === 'found' ? await weighBefore(sought) : undefined
    const judged = before && judgeAll(weighAll(images, before, { workspace: host.workspace, file: inputs.build.file }), {})
    if (judged) onSize(judged.size)
  }
  void add().catch(() => undefined)
}

/**
 * Weighs the image as a registry will have it, and holds that against `max-image-size` and `max-size-increase`. The layers
 * are those that the search for secrets has `met`; where it has met none, the image is asked for them only if there is a
 * limit. @throws ActionError
 */
export async function judgeWeight(weighing: Weighing, met: readonly Weighed[]): Promise<Judged | undefined> {
  const { host, image, inputs, env, log, signal, notice, onName, onSize } = weighing
  const { size: limits, build } = inputs
  const around = { workspace: host.workspace, file: build.file }
  if (met.length === 0 && !limitsSize(limits)) return undefined
  const began = host.now()
  const [images, before] = await Promise.all([
    met.length > 0 ? met : readWeights(host, image, build, env, signal, onName),
    // A registry may take a minute to answer: nobody waits for it when another gate is red.
    limits.increase ? untilCancelled(signal, demand(weighing)) : undefined,
  ])
  if (met.length === 0 && image.store === 'classic' && !image.layout && !image.origin)
    log.line(`The classic image store has packed the layers once more to have them weighed (${host.now() - began} ms).`)
  const sizes = weighAll(images, before, around)
  const strange = before ? sizes.filter(({ previous }) => !previous) : []
  if (before && strange.length > 0) {
    const which = strange.flatMap(({ platform }) => platform ?? []).join(', ')
    notice(
      `How much the image${which === '' ? '' : ` for ${which}`} has grown was not judged: ${before.reference} has none for that platform.`,
    )
  }
  const judged = judgeAll(sizes, limits)
  if (!judged) return undefined
  const { size } = judged
  onSize(size)
  if (!before) addBefore(weighing, images)
  return judged
}
