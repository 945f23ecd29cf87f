import type { LeakIgnore } from '../inputs/leak-ignore.ts'
import type { Finding } from './finding.ts'

/** Whether the user has said that this is no secret. */
export function isIgnored({ rule, place }: Pick<Finding, 'rule' | 'place'>, ignore: readonly LeakIgnore[]): boolean {
  return ignore.some((one) => {
    if (one.kind === 'rule') return one.id === rule
    if (one.kind === 'path') return place.kind === 'file' && one.pattern.test(place.path)
    return place.kind === one.kind && 'name' in place && one.pattern.test(place.name)
  })
}
