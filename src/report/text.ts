import type { BuiltImage } from '../build/image.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestVerdict } from '../test/verdict.ts'
import type { FailureReport, Report, StageName } from './report.ts'

export function seconds(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return `${Math.floor(whole / 60)}m ${whole % 60}s`
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

export const stageNames: Readonly<Record<StageName, string>> = {
  test: 'Test',
  build: 'Build',
  smoke: 'Smoke',
  gate: 'Gate command',
  publish: 'Publish',
}

/** The one sentence that says how a run ended; first line of summary, log and annotation. */
export function headline(report: Report): string {
  const name = report.names[0] ?? 'the image'
  if (report.failure) {
    const nothing = report.pushed ? 'some tags were pushed' : 'nothing was pushed'
    return `stopped at ${report.failure.stage} (${report.failure.code}), ${nothing}`
  }
  const took = `${seconds(report.durationMs)}${report.smoke?.gpuMissing ? ' (model not proven: no GPU)' : ''}`
  if (!report.pushed && report.push.push) return `gates passed in ${took}, no tag of ${name} was moved: what they hold is newer`
  if (!report.pushed) return `gates passed in ${took}, ${name} not pushed: ${report.push.reason}`
  const first = `${name}:${report.tags[0] ?? ''}`
  return `pushed ${report.pushedTags.includes(first) ? first : report.pushedTags[0]} in ${took}`
}

const notProven = 'started, model not proven: no GPU here'

/** One line of what was measured. */
export function figures(report: Report): readonly string[] {
  const { tests, image, smoke } = report
  return [
    ...(tests ? [`${tests.tests - tests.failed - tests.errors - tests.skipped} of ${tests.tests} tests passed`] : []),
    ...(image ? [`cache ${image.steps.hit}/${image.steps.total} steps`] : []),
    ...(image?.compressedBytes ? [`image ${megabytes(image.compressedBytes)}`] : []),
    ...(smoke?.gpuMissing ? [notProven] : []),
    ...(smoke?.health ? [`${smoke.health.path} ${smoke.health.status} in ${seconds(smoke.health.ms)}`] : []),
    ...(smoke?.predict ? [`${smoke.predict.path} ${smoke.predict.status}, ${seconds(smoke.predict.ms)}`] : []),
    ...(smoke && !smoke.predict && !smoke.gpuMissing ? ['predict not proven: no predict-body'] : []),
  ]
}

/** What happened, what to do: for the annotation and the end of the log. */
export function failureText(failure: FailureReport): string {
  const proof = failure.evidence.slice(0, 10).map((line) => `  ${line.slice(0, 300)}`)
  return [failure.message, ...proof, ...(failure.cause ? [failure.cause.text] : []), failure.remedy].join('\n')
}

/** What a stage that passed has to tell, in one line. */
export function testDetail({ report }: TestVerdict): string {
  if (!report) return 'passed'
  const ran = report.tests - report.skipped
  return `${ran} passed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`
}

export function buildDetail({ digest, steps, compressedBytes }: BuiltImage): string {
  return [digest, ...(compressedBytes ? [megabytes(compressedBytes)] : []), `${steps.hit} of ${steps.total} steps cached`].join(', ')
}

export function smokeDetail({ health, predict, compared, gpuMissing }: SmokeReport): string {
  if (!health) return notProven
  const asked = predict ? `, ${predict.path} ${predict.status} in ${seconds(predict.ms)}${compared ? ', as expected' : ''}` : ''
  return `${health.path} ${health.status} after ${seconds(health.ms)}${asked}${gpuMissing ? `; ${notProven}` : ''}`
}
