import type { SmokeInputs } from '../../inputs/inputs.ts'
import type { SmokeReport } from '../smoke-report.ts'

/** What of a green smoke test is not as good as it looks: a limit that was not judged, calls that failed later on. */
export function measuredRemarks({ measured, predict }: SmokeReport, { maxLatencyMs, compare }: SmokeInputs): readonly string[] {
  const warm = measured?.warm
  return [
    ...(maxLatencyMs !== undefined && !warm ? ['max-latency was not judged: there was no sample to ask again.'] : []),
    ...(warm && warm.failed > 0
      ? [`${warm.failed} of ${warm.calls} calls failed when the sample was asked again, though the first was answered.`]
      : []),
    ...(compare.kind !== 'off' && !predict ? ['Predictions were compared with no other image: there was no sample to ask it.'] : []),
  ]
}
