/** A share of a width, as SVG has it, with two decimals; what is no number is nothing. */
export function percent(share: number): string {
  const bounded = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0
  return `${Math.round(bounded * 10_000) / 100}%`
}

/** `part` of `whole`, 0 where there is no whole. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 && Number.isFinite(part) ? part / whole : 0
}

const roundSteps = [1, 2, 5, 10] as const
/** Steps of a clock (ms): 1 s to a minute and on. */
const clockSteps: readonly number[] = [1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000]

/** The smallest of 1, 2, 5 times a power of ten that is not below. */
export function roundStep(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  return power * (roundSteps.find((step) => step * power >= least * 0.999_999) ?? 10)
}

function upTo(most: number, step: number): readonly number[] {
  const count = Math.min(20, Math.floor(most / step + 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** How far apart the lines of a scale from 0 to `most` (ms) stand, so that there are few: whole seconds or minutes where it is long. */
function timeStep(most: number): number {
  return (most < 6_000 ? undefined : clockSteps.find((step) => most / step <= 7)) ?? roundStep(most / 6)
}

/** Where they stand, at most eight. */
export function timeTicks(most: number): readonly number[] {
  return most > 0 && Number.isFinite(most) ? upTo(most, timeStep(most)) : [0]
}

/** The same for plain numbers. */
export function ticks(most: number): readonly number[] {
  return most > 0 && Number.isFinite(most) ? upTo(most, roundStep(most / 7)) : [0]
}

/** A time on a scale, short. */
export function tickText(ms: number): string {
  if (ms === 0) return '0'
  if (ms < 1_000) return `${Number(ms.toPrecision(3))} ms`
  if (ms < 60_000) return `${Number((ms / 1_000).toPrecision(3))} s`
  const rest = Math.round((ms % 60_000) / 1_000)
  return `${Math.floor(ms / 60_000)} min${rest === 0 ? '' : ` ${rest} s`}`
}
