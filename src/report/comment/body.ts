import { bytesText, timeText } from '../../amounts.ts'
import type { Plan } from '../../plan/plan.ts'
import { escapeMarkdown, fenced } from '../markdown.ts'
import type { FailureReport, Report } from '../report.ts'
import { type Identity, type RunStamp, stampText } from './identity.ts'
import type { Row } from './movement.ts'

/** GitHub takes 65,536 characters; what is hidden may become longer when it is masked. */
export const longest = 60_000

/** All that a comment is written from. `against`: the image and the commit whose figures the rows have, as far as known. */
export type Order = Readonly<{
  report: Report
  identity: Identity
  rows: readonly Row[]
  against: Readonly<{ reference?: string; digest?: string; revision?: string }>
  event: Pick<Plan['event'], 'sha' | 'runUrl'>
  stamp: RunStamp | undefined
}>

/** How much of what is long is told. */
type Room = Readonly<{ evidence: number; tests: number; layers: number; line: number }>

/** In steps: the last is short, whatever happened. */
const rooms: readonly Room[] = [
  { evidence: 40, tests: 50, layers: 20, line: 500 },
  { evidence: 20, tests: 20, layers: 10, line: 300 },
  { evidence: 10, tests: 5, layers: 5, line: 200 },
  { evidence: 0, tests: 0, layers: 0, line: 200 },
]

/** One line without what a terminal would make of it; of a text that may be a megabyte only the beginning is looked at. */
const line = (text: string, most: number) =>
  text
    .slice(0, 2 * most)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .slice(0, most)

/**
 * Text of others in a line. A comment is more than a summary: GitHub makes links of `#1`, `GH-1` and addresses, and tells
 * the issue or the person that is named; a space without width keeps it from that.
 */
export function quoted(text: string, most = 300): string {
  return escapeMarkdown(line(text, most))
    .replace(/#/g, '#\u200b')
    .replace(/\bGH-/gi, 'GH\u200b-')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\bwww\./gi, 'www\u200b.')
}

const code = (text: string) => `\`${line(text, 300).replaceAll('`', "'")}\``
const block = (lines: readonly string[], most: number) => fenced(lines.map((one) => line(one, most)))

function heading({ report, rows }: Order): string {
  const { failure } = report
  if (failure) return `### ML image: stopped at ${failure.stage} (${failure.code})`
  const moved = rows.flatMap((row) => row.moved ?? [])
  return `### ML image: gates passed${moved.length > 0 ? `, ${moved.join(', ')}` : ''}`
}

function place({ report, identity: { job, leg } }: Order): string {
  const name = code(report.names[0] ?? 'the image')
  return `${name}${job === '' ? '' : `, job ${code(job)}`}${leg === '' ? '' : ` (${code(leg)})`}, ${timeText(report.durationMs)}`
}

function failureParts({ message, evidence, at, cause, remedy }: FailureReport, room: Room): readonly string[] {
  return [
    block(message.split('\n').slice(0, 20), room.line),
    ...(evidence.length > 0 && room.evidence > 0 ? [block(evidence.slice(-room.evidence), room.line)] : []),
    ...(at ? [code(`${at.file}:${at.line}`)] : []),
    ...(cause ? [`**Cause:** ${quoted(cause.text, 1_000)}`] : []),
    `**Next:** ${quoted(remedy, 1_000)}`,
  ]
}

function table(rows: readonly Row[], compared: boolean): readonly string[] {
  if (rows.length === 0) return []
  const lines = rows.map(({ name, before, now, change, moved }) => {
    const shown = moved === undefined || change === '' ? change : `**${change}**`
    return compared ? `| ${name} | ${before} | ${now} | ${shown} |` : `| ${name} | ${now} |`
  })
  const head = compared ? ['| | Before | Now | Change |', '|:--|--:|--:|--:|'] : ['| | Now |', '|:--|--:|']
  return [[...head, ...lines].join('\n')]
}

function testParts({ tests }: Report, room: Room): readonly string[] {
  const failures = tests?.failures ?? []
  if (failures.length === 0 || room.tests === 0) return []
  const told = failures.slice(0, room.tests).flatMap(({ name, file, line: at, message }) => {
    const where = file ? `${file}${at === undefined ? '' : `:${at}`} ` : ''
    return [`${where}${name}`, `    ${message}`]
  })
  const more = failures.length > room.tests ? [`and ${failures.length - room.tests} more`] : []
  return [`<details open><summary>Failed tests (${failures.length})</summary>\n\n${block([...told, ...more], room.line)}\n</details>`]
}

/** What the image has that the one before it had not; of an image that did not move nobody wants to know. */
function layerParts({ size }: Report, rows: readonly Row[], room: Room): readonly string[] {
  const moved = rows.some(({ name, moved }) => name.startsWith('Image') && moved !== undefined)
  const fresh = (size?.layers ?? []).filter(({ isNew }) => isNew).toSorted((a, b) => b.bytes - a.bytes)
  if (!moved || fresh.length === 0 || room.layers === 0) return []
  const told = fresh
    .slice(0, room.layers)
    .map(({ bytes, instruction, at }) => `${bytesText(bytes).padStart(10)}  ${at ? `${at.file}:${at.line} ` : ''}${instruction}`)
  return [`<details><summary>Layers that are new (${fresh.length})</summary>\n\n${block(told, room.line)}\n</details>`]
}

function footer({ against, event }: Order): string {
  const { reference, digest, revision } = against
  const run = event.runUrl ? `[This run](${event.runUrl})` : 'This run'
  const image = reference === undefined ? [] : [`${code(reference)}${digest ? ` (${code(digest.slice(0, 19))})` : ''}`]
  const commit = revision ? [`the published run of ${code(revision.slice(0, 7))}`] : []
  const before = [...image, ...commit].join(' and ')
  return `${run}${event.sha ? ` of ${code(event.sha.slice(0, 7))}` : ''}${before ? `, compared with ${before}` : ''}.`
}

function parts(order: Order, room: Room): string {
  const { report, rows, against } = order
  const compared = against.reference !== undefined || against.revision !== undefined
  const found = report.advice?.length ?? 0
  return [
    heading(order),
    place(order),
    ...(report.failure ? failureParts(report.failure, room) : []),
    ...testParts(report, room),
    ...table(rows, compared),
    ...layerParts(report, rows, room),
    ...(found > 0 ? [`${found} ${found === 1 ? 'piece' : 'pieces'} of advice in the summary of the run.`] : []),
    footer(order),
  ].join('\n\n')
}

/** The comment (GitHub markdown) without its marker: outcome first, then what moved; under 65,536 characters. */
export function commentText(order: Order): string {
  const stamp = order.stamp ? `${stampText(order.stamp)}\n` : ''
  const texts = rooms.map((room) => parts(order, room))
  const text = texts.find((one) => one.length <= longest) ?? (texts.at(-1) ?? '').slice(0, longest)
  return `${stamp}${text}\n`.toWellFormed()
}
