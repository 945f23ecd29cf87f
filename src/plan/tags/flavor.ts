import { Invalid } from '../../inputs/parse.ts'
import { recordFields } from '../../inputs/records.ts'

/** What goes before and behind every tag, and whether there is a `latest`, by the grammar of docker/metadata-action v6. */
export type Flavor = Readonly<{
  /** Not given: auto for lines of the user, false for our defaults. */
  latest?: 'auto' | 'true' | 'false'
  prefix: string
  prefixLatest: boolean
  suffix: string
  suffixLatest: boolean
}>

export const plainFlavor: Flavor = { prefix: '', prefixLatest: false, suffix: '', suffixLatest: false }

type Mutable = { -readonly [K in keyof Flavor]: Flavor[K] }

function isTrue(value: string, name: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Invalid(`has ${name}=${value}, which is neither true nor false`)
  return value === 'true'
}

/**
 * Reads one line of `flavor` on top of what the lines before gave. Of `prefix=a=b` only `a` counts, as with theirs.
 * `onlatest` is about the prefix or suffix before it on the same line. @throws Invalid
 */
export function addFlavor(flavor: Flavor, line: string): Flavor {
  const made: Mutable = { ...flavor }
  let last: 'prefix' | 'suffix' | undefined
  for (const field of recordFields(line)) {
    const [key = '', value] = field.split('=').map((part) => part.trim())
    if (value === undefined) throw new Invalid(`has "${field.trim()}", which is not NAME=VALUE`)
    switch (key.toLowerCase()) {
      case 'latest':
        if (value !== 'auto' && value !== 'true' && value !== 'false')
          throw new Invalid(`has latest=${value}, which is none of auto, true, false`)
        made.latest = value
        break
      case 'prefix':
        made.prefix = value
        last = 'prefix'
        break
      case 'suffix':
        made.suffix = value
        last = 'suffix'
        break
      case 'onlatest': {
        const on = isTrue(value, 'onlatest')
        if (last === 'prefix') made.prefixLatest = on
        if (last === 'suffix') made.suffixLatest = on
        break
      }
      default:
        throw new Invalid(`has ${key || 'a field without a name'}, which is none of latest, prefix, suffix, onlatest`)
    }
  }
  return made
}

/** `latest` as the flavor has it: its prefix and suffix come as they are written, expressions in them too. */
export function latestText(flavor: Flavor): string {
  return `${flavor.prefixLatest ? flavor.prefix : ''}latest${flavor.suffixLatest ? flavor.suffix : ''}`
}
