import type { Verdict } from './judge.ts'

/** What the metrics of a model are, and how the lines of `require` came out. */
export type MetricsReport = Readonly<{
  /** As `metrics-file` has it. */
  file: string
  /** By name; what is not a number is null. */
  metrics: Readonly<Record<string, number | null>>
  requirements: readonly Verdict[]
  /** The image whose values are `previous`, by name, tag and digest. */
  previous?: string
}>
