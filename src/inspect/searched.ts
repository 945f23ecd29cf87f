import type { Environment, Host } from '../host/host.ts'
import { type Access, loginFor } from '../plan/access.ts'
import { inputPartsLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import { findPrevious, previousOf, type Sought } from '../previous/find.ts'
import { atHand } from '../registry/at-hand.ts'

/** So long (ms) is waited for what only saves time. */
const patience = 3_000

/** How the leak check was asked for, as the label of an image's inputs has it. */
function askedIn(labels: Readonly<Record<string, string>>): string | undefined {
  return /(?:^| )(leaks=\w+)/.exec(labels[inputPartsLabel] ?? '')?.[1]
}

/** A login that is made first, by a program or by a cloud, is no price for what only saves time. */
const isFree = (access: Access | undefined) => loginFor(access, 'pull').kind === 'anonymous' || atHand(access, 'pull') !== undefined

/**
 * Digests of the layers of the image before this one, which was published after the same search by the same rules: they
 * need not be read again. None where that is not known, where nothing is pushed, or of an index. Never throws.
 */
export async function searchedBefore(
  host: Host,
  plan: Plan,
  env: Environment,
  seek: () => Promise<Sought> = () => findPrevious(host, plan, previousOf(plan), env),
): Promise<ReadonlySet<string>> {
  const none: ReadonlySet<string> = new Set()
  const asked = askedIn(plan.labels)
  const wanted = previousOf(plan)
  if (!plan.push.push || asked === undefined || !wanted || !isFree(plan.access.get(wanted.name.registry))) return none
  const over = new AbortController()
  const read = async (): Promise<ReadonlySet<string>> => {
    const sought = await seek()
    if (sought.kind === 'none' || askedIn(sought.image.labels) !== asked) return none
    const { layers = [] } = JSON.parse(new TextDecoder().decode(sought.image.manifest.body)) as {
      layers?: readonly Readonly<{ digest?: string }>[]
    }
    return new Set(layers.flatMap(({ digest }) => digest ?? []))
  }
  const late = host.sleep(patience, over.signal).then(
    () => none,
    () => none,
  )
  try {
    return await Promise.race([read().catch(() => none), late])
  } finally {
    over.abort()
  }
}
