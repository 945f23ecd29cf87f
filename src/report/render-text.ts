import type { Advice } from '../advice/advice.ts'
import { bytesText, timeText } from '../amounts.ts'
import { calm } from '../host/calm.ts'
import type { Paint, Tone } from '../host/colour.ts'
import { gainText } from './gain.ts'
import type { Refusal } from './refusal.ts'
import type { FailureReport, Report, StageReport } from './report.ts'
import { excerpt, figures, headline, stageNames } from './text.ts'
import { wrap } from './wrap.ts'

/** How a text is to look: whether it has colours, and how many columns it may have. */
export type Style = Readonly<{ paint: Paint; width: number }>

/** Lines are easier to read when they are no longer, however wide the terminal is. */
const widest = 120
const narrowest = 40

const marks: Readonly<Record<StageReport['state'], readonly [string, Tone]>> = {
  passed: ['✓', 'good'],
  reused: ['✓', 'good'],
  failed: ['✗', 'bad'],
  skipped: ['-', 'faint'],
  stopped: ['-', 'faint'],
  'not run': ['-', 'faint'],
}

/** Of lists that may be long. */
const most = { tests: 10, findings: 10, notices: 20, problems: 50, tags: 20 } as const

const margin = '  '
const own = (text: string) => calm(text.replace(/[\r\n]+/g, ' '), false)
const short = (text: string) => own(text).replace(/(sha256:[a-f0-9]{12})[a-f0-9]{52}/g, '$1')
const widthOf = ({ width }: Style) => Math.max(narrowest, Math.min(width, widest))

/** A text behind a heading that stands in the margin; its further lines stand below its first. */
function paragraph(style: Style, head: string, text: string, tone?: Tone): readonly string[] {
  const indent = margin + ' '.repeat(head.length)
  const lines = wrap(own(text), widthOf(style) - indent.length)
  const shown = head.trimEnd()
  const painted = tone ? style.paint(tone, shown) : shown
  return lines.map((line, index) => (index === 0 ? `${margin}${painted}${' '.repeat(head.length - shown.length)}${line}` : indent + line))
}

function some<T>(list: readonly T[], limit: number, show: (one: T) => readonly string[]): readonly string[] {
  const left = list.length - limit
  return [...list.slice(0, limit).flatMap(show), ...(left > 0 ? [`${margin}and ${left} more`] : [])]
}

function stageLines(style: Style, stages: readonly StageReport[]): readonly string[] {
  const names = Math.max(...stages.map(({ stage }) => stageNames[stage].length))
  const timeOf = ({ state, duration }: StageReport) =>
    state === 'not run' || state === 'skipped' || state === 'reused' ? '' : timeText(duration)
  const times = Math.max(...stages.map((stage) => timeOf(stage).length))
  return stages.flatMap((report) => {
    const { stage, state, detail } = report
    const [mark, tone] = marks[state]
    const head = `${stageNames[stage].padEnd(names)}  ${timeOf(report).padStart(times)}  `
    const word = state === 'passed' || state === 'failed' ? '' : state
    // What a red stage says stands below as a whole.
    const told = state === 'failed' ? (detail.split(':')[0] ?? '') : detail === word ? '' : detail
    const text = [word, told].filter(Boolean).join(': ')
    const [first = '', ...rest] = wrap(short(text), widthOf(style) - margin.length - 2 - head.length)
    const blank = ' '.repeat(margin.length + 2 + head.length)
    return [`${margin}${style.paint(tone, mark)} ${head}${first}`.trimEnd(), ...rest.map((line) => blank + line)]
  })
}

const placeText = (at: Readonly<{ file: string; line: number }> | undefined) => (at ? `${at.file}:${at.line}` : '')

function failureLines(style: Style, failure: FailureReport): readonly string[] {
  const { message, evidence, at, cause, remedy } = failure
  const room = widthOf(style) - 4
  return [
    ...paragraph(style, '', message, 'bad'),
    // As it was written: a table or a traceback is no text to be broken.
    ...excerpt(evidence).map((line) => `${margin}${margin}${style.paint('faint', cut(own(line), room))}`),
    ...(at ? paragraph(style, 'At     ', placeText(at), 'strong') : []),
    ...(cause ? paragraph(style, 'Cause  ', cause.text, 'strong') : []),
    ...paragraph(style, 'Next   ', remedy, 'strong'),
  ]
}

const cut = (text: string, width: number) => ([...text].length > width ? `${[...text].slice(0, width - 1).join('')}…` : text)

