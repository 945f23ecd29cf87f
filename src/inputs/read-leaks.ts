import type { LeakInputs } from './inputs.ts'
import { parseLeakIgnore } from './leak-ignore.ts'
import { Invalid, parseBoolean, parseLines } from './parse.ts'
import type { Reader } from './reader.ts'

/** Whether the image is searched for secrets, and what is none. */
export function readLeaks(reader: Reader): LeakInputs {
  const check = reader.required('leak-check', parseBoolean)
  const entries = parseLines(reader.text('leak-ignore') ?? '')
  const ignore = entries.flatMap((entry) => {
    try {
      return [parseLeakIgnore(entry)]
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      reader.complain('leak-ignore', error.message, entry)
      return []
    }
  })
  if (check === false && entries.length > 0) reader.complain('leak-ignore', 'is given with leak-check: false, which looks at nothing')
  return { check, ignore }
}
