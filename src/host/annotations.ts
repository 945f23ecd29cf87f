import type { Annotation } from './host.ts'

/** Of each level the runner shows so many of a step, and drops the others (actions/toolkit, docs/problem-matchers.md). */
export const mostAnnotations = 10

export type Level = Annotation['level']

export interface AnnotationCount {
  /** How many of a level would still be shown. */
  readonly room: (level: Level) => number
  /** Counts one more. @returns whether it is shown */
  readonly take: (level: Level) => boolean
}

/** Counts the annotations of a step, whoever in it makes them. */
export function countAnnotations(): AnnotationCount {
  const made = new Map<Level, number>()
  const room = (level: Level) => mostAnnotations - (made.get(level) ?? 0)
  return {
    room,
    take: (level) => {
      if (room(level) <= 0) return false
      made.set(level, (made.get(level) ?? 0) + 1)
      return true
    },
  }
}
