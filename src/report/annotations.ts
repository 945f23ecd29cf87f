import type { Advice } from '../advice/advice.ts'
import type { Check } from '../build/checks.ts'
import { type Level, mostAnnotations } from '../host/annotations.ts'
import type { Annotation } from '../host/host.ts'
import type { FailedTest } from '../test/junit.ts'
import { clip } from './markdown.ts'
import type { FailureReport, Report } from './report.ts'
import { failureText } from './text.ts'

/** How many of a level are still shown: what is said during a run counts, too. */
export type Room = (level: Level) => number

const longestTitle = 200
const longestMessage = 2_000
const longestFailure = 10_000

function ofFailure(failure: FailureReport, more: string): Annotation {
  const { stage, code, at } = failure
  return { level: 'error', title: `ML image: ${stage} ${code}`, message: `${clip(failureText(failure), longestFailure)}${more}`, ...at }
}

function ofTest({ name, message, file, line }: FailedTest): Annotation {
  return {
    level: 'error',
    title: clip(name, longestTitle),
    message: clip(message, longestMessage) || 'failed',
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || line === undefined ? {} : { line }),
  }
}

/** What happened first, with what to do; then each failed test at its line, as far as there is room. */
function errors({ failure, tests }: Report, room: number): readonly Annotation[] {
  const failed = (tests?.failures ?? []).filter(({ file }) => file !== undefined)
  if (!failure) return []
  const shown = failed.slice(0, Math.max(0, room - 1))
  const more = failed.length - shown.length
  const rest = more === 0 ? '' : `\n${shown.length} failed tests are annotated; ${more} more are in the summary.`
  return [ofFailure(failure, rest), ...shown.map(ofTest)].slice(0, room)
}

function ofCheck({ rule, message, url, at }: Check): Annotation {
  return {
    level: 'warning',
    title: `Dockerfile: ${clip(rule, longestTitle)}`,
    message: url ? `${clip(message, longestMessage)}\n${clip(url, 300)}` : clip(message, longestMessage),
    ...at,
  }
}

function ofAdvice({ rule, message, why, at }: Advice): Annotation {
  return {
    level: 'warning',
    title: `Advice: ${clip(rule, longestTitle)}`,
    message: `${clip(message, longestMessage)}\n${clip(why, longestMessage)}`,
    ...at,
  }
}

/** One of each in turn: both come with the gravest first. */
function inTurn<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [
    ...a.slice(index, index + 1),
    ...b.slice(index, index + 1),
  ]).flat()
}

/**
 * Findings in files, the gravest first; where there are more than have room, the last one says so. Of a red run the summary
 * has the advice: beside what stopped it that would be noise.
 */
function warnings({ checks, advice: given = [], failure }: Report, room: number): readonly Annotation[] {
  const advice = failure && failure.code !== 'advice' ? [] : given
  const all = inTurn(checks.map(ofCheck), advice.filter(({ at }) => at !== undefined).map(ofAdvice))
  if (all.length <= room) return all
  const shown = all.slice(0, Math.max(0, room - 1))
  const more: Annotation = {
    level: 'warning',
    title: 'ML image: more findings',
    message: `${all.length - shown.length} more findings in the Dockerfile and the files around it are in the summary.`,
  }
  return [...shown, more].slice(0, room)
}

/** The annotations of a run: the best first, and of no level more than are shown. Files are paths from the workspace. */
export function annotationsOf(report: Report, room: Room = () => mostAnnotations): readonly Annotation[] {
  return [...errors(report, room('error')), ...warnings(report, room('warning'))]
}
