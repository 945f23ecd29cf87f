import type { Attested } from '../attest/attest.ts'
import type { MergeReport, Report, StageReport } from './report.ts'
import { figures, headline, seconds, stageNames } from './text.ts'

/** The runner drops a summary over 1 MiB whole. */
const largest = 900 << 10
const longestBlock = 20_000

/** Text inside a table or a line of markdown: nothing in it is markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]()#|~!+]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200b')
}

/** A code block whose fence is longer than any run of backticks inside. */
export function fenced(lines: readonly string[]): string {
  const text = lines.join('\n').slice(0, longestBlock)
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

const code = (text: string) => `\`${text.replaceAll('`', "'")}\``
const marks: Readonly<Record<StageReport['state'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  skipped: 'skipped',
  stopped: 'stopped',
  'not run': 'not run',
}

function stageRow({ stage, state, duration, detail }: StageReport): string {
  const time = state === 'not run' || state === 'skipped' ? '' : seconds(duration)
  return `| ${stageNames[stage]} | ${marks[state]} | ${time} | ${escapeMarkdown(detail)} |`
}

function gantt(stages: readonly StageReport[]): string {
  const bars = stages
    .filter(({ state, duration }) => (state === 'passed' || state === 'failed' || state === 'stopped') && duration > 0)
    .map(
      ({ stage, state, start, duration }) =>
        `  section ${stageNames[stage]}\n  ${stage} :${state === 'failed' ? 'crit' : state === 'stopped' ? 'active' : 'done'}, ${Math.round(start)}, ${Math.round(start + duration)}`,
    )
  return bars.length === 0 ? '' : ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', ...bars, '```'].join('\n')
}

function partTable({ parts }: MergeReport): string {
  const rows = parts.map(({ platform, digest, tests, smoke }) => `| ${escapeMarkdown(platform)} | ${tests} | ${smoke} | ${code(digest)} |`)
  return ['| Platform | Test | Smoke | Image |', '|:--|:--|:--|:--|', ...rows].join('\n')
}

const attestedText = ({ about, url }: Attested) => (url === undefined ? about : `[${about}](${url})`)

/** The job summary (GitHub markdown); the first line says it all, what is long is folded. */
export function summaryMarkdown(report: Report): string {
  const { failure, image, tests, merged } = report
  const digest = image?.digest ?? merged?.digest
  const parts = [
    `### ML image: ${escapeMarkdown(headline(report))}`,
    figures(report)
      .map((figure) => `**${escapeMarkdown(figure)}**`)
      .join(' · '),
    ...(failure
      ? [
          `${escapeMarkdown(failure.message)}`,
          ...(failure.evidence.length > 0 ? [fenced(failure.evidence)] : []),
          ...(failure.at ? [code(`${failure.at.file}:${failure.at.line}`)] : []),
          ...(failure.cause ? [`**Cause:** ${escapeMarkdown(failure.cause.text)}`] : []),
          `**Next:** ${escapeMarkdown(failure.remedy)}`,
        ]
      : []),
    ['| Stage | Result | Time | Detail |', '|:--|:--|--:|:--|', ...report.stages.map(stageRow)].join('\n'),
    gantt(report.stages),
    ...report.notices.map((notice) => `> ${escapeMarkdown(notice)}`),
  ]
  if (merged) parts.push(partTable(merged))
  if (report.attested) parts.push(`Attested: ${report.attested.map(attestedText).join(', ')}`)
  if (digest && report.pushed) {
    const pull = `${report.names[0]}@${digest}`
    parts.push(`<details><summary>Tags and digest</summary>\n\n${fenced([`docker pull ${pull}`, '', ...report.pushedTags])}\n</details>`)
  } else if (image) {
    parts.push(`Image ${code(image.digest)}`)
  }
  if (tests && tests.failures.length > 0) {
    const told = tests.failures
      .slice(0, 50)
      .map(({ name, file, line, message }) => `${file ? `${file}:${line} ` : ''}${name}\n    ${message.replaceAll('\n', '\n    ')}`)
    parts.push(`<details open><summary>Failed tests</summary>\n\n${fenced(told)}\n</details>`)
  }
  if (report.checks.length > 0) {
    const told = report.checks.slice(0, 50).map(({ rule, message, at }) => `${at ? `${at.file}:${at.line} ` : ''}${rule}: ${message}`)
    parts.push(`<details><summary>Checks of the Dockerfile</summary>\n\n${fenced(told)}\n</details>`)
  }
  const text = `${parts.filter((part) => part !== '').join('\n\n')}\n`
  if (Buffer.byteLength(text) <= largest) return text
  return `${parts.slice(0, 2).join('\n\n')}\n\nThe rest is left out: it is longer than a summary may be.\n`
}
