import { ActionError } from '../errors.ts'
import { codeOf, refusals } from './refusals.ts'
import { transientStatuses } from './retry.ts'

export type Refused = Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body: Uint8Array }>

/** Clocks that differ by more (ms) do not agree on which token is good. */
const mostSkew = 60_000

const minutes = (ms: number) => `${Math.round(ms / 60_000)} min`

/** How far this machine's clock is from the registry's, where that is too far; in words. */
function skewOf({ headers }: Refused, now: number | undefined): string | undefined {
  const theirs = Date.parse(headers?.['date'] ?? '')
  if (now === undefined || !(Math.abs(now - theirs) > mostSkew)) return undefined
  return `the clock of this machine is ${minutes(Math.abs(now - theirs))} ${now > theirs ? 'ahead of' : 'behind'} the registry's`
}

/** The numbers of a limit, where the registry tells them: Docker Hub's `100;w=21600`, GHCR's and GitLab's plain ones. */
function limitOf({ headers = {} }: Refused): string {
  const told = ['limit', 'remaining', 'reset'].flatMap((name) => {
    const value = headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`]
    return value === undefined ? [] : [`${name} ${value.replace(/;w=(\d+)$/, ' in $1 s')}`]
  })
  const pause = headers['retry-after'] === undefined ? [] : [`asks to wait: ${headers['retry-after']}`]
  return [...told, ...pause].join(', ')
}

const closed: ReadonlySet<string> = new Set(['registry-unauthorized', 'registry-denied', 'repository-missing', 'clock-skew'])

/** Whether a registry lets nobody with this login at the repository, or says that there is none: many answer both alike. */
export function isClosed(error: unknown): error is ActionError {
  return error instanceof ActionError && closed.has(error.code)
}

/** What a registry says in the body of a refusal: codes and messages of its errors (distribution), or its text. */
export function wordsOf({ body }: Refused): string {
  return new TextDecoder().decode(body.subarray(0, 2_000))
}

/**
 * The error that an answer means, with the registry's own words.
 * @param now this machine's clock (ms), to be compared with the registry's where that may be the cause
 */
export function registryError(what: string, answer: Refused, now?: number): ActionError {
  const { status } = answer
  const text = wordsOf(answer)
  const [, said] = /"message"\s*:\s*"((?:[^"\\]|\\.)+)"/.exec(text) ?? []
  const refusal = status >= 400 && status < 500 ? (codeOf(refusals, status, text) ?? 'registry-refused') : codeOf(refusals, status, '')
  const code = transientStatuses.has(status) && refusal !== 'rate-limited' ? undefined : refusal
  const skew = code === 'registry-unauthorized' ? skewOf(answer, now) : undefined
  const limit = code === 'rate-limited' ? limitOf(answer) : ''
  const more = [said?.replace(/\\(.)/g, '$1'), limit, skew].filter(Boolean).join('; ')
  return new ActionError(skew ? 'clock-skew' : (code ?? 'registry-unavailable'), `${what} (HTTP ${status}${more ? `: ${more}` : ''})`)
}
