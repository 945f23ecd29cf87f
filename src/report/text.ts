import { bytesText, callText, changeText, count, numberText, timeText } from '../amounts.ts'
import type { BuiltImage } from '../build/image.ts'
import type { Inspection, LeakReport } from '../inspect/report.ts'
import { sizeText } from '../inspect/size/text.ts'
import type { Published } from '../publish/publish.ts'
import type { MetricsReport } from '../quality/metrics-report.ts'
import type { Measured } from '../smoke/measure/measure.ts'
import type { SmokeReport } from '../smoke/smoke-report.ts'
import type { TestVerdict } from '../test/verdict.ts'
import { type FailureReport, imageBytes, type PromotionReport, type Report, type StageName } from './report.ts'

export const stageNames: Readonly<Record<StageName, string>> = {
  test: 'Test',
  build: 'Build',
  inspect: 'Inspect',
  smoke: 'Smoke',
  quality: 'Quality',
  gate: 'Gate command',
  publish: 'Publish',
}

/** The one sentence that says how a run ended; first line of summary, log and annotation. */
export function headline(report: Report): string {
  const name = report.names[0] ?? 'the image'
  if (report.unfinished) return unfinishedHeadline(report)
  if (report.failure) {
    const nothing = report.pushed ? (report.push.only ? 'the digest is in a registry' : 'some tags were pushed') : 'nothing was pushed'
    return `stopped at ${report.failure.stage} (${report.failure.code}), ${nothing}`
  }
  if (report.promoted) return promotedHeadline(report, report.promoted)
  const took = `${timeText(report.durationMs)}${report.smoke?.gpuMissing ? ' (model not proven: no GPU)' : ''}`
  if (!report.pushed && report.push.push) return `gates passed in ${took}, no tag of ${name} was moved: what they hold is newer`
  if (!report.pushed) return `gates passed in ${took}, ${name} not pushed: ${report.push.reason}`
  if (report.pushedTags.length === 0) return `pushed ${name}@${report.image?.digest ?? ''} in ${took}, no tag (push: digest)`
  const first = `${name}:${report.tags[0] ?? ''}`
  return `pushed ${report.pushedTags.includes(first) ? first : report.pushedTags[0]} in ${took}`
}

/** Nobody was there to tell: whether a push that had begun has arrived is not known. */
function unfinishedHeadline({ failure, stages }: Report): string {
  const pushing = stages.some(({ stage, state }) => stage === 'publish' && state === 'stopped')
  return `ended during ${failure?.stage ?? 'plan'} (${failure?.code ?? 'killed'}), ${pushing ? 'what was pushed is not known' : 'nothing was pushed'}`
}

function promotedHeadline({ names, tags, pushedTags, durationMs }: Report, { found }: PromotionReport): string {
  const wanted = tags.map((tag) => `${names[0] ?? ''}:${tag}`).filter((tag) => tag !== found)
  const shown = wanted.find((tag) => pushedTags.includes(tag)) ?? pushedTags[0]
  const took = timeText(durationMs)
  if (shown === undefined) return `no tag of ${names[0] ?? 'the image'} was moved onto ${found} in ${took}: what they hold is newer`
  return `promoted ${found} to ${shown} in ${took}`
}

/** How many samples there were, or whose the one was that nobody has given. */
function samplesFigure(smoke: SmokeReport | undefined): readonly string[] {
  const samples = smoke?.samples ?? []
  const failed = samples.filter(({ result }) => result === 'failed').length
  const count = smoke?.sampleCount ?? samples.length
  if (count > 1) return [`${count - failed} of ${count} samples as expected`]
  const [only] = samples
  return only && only.result === 'passed' && only.source !== 'given' ? [`sample ${only.source}: ${only.from}`] : []
}
const notProven = 'started, model not proven: no GPU here'

/** One line of what was measured. */
export function figures(report: Report): readonly string[] {
  const { tests, image, smoke, metrics, merged } = report
  return [
    ...(tests ? [`${tests.tests - tests.failed - tests.errors - tests.skipped} of ${tests.tests} tests passed`] : []),
    ...(report.promoted ? ['tested and built before'] : []),
    ...(image && image.steps.total > 0 ? [`cache ${image.steps.hit}/${image.steps.total} steps`] : []),
    ...imageFigure(report),
    ...(smoke?.gpuMissing ? [notProven] : []),
    ...(smoke?.health ? [`${smoke.health.path} ${smoke.health.status} in ${timeText(smoke.health.ms)}`] : []),
    ...(smoke?.stayedUpMs ? [`stayed up for ${timeText(smoke.stayedUpMs)}`] : []),
    ...(smoke?.predict ? [`${smoke.predict.path} ${smoke.predict.status}, ${timeText(smoke.predict.ms)}`] : []),
    ...(merged
      ? [
          `${merged.parts.length} platforms: ${merged.parts
            .slice(0, 20)
            .map(({ platform }) => platform)
            .join(', ')}`,
        ]
      : []),
    ...(smoke && !smoke.gpuMissing && (smoke.unproven || !smoke.predict) ? ['predict not proven'] : []),
    ...samplesFigure(smoke),
    ...(smoke?.measured ? measuredFigures(smoke.measured) : []),
    ...(metrics ? metricFigures(metrics) : []),
    ...(report.attested ? [`attested: ${report.attested.map(({ about }) => about).join(', ')}`] : []),
  ]
}

