import { timeText } from '../amounts.ts'
import type { Contract } from './contract.ts'
import type { Seen } from './readiness.ts'

/** So often (ms) it is told that a model is still waited for: a large one takes minutes to load. */
export const tellEveryMs = 15_000
/** Of an answer (characters). */
const longestAnswer = 120

const oneLine = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longestAnswer ? `${line.slice(0, longestAnswer)}...` : line
}

function seenText(seen: Seen | undefined, port: number): string {
  if (seen?.kind !== 'answer') return `nothing answers on port ${port}${seen ? ` (${oneLine(seen.error)})` : ''}`
  const { path, status, body, because } = seen
  const why = because === '' || because === `status ${status}` ? '' : `, ${because}`
  return `GET ${path} answered ${status}${why}${oneLine(body) === '' ? '' : `: ${oneLine(body)}`}`
}

/** A line of the log while a model is waited for: how long, of what time-out, and what was seen last. */
export function waitingText(waitedMs: number, { startTimeoutMs, port }: Pick<Contract, 'startTimeoutMs' | 'port'>, seen?: Seen): string {
  return `waiting for the model: ${timeText(waitedMs)} of at most ${timeText(startTimeoutMs)}; ${seenText(seen, port.port)}`
}
