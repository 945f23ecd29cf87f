import type { FailureCode } from '../../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { Exchanged } from '../witness.ts'

/** How far a service came: it stopped, says nothing, answers but is not healthy, or was asked to predict. */
export type Phase = 'stopped' | 'silent' | 'health' | 'predict'

/** What was recognised: the line that proves it, a sentence with the values, and the fix as a snippet. */
export type Finding = Readonly<{ proof: string; what: string; fix: readonly string[] }>

/** A cause that is told by state, sockets or answers. */
export type Diagnosis = Readonly<{ code: FailureCode; find: (evidence: Evidence, phase: Phase) => Finding | undefined }>

/** Where a line of the log stands. */
export type Place = Readonly<{ lines: readonly string[]; index: number; evidence: Evidence; phase: Phase }>

type Told = Readonly<{ what: string; fix: readonly string[] }>

/** A cause that is told by a line of the log. */
export type Sign = Readonly<{ code: FailureCode; read: (line: string, place: Place) => Told | undefined }>

type Text<T> = T | ((caught: readonly string[], place: Place) => T)

/** Puts in what was caught; brackets around nothing go. */
const fill = (text: string, caught: readonly string[]) =>
  text.replace(/\$(\d)/g, (_, index: string) => caught[Number(index)] ?? '').replaceAll(' ()', '')

/**
 * A sign by a pattern. `$1` in its texts is what was caught; of alternatives the groups that caught nothing are dropped,
 * so that `$1` is the first that did.
 */
export function sign(
  code: FailureCode,
  pattern: RegExp,
  what: Text<string>,
  fix: Text<readonly string[]>,
  when: (caught: readonly string[], place: Place) => boolean = () => true,
): Sign {
  return {
    code,
    read: (line, place) => {
      const [whole, ...groups] = pattern.exec(line) ?? []
      if (whole === undefined) return undefined
      const caught = [whole, ...groups.filter((group) => group !== undefined && group !== '')]
      if (!when(caught, place)) return undefined
      return {
        what: typeof what === 'function' ? what(caught, place) : fill(what, caught),
        fix: typeof fix === 'function' ? fix(caught, place) : fix.map((one) => fill(one, caught)),
      }
    },
  }
}

/** How far the service came, from what was seen. */
export function phaseOf({ step, state, exchanges, expected }: Evidence): Phase {
  if (/^container-/.test(step) || !state?.running) return 'stopped'
  if (exchanges.some(isPrediction(expected.healthPath))) return 'predict'
  return exchanges.some(({ status }) => status !== undefined) ? 'health' : 'silent'
}

const isPrediction = (healthPath: string) => (one: Exchanged) => one.method !== 'GET' && one.path !== healthPath

/** The last answer to a request for a prediction. */
export const predictionOf = ({ exchanges, expected }: Evidence): Exchanged | undefined =>
  exchanges.findLast(isPrediction(expected.healthPath))

/** What the health path said last; where it was never asked, any other that was read. */
export function healthOf({ exchanges, expected }: Evidence): Exchanged | undefined {
  const read = exchanges.filter(({ method }) => method === 'GET')
  return read.find(({ path }) => path === expected.healthPath) ?? read.at(-1)
}

/** An exchange in one line. */
export function exchangeText({ method, path, status, body, error }: Exchanged): string {
  if (status === undefined) return `${method} ${path} gave no answer (${error ?? 'none came'})`
  const said = body.replace(/\s+/g, ' ').trim().slice(0, 300)
  return `${method} ${path} answered ${status}${said === '' ? '' : `: ${said}`}`
}
