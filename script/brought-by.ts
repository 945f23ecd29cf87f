type Locked = Readonly<Partial<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Readonly<Record<string, string>>>>>
export type Lock = Readonly<{ packages: Readonly<Record<string, Locked>> }>

/** Where Node.js finds a package from within another: in its own node_modules, else in those around it. */
function placeOf({ packages }: Lock, from: string, name: string): string | undefined {
  const inside = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (packages[inside]) return inside
  return from === '' ? undefined : placeOf({ packages }, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
}

/** The names of all packages that one needs, with the number of steps to them. */
function needsOf(lock: Lock, name: string): ReadonlyMap<string, number> {
  const steps = new Map<string, number>()
  let reached = [placeOf(lock, '', name) ?? '']
  const seen = new Set<string>()
  for (let step = 0; reached.length > 0; step++) {
    const next: string[] = []
    for (const place of reached) {
      if (seen.has(place)) continue
      seen.add(place)
      const short = place.replace(/^.*node_modules\//, '')
      if (!steps.has(short)) steps.set(short, step)
      const { dependencies, optionalDependencies, peerDependencies } = lock.packages[place] ?? {}
      for (const other of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
        next.push(placeOf(lock, place, other) ?? '')
    }
    reached = next.filter(Boolean)
  }
  return steps
}

/**
 * Which of our dependencies a package counts with: itself if it is one, else one of those that every run loads (`first`) before
 * the others, and of these the nearest. The order in which a build comes upon its modules is no part of it.
 */
export function broughtBy(lock: Lock, first: ReadonlySet<string>): (name: string) => string | undefined {
  const ours = Object.keys(lock.packages['']?.dependencies ?? {}).sort()
  const needs = new Map(ours.map((name) => [name, needsOf(lock, name)]))
  return (name) => {
    if (needs.has(name)) return name
    const far = (dependency: string) => (needs.get(dependency)?.get(name) ?? Number.POSITIVE_INFINITY) + (first.has(dependency) ? 0 : 1_000)
    const [nearest] = [...ours].sort((a, b) => far(a) - far(b))
    return nearest !== undefined && needs.get(nearest)?.has(name) ? nearest : undefined
  }
}
