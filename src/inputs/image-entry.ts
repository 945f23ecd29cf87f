import { Invalid } from './parse.ts'
import { recordFields } from './records.ts'

/** A name of the input `images`, as written. */
export type ImageEntry = Readonly<{
  record: string
  name: string
  enabled: boolean
  /** Other names on the line, which do not count. */
  unused: readonly string[]
}>

function readEntry(record: string): ImageEntry {
  const names: string[] = []
  let enabled = true
  for (const field of recordFields(record)) {
    const [key = '', value] = field.split('=').map((part) => part.trim())
    if (value === undefined) names.push(key)
    else if (key.toLowerCase() === 'name') names.push(value)
    else if (key.toLowerCase() === 'enable') {
      if (value !== 'true' && value !== 'false') throw new Invalid(`has enable=${value}, which is neither true nor false`)
      enabled = value === 'true'
    } else throw new Invalid(`has ${key || 'a field without a name'}, which is neither name nor enable`)
  }
  const name = names.at(-1) ?? ''
  if (name === '') throw new Invalid('has no name of an image')
  return { record, name, enabled, unused: names.slice(0, -1) }
}

/**
 * The entries of `images`, as docker/metadata-action reads them: a name a line, or `name=…,enable=…`; of a single line
 * without `=` every field is a name. Of several names on one line of several the last counts. `attempt` deals with what
 * a record is refused for.
 */
export function parseImageEntries(
  records: readonly string[],
  attempt: <T>(record: string, parse: () => T) => T | undefined,
): readonly ImageEntry[] {
  const [only] = records
  if (only !== undefined && records.length === 1 && !only.includes('=')) {
    const names = attempt(only, () => {
      const fields = recordFields(only).map((field) => field.trim())
      if (fields.includes('')) throw new Invalid('has an empty name: delete the comma too much')
      return fields
    })
    return (names ?? []).map((name) => ({ record: only, name, enabled: true, unused: [] }))
  }
  return records.flatMap((record) => attempt(record, () => readEntry(record)) ?? [])
}