/** `image 412.0 MB (+3.1 MB, +0.8 %)`: what it weighs, and against the one before. */
function imageFigure(report: Report): readonly string[] {
  const { size } = report
  const bytes = imageBytes(report)
  if (!bytes) return []
  return [`image ${bytesText(bytes)}${size?.previous ? ` (${changeText(size.bytes, size.previous.bytes)})` : ''}`]
}

function measuredFigures({ coldStart, warm, peakMemory }: Measured): readonly string[] {
  return [
    `cold start ${timeText(coldStart)}`,
    ...(warm && warm.p50 !== null && warm.p95 !== null ? [`warm p50 ${callText(warm.p50)}, p95 ${callText(warm.p95)}`] : []),
    ...(peakMemory === undefined ? [] : [`memory ${bytesText(peakMemory)}`]),
  ]
}

const mostFigures = 5

/** The metrics that were asked for, else the first. */
function metricFigures({ metrics, requirements }: MetricsReport): readonly string[] {
  const asked = [...new Set(requirements.map(({ name }) => name))]
  const names = (asked.length > 0 ? asked : Object.keys(metrics)).slice(0, mostFigures)
  return names.map((name) => `${name} ${numberText(metrics[name], 4)}`)
}

const proofShown = 10

/** The proof of a failure stands first, and the last line of a log says most. */
export function excerpt(lines: readonly string[]): readonly string[] {
  if (lines.length <= proofShown) return lines
  return [...lines.slice(0, proofShown / 2), '...', ...lines.slice(-proofShown / 2)]
}

/** What happened, what to do: for the annotation and the end of the log. */
export function failureText(failure: FailureReport): string {
  const proof = excerpt(failure.evidence).map((line) => `  ${line.slice(0, 300)}`)
  return [failure.message, ...proof, ...(failure.cause ? [failure.cause.text] : []), failure.remedy].join('\n')
}

/** What a stage that passed has to tell, in one line. */
export function testDetail({ report }: TestVerdict): string {
  if (!report) return 'passed'
  const ran = report.tests - report.skipped
  return `${ran} passed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`
}

export function buildDetail({ digest, steps, compressedBytes, taken, layout, origin }: BuiltImage): string {
  const how = taken === undefined ? `${steps.hit} of ${steps.total} steps cached` : `taken from ${taken}`
  return [layout?.root.digest ?? origin?.root.digest ?? digest, ...(compressedBytes ? [bytesText(compressedBytes)] : []), how].join(', ')
}

export function inspectDetail({ leaks, size }: Inspection): string {
  const searched = leaks ? leakDetail(leaks) : 'not searched for secrets (leak-check: false)'
  return size ? `${searched}; ${sizeText(size)}` : searched
}

function leakDetail({ layers, files, bytes, leftOut, ignored, before = 0 }: LeakReport): string {
  const read = `no secret in ${count(files, 'file')} of ${count(layers, 'layer')} (${bytesText(bytes)})`
  const most = leftOut.length === 0 ? '' : `; not looked at: ${leftOut.map(({ layer, why }) => `${layer}, ${why}`).join('; ')}`
  const known = before > 0 ? `, ${count(before, 'layer')} searched before` : ''
  return `${read}${known}${most}${ignored.length > 0 ? `; ${ignored.length} left out by leak-ignore` : ''}`
}

export function qualityDetail({ file, metrics, requirements }: MetricsReport): string {
  const held = requirements.filter(({ state }) => state === 'held').length
  const shown = requirements.length > 0 ? `${held} of ${requirements.length} lines held` : `${Object.keys(metrics).length} metrics`
  return `${file}: ${shown}`
}

export function publishDetail({ digest, pushedTags, layout }: Published): string {
  if (layout !== undefined) return `written to ${layout}, ${digest}`
  return `${pushedTags.length === 0 ? 'no' : pushedTags.length} ${pushedTags.length === 1 ? 'tag' : 'tags'}, ${digest}`
}

export function smokeDetail({ health, stayedUpMs = 0, predict, compared, gpuMissing }: SmokeReport): string {
  if (!health && gpuMissing) return notProven
  if (!health) return `stayed up for ${timeText(stayedUpMs)}, nothing was called`
  const asked = predict ? `, ${predict.path} ${predict.status} in ${timeText(predict.ms)}${compared ? ', as expected' : ''}` : ''
  return `${health.path} ${health.status} after ${timeText(health.ms)}${asked}${gpuMissing ? `; ${notProven}` : ''}`
}
