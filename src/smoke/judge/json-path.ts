import { Invalid, type Json } from '../../inputs/parse.ts'

type Step = Readonly<{ kind: 'key'; key: string }> | Readonly<{ kind: 'index'; index: number }> | Readonly<{ kind: 'any' }>

/** Places in a JSON value. One from the root begins with `$`; any other, such as `latency_ms`, is meant at any depth. */
export type JsonPath = Readonly<{ text: string; fromRoot: boolean; steps: readonly Step[] }>

/** One place: keys and indices from the root. */
export type Location = readonly (string | number)[]

const plainKey = /^[A-Za-z_][\w-]*$/

/** The place as a path that can be written in a samples file: `$.scores[1]`. */
export function locationText(location: Location): string {
  return location.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return plainKey.test(step) ? `${text}.${step}` : `${text}[${JSON.stringify(step)}]`
  }, '$')
}

const token = /\.?\[(?:(\d+)|(\*)|("(?:[^"\\]|\\.)*")|'([^']*)')\]|\.(\*)|\.?([^.[\]"'*\s][^.[\]*]*)/y

/** `$.a.b[0]`, `$.rows[*].ms`, `$["a b"]`, or a name for any depth: `latency_ms`, `meta.ms`. @throws Invalid */
export function parseJsonPath(given: string): JsonPath {
  const text = given.trim()
  if (text === '') throw new Invalid('is an empty path')
  const fromRoot = text.startsWith('$') && !text.startsWith('$..')
  const rest = text.replace(/^\$(\.\.)?/, '')
  const steps: Step[] = []
  token.lastIndex = 0
  while (token.lastIndex < rest.length) {
    const at = token.lastIndex
    const found = token.exec(rest)
    // Behind the root a name needs its dot: $a is no path.
    if (!found || (at === 0 && fromRoot && !/^[.[]/.test(rest)))
      throw new Invalid(`is no path (at "${rest.slice(at)}"): write $.scores[0], $.rows[*].ms, or a name alone for any depth`)
    const [, index, star, quoted, single, dotStar, name] = found
    if (index !== undefined) steps.push({ kind: 'index', index: Number(index) })
    else if (star ?? dotStar) steps.push({ kind: 'any' })
    else steps.push({ kind: 'key', key: quoted === undefined ? (single ?? name ?? '') : (JSON.parse(quoted) as string) })
  }
  if (!fromRoot && steps.length === 0) throw new Invalid('names no place')
  return { text, fromRoot, steps }
}

const fits = (step: Step, at: string | number | undefined): boolean => {
  if (at === undefined) return false
  switch (step.kind) {
    case 'any':
      return true
    case 'index':
      return at === step.index
    case 'key':
      return String(at) === step.key
  }
}

/** Whether `path` names this very place. */
export function names({ fromRoot, steps }: JsonPath, location: Location): boolean {
  const skipped = location.length - steps.length
  if (skipped < 0 || (fromRoot && skipped > 0)) return false
  return steps.every((step, i) => fits(step, location[skipped + i]))
}

/** What stands in a JSON value, with its place, the outermost first. */
export function children(value: Json, location: Location): readonly Readonly<{ at: Location; value: Json }>[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, i) => ({ at: [...location, i], value: item }))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([key, item]) => ({ at: [...location, key], value: item as Json }))
}

/** Every place of `value` that `path` names. From the root only what leads there is walked. */
export function select(value: Json, path: JsonPath): readonly Readonly<{ at: Location; value: Json }>[] {
  if (path.fromRoot) {
    let found: readonly Readonly<{ at: Location; value: Json }>[] = [{ at: [], value }]
    for (const step of path.steps)
      found = found.flatMap((place) => children(place.value, place.at).filter(({ at }) => fits(step, at.at(-1))))
    return found
  }
  const walk = (place: Readonly<{ at: Location; value: Json }>): readonly Readonly<{ at: Location; value: Json }>[] => [
    ...(names(path, place.at) ? [place] : []),
    ...children(place.value, place.at).flatMap(walk),
  ]
  return walk({ at: [], value })
}
