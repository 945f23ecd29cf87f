import { bytesText, callText, percentText, signed, timeText } from '../../amounts.ts'
import type { Figures } from './figures.ts'

/** A figure beside the one before it. `moved`: it is beyond its threshold, in words for a headline. */
export type Row = Readonly<{ name: string; before: string; now: string; change: string; moved?: string }>

/** From here on a difference is worth a comment. Two runs of one image stay below; docs/comment.md gives them. */
export const thresholds = {
  /** Of the compressed image: a share of what it was, or bytes; whichever is reached first. */
  image: { share: 0.05, bytes: 10_000_000 },
  /** Of the median of warm predictions, which must be beyond the 95th percentile of the other image besides. */
  latency: { share: 0.25, ms: 5 },
  /** Of the first good answer after the start. Both must be reached. */
  coldStart: { share: 0.5, ms: 2_000 },
} as const

/** Nothing where nothing has changed. */
const changeOf = (value: number, text: (amount: number) => string) => (value === 0 ? '' : signed(value, text))
const shareOf = (difference: number, before: number) => (before > 0 ? difference / before : 0)

function imageRow(before: number | undefined, now: number | undefined): readonly Row[] {
  if (now === undefined) return []
  const row = { name: 'Image, compressed', before: before === undefined ? '' : bytesText(before), now: bytesText(now) }
  if (before === undefined || before === now) return [{ ...row, change: '' }]
  const difference = now - before
  const share = shareOf(difference, before)
  const change = `${signed(difference, bytesText)} (${signed(share, percentText)})`
  const { image } = thresholds
  if (Math.abs(difference) < image.bytes && Math.abs(share) < image.share) return [{ ...row, change }]
  const moved = `image ${difference > 0 ? 'grew' : 'shrank'} by ${bytesText(Math.abs(difference))} (${percentText(Math.abs(share))})`
  return [{ ...row, change, moved }]
}

const testsText = ({ passed, skipped }: NonNullable<Figures['tests']>) => `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/** More tests are no news; fewer are. */
function testsRow(before: Figures['tests'], now: Figures['tests']): readonly Row[] {
  if (!now || (!before && now.passed + now.skipped === 0)) return []
  const row = { name: 'Tests', before: before ? testsText(before) : '', now: testsText(now) }
  const difference = before ? now.passed - before.passed : 0
  const change = difference === 0 ? '' : `${Math.abs(difference)} ${difference > 0 ? 'more' : 'fewer'}`
  return [{ ...row, change, ...(difference < 0 ? { moved: `${change} ${difference === -1 ? 'test' : 'tests'} passed` } : {}) }]
}

function latencyRows(before: Figures['latency'], now: Figures['latency']): readonly Row[] {
  if (!now) return []
  const row = (name: string, was: number | undefined, is: number): Row => ({
    ...{ name, before: was === undefined ? '' : callText(was), now: callText(is) },
    change: was === undefined ? '' : changeOf(Math.round((is - was) * 10) / 10, callText),
  })
  const { share, ms } = thresholds.latency
  const enough = before && Math.abs(now.p50 - before.p50) >= Math.max(ms, share * before.p50)
  const moved =
    before && enough && now.p50 > before.p95
      ? 'predictions are slower'
      : before && enough && now.p95 < before.p50
        ? 'predictions are faster'
        : ''
  return [
    { ...row('Warm prediction, median', before?.p50, now.p50), ...(moved ? { moved } : {}) },
    row('Warm prediction, 95th percentile', before?.p95, now.p95),
  ]
}

function startRow(before: number | undefined, now: number | undefined): readonly Row[] {
  if (now === undefined) return []
  const difference = now - (before ?? now)
  const { share, ms } = thresholds.coldStart
  const isMove = before !== undefined && Math.abs(difference) >= Math.max(ms, share * before)
  return [
    {
      ...{
        name: 'Cold start',
        before: before === undefined ? '' : timeText(before),
        now: timeText(now),
        change: changeOf(difference, timeText),
      },
      ...(isMove ? { moved: `it starts ${difference > 0 ? 'slower' : 'faster'}` } : {}),
    },
  ]
}

/** What the kernel keeps of files is in it, so it says little by itself. */
function memoryRow(before: number | undefined, now: number | undefined): readonly Row[] {
  if (now === undefined) return []
  const change = changeOf(now - (before ?? now), bytesText)
  return [{ name: 'Peak memory', before: before === undefined ? '' : bytesText(before), now: bytesText(now), change }]
}

/** A row for each figure that this run has, beside that of the image before it. */
export function compare(before: Figures, now: Figures): readonly Row[] {
  return [
    ...imageRow(before.bytes, now.bytes),
    ...testsRow(before.tests, now.tests),
    ...latencyRows(before.latency, now.latency),
    ...startRow(before.coldStart, now.coldStart),
    ...memoryRow(before.peakMemory, now.peakMemory),
  ]
}