const adviceText = ({ rule, message, at, gain }: Advice) =>
  `${[placeText(at), rule].filter(Boolean).join(' ')}: ${message} (${gainText(gain)})`

/** A smaller change of an image (bytes) is none: times in its files make as much. */
const worthTelling = 50_000

/** How much more or less an image weighs than the one before it. */
function weightText({ size }: Report): string | undefined {
  if (!size?.previous) return undefined
  const change = size.bytes - size.previous.bytes
  const how = Math.abs(change) < worthTelling ? 'as much as' : `${bytesText(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than`
  return `${bytesText(size.bytes)}, ${how} ${size.previous.reference}`
}

function findingLines(style: Style, report: Report): readonly (readonly string[])[] {
  const { tests, checks, advice = [], notices } = report
  const failures = some(tests?.failures ?? [], most.tests, ({ name, file, line, message }) => [
    ...paragraph(style, '✗ ', `${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `}${name}`, 'bad'),
    ...paragraph(style, '  ', message.split('\n')[0] ?? ''),
  ])
  const told = some(checks, most.findings, ({ rule, message, at }) =>
    paragraph(style, '! ', `${[placeText(at), rule].filter(Boolean).join(' ')}: ${message}`, 'warn'),
  )
  const advised = some(advice, most.findings, (one) => paragraph(style, '+ ', adviceText(one), 'note'))
  const noticed = some(notices, most.notices, (notice) => paragraph(style, '! ', notice, 'warn'))
  const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? [style.paint('strong', title), ...lines] : [])
  return [section('Failed tests', failures), section('Dockerfile', told), section('Advice', advised), section('Notices', noticed)]
}

function imageLines(style: Style, report: Report): readonly string[] {
  const { image, merged, pushed, pushedTags, names, tags, push } = report
  const digest = merged?.digest ?? image?.digest ?? report.promoted?.digest
  if (!digest) return []
  const kept = push.layout || report.failure ? [] : names.flatMap((name) => tags.map((tag) => `${name}:${tag}`))
  const references = pushed ? pushedTags : kept
  const title = pushed ? 'Pushed' : kept.length > 0 ? 'Not pushed' : 'Image'
  const change = weightText(report)
  return [
    style.paint('strong', title),
    ...some(references, most.tags, (reference) => [`${margin}${own(reference)}`]),
    `${margin}${own(pushed && names[0] !== undefined ? `${names[0]}@${digest}` : digest)}`,
    ...(change === undefined ? [] : paragraph(style, '', change)),
  ]
}

const section = (lines: readonly string[]) => (lines.length === 0 ? [] : [lines.join('\n')])

/**
 * A report for people, at the end of a run in a terminal and of `ml-image-action report`: how it ended, what was measured,
 * the stages, what is red and what to do, what was found, and the tags. Nothing that others wrote moves the cursor.
 */
export function renderText(report: Report, style: Style): string {
  const { failure } = report
  const [mark, tone] = marks[report.result]
  const room = widthOf(style) - margin.length
  const [first = '', ...more] = wrap(short(headline(report)), room)
  const shown = figures(report).map((figure) => own(figure).replaceAll(' ', '\u00a0'))
  const measured = wrap(shown.join(' · '), room).map((line) => margin + line.replaceAll('\u00a0', ' '))
  return `${[
    [`${style.paint(tone, mark)} ${style.paint('strong', first)}`, ...more.map((line) => margin + style.paint('strong', line))].join('\n'),
    ...section(shown.length > 0 ? measured : []),
    ...section(report.stages.length > 0 ? stageLines(style, report.stages) : []),
    ...section(failure ? failureLines(style, failure) : []),
    ...findingLines(style, report).flatMap(section),
    ...section(imageLines(style, report)),
  ].join('\n\n')}\n`
}

/** The same of a run that came to no stage. */
export function renderRefusal({ failure, problems }: Refusal, style: Style): string {
  const wrong = some(problems, most.problems, ({ input, value, reason, example }) => [
    ...paragraph(style, '✗ ', `${input}: ${value === '' ? 'is empty' : `"${value}"`} ${reason}`, 'bad'),
    ...paragraph(style, '  ', `such as ${example}`),
  ])
  const head = `${style.paint('bad', '✗')} ${style.paint('strong', `nothing was run (${failure.code})`)}`
  if (problems.length === 0) return `${[head, ...section(failureLines(style, failure))].join('\n\n')}\n`
  return `${[head, ...section(wrong), ...section(paragraph(style, 'Next   ', failure.remedy, 'strong'))].join('\n\n')}\n`
}
