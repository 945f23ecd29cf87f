/** The time (ms) of SOURCE_DATE_EPOCH, which is in seconds; undefined when that is none. */
export function clockOf(sourceDateEpoch: string | undefined): number | undefined {
  return /^\d{1,11}$/.test(sourceDateEpoch ?? '') ? Number(sourceDateEpoch) * 1000 : undefined
}
