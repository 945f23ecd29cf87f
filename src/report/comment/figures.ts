import type { Report } from '../report.ts'

/**
 * What of a run is held against another: compressed bytes, counts of tests, times in ms (`latency` of warm predictions),
 * bytes of memory. What was not measured is not there.
 */
export type Figures = Readonly<{
  bytes?: number
  tests?: Readonly<{ passed: number; skipped: number }>
  latency?: Readonly<{ p50: number; p95: number }>
  coldStart?: number
  peakMemory?: number
}>

/** Those of a published image, as they are carried to the runs that are compared with it. */
export type CarriedFigures = Figures & Readonly<{ version: 1; digest: string; revision: string }>

/** Tests that were switched off are none; of a run that ended before they did nothing is known. */
function testsOf({ tests, stages, result }: Report): Figures['tests'] {
  if (tests) return { passed: tests.tests - tests.failed - tests.errors - tests.skipped, skipped: tests.skipped }
  const left = stages.some(({ stage, state }) => stage === 'test' && state === 'skipped')
  return left && result === 'passed' ? { passed: 0, skipped: 0 } : undefined
}

export function figuresOf(report: Report): Figures {
  const { image, smoke } = report
  const { warm, coldStart, peakMemory } = smoke?.measured ?? {}
  const tests = testsOf(report)
  const latency = warm && warm.failed === 0 && warm.p50 !== null && warm.p95 !== null ? { p50: warm.p50, p95: warm.p95 } : undefined
  return {
    ...(image?.compressedBytes ? { bytes: image.compressedBytes } : {}),
    ...(tests ? { tests } : {}),
    ...(latency ? { latency } : {}),
    ...(coldStart === undefined ? {} : { coldStart }),
    ...(peakMemory === undefined ? {} : { peakMemory }),
  }
}

type Fields = Readonly<Record<string, unknown>>

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The named amounts of an object, if it has them all. */
function amounts<const Name extends string>(value: unknown, ...names: readonly Name[]): Readonly<Record<Name, number>> | undefined {
  const fields = typeof value === 'object' && value !== null ? (value as Fields) : {}
  if (!names.every((name) => isAmount(fields[name]))) return undefined
  return Object.fromEntries(names.map((name) => [name, fields[name]])) as Record<Name, number>
}

/** Reads what a run has kept. Whoever could write into the cache could write this: numbers and hashes, or nothing. */
export function parseFigures(text: string): CarriedFigures | undefined {
  let said: Fields | null
  try {
    said = JSON.parse(text) as Fields | null
  } catch {
    return undefined
  }
  if (typeof said !== 'object' || said?.['version'] !== 1) return undefined
  const [digest, revision] = [textOf(said['digest']), textOf(said['revision'])]
  if (!/^sha256:[a-f0-9]{64}$/.test(digest) || !/^([a-f0-9]{40,64})?$/.test(revision)) return undefined
  const tests = amounts(said['tests'], 'passed', 'skipped')
  const latency = amounts(said['latency'], 'p50', 'p95')
  return {
    version: 1,
    ...{ digest, revision },
    ...amounts(said, 'bytes'),
    ...(tests ? { tests } : {}),
    ...(latency ? { latency } : {}),
    ...amounts(said, 'coldStart'),
    ...amounts(said, 'peakMemory'),
  }
}
