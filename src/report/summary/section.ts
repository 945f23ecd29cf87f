import type { Report } from '../report.ts'

/**
 * A part of the summary, in its forms from the whole one to ever shorter ones; none where there is nothing to say. All are
 * bounded, but the bounds of many add up.
 */
export type Section = (report: Report) => readonly string[]

/** The first of a list, and how many are left. */
export function firstOf<T>(all: readonly T[], most: number): Readonly<{ shown: readonly T[]; more: number }> {
  return { shown: all.slice(0, most), more: Math.max(0, all.length - most) }
}

/** What stands behind a list that was cut. */
export function andMore(more: number): string {
  return more === 0 ? '' : `\n\nAnd ${more} more.`
}
