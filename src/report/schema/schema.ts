import { exitCodes, failures, type Stage, stages } from '../../errors.ts'
import type { Problem } from '../../inputs/inputs.ts'
import type { PushDecision } from '../../plan/push-policy.ts'
import type { Refusal } from '../refusal.ts'
import { type FailureReport, type Report, reportVersion, type StageName, type StageReport } from '../report.ts'
import { metrics, smoke, smokeName, tests } from './gates.ts'
import { advice, attested, check, image, leaks, merged, promoted, size, sourceLine } from './image.ts'
import { exactly, type JsonSchema, listOf, number, object, optional, reference, said, text, wordOf, yesOrNo } from './shape.ts'

const stageNames: Readonly<Record<StageName, 0>> = { test: 0, build: 0, inspect: 0, smoke: 0, quality: 0, gate: 0, publish: 0 }
const { passed: _, ...kinds } = exitCodes

const stage = object<StageReport>({
  stage: wordOf<StageName>(stageNames),
  state: wordOf<StageReport['state']>({ passed: 0, failed: 0, skipped: 0, stopped: 0, 'not run': 0, reused: 0 }),
  start: number,
  duration: number,
  detail: text,
})

const failure = object<FailureReport>({
  stage: wordOf(Object.fromEntries(stages.map((name) => [name, 0])) as Readonly<Record<Stage, 0>>),
  code: said('A heading of docs/troubleshooting.md.', wordOf(failures)),
  kind: said('Decides the exit code: gate 1, input 2, tool 3.', wordOf(kinds)),
  message: said('What happened, with the value.', text),
  evidence: said('Lines that prove it, such as the end of a log.', listOf(text)),
  cause: optional(object<NonNullable<FailureReport['cause']>>({ name: text, text })),
  at: optional(sourceLine),
  remedy: said('What to do next.', text),
})

const push = object<PushDecision>({
  push: yesOrNo,
  reason: text,
  only: optional(exactly('digest')),
  layout: optional(object<NonNullable<PushDecision['layout']>>({ kind: exactly('layout'), folder: text, given: text })),
})

const version = said('Raised when a field changes its meaning or goes.', exactly(reportVersion))

/** A run that came to its stages. */
export const report = object<Report>({
  version,
  result: said('Whether every gate passed and what was to be pushed is.', wordOf({ passed: 0, failed: 0 })),
  durationMs: said('Of the whole run.', number),
  unfinished: optional(said('The process was ended from outside: this is what was known until then.', exactly(true))),
  source: optional(
    said('The page of the repository, and the commit.', object<NonNullable<Report['source']>>({ url: text, revision: text })),
  ),
  names: said('Image names, without a tag.', listOf(text)),
  tags: said('Tags that were computed, without the names.', listOf(text)),
  push: said('Whether it was to be pushed, and why.', push),
  pushed: said('Whether a tag was set, or with push: digest the digest is in a registry.', yesOrNo),
  pushedTags: said('Every name:tag that was set and asked for again.', listOf(text)),
  stages: said('In their order; times in ms, start from that of the run.', listOf(stage)),
  failure: optional(said('Why the run is red.', failure)),
  image: optional(said('The image that was built.', image)),
  promoted: optional(said('The image of an earlier run whose gates were reused.', promoted)),
  merged: optional(said('The index that a merge has made, in place of image, tests and smoke.', merged)),
  tests: optional(said('Counts, seconds and failures of the tests.', tests)),
  smoke: optional(said('What the started image answered, and what it costs to run.', reference<NonNullable<Report['smoke']>>(smokeName))),
  leaks: optional(said('What was searched for secrets, where none was found.', leaks)),
  size: optional(said('Compressed bytes, layer by layer, beside the image before.', size)),
  metrics: optional(said('The metrics of the model, and how each line of require came out.', metrics)),
  attested: optional(said('What was signed after the push.', listOf(attested))),
  checks: said("What BuildKit's own checks say of the Dockerfile, the gravest first.", listOf(check)),
  advice: optional(said('What could be better, the greatest gain first.', listOf(advice))),
  notices: said('What the run had to say beside its result.', listOf(text)),
})

/** A run that came to none. */
export const refusal = object<Refusal>({
  version,
  result: exactly('failed'),
  failure: said('Why nothing was run.', failure),
  problems: said(
    'Everything that is wrong with the inputs; empty where something else broke.',
    listOf(object<Problem>({ input: text, value: text, reason: text, example: text })),
  ),
})

/** The report file, as docs/report.schema.json has it. */
export const reportSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `https://github.com/org/ml-image-action/blob/v1/docs/report.schema.json`,
  title: 'Report of the ML Image Action',
  description:
    'What a run has to tell (input report-file, output report, --json). A run that was refused, or broke before its first stage, has problems in place of stages.',
  anyOf: [{ $ref: '#/$defs/report' }, { $ref: '#/$defs/refusal' }],
  $defs: { report: report.json, refusal: refusal.json, [smokeName]: smoke.json },
}
