import { extname } from 'node:path'
import { isRefusal, type ReportDocument, readReport } from './read-report.ts'
import { renderRefusal, renderText, type Style } from './render-text.ts'

const reportFormats = ['text', 'markdown', 'html'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** `ml-image-action report FILE [--format FORMAT] [--output FILE]`. */
export type ReportOrder = Readonly<{ file: string; format: ReportFormat; output?: string }>

const byExtension: Readonly<Record<string, ReportFormat>> = { '.html': 'html', '.htm': 'html', '.md': 'markdown' }

/** Reads the words behind `report`. Without a format that of the file's ending, else text. @throws Error on what is none */
export function parseReportWords(words: readonly string[]): ReportOrder {
  const flags = new Map<string, string>()
  const files: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) {
      files.push(word)
      continue
    }
    if (name !== 'format' && name !== 'output') throw new Error(`report has no flag --${name}: it takes --format and --output`)
    const value = inline ?? words[++i]
    if (value === undefined || value === '') throw new Error(`--${name} needs a value`)
    flags.set(name, value)
  }
  const [file, ...others] = files
  if (file === undefined) throw new Error('report needs the path of a report file: the input report-file, or the output report')
  if (others.length > 0) throw new Error(`report takes one file, not also "${others[0]}"`)
  const output = flags.get('output')
  const asked = flags.get('format') ?? byExtension[extname(output ?? '').toLowerCase()] ?? 'text'
  const format = reportFormats.find((one) => one === asked)
  if (!format) throw new Error(`--format is "${asked}", and takes ${reportFormats.join(', ')}`)
  return { file, format, ...(output === undefined ? {} : { output }) }
}

/** A report in a format. @throws Error for a page of a run that was refused */
export async function renderReport(document: ReportDocument, format: ReportFormat, style: Style): Promise<string> {
  if (isRefusal(document)) {
    if (format === 'text') return renderRefusal(document, style)
    if (format === 'html') throw new Error('nothing was run, so there is no page to show: --format text tells why')
    const { brokenMarkdown, refusalMarkdown } = await import('./summary/early.ts')
    const { failure, problems } = document
    return problems.length > 0 ? refusalMarkdown(problems) : brokenMarkdown(failure.code, failure.message, failure.remedy)
  }
  switch (format) {
    case 'text':
      return renderText(document, style)
    case 'markdown':
      return (await import('./summary/summary.ts')).summaryMarkdown(document)
    case 'html':
      return (await import('./page/page.ts')).renderPage(document)
  }
}

/** Reads a report file and renders it. @throws Error that says what is wrong with the file */
export async function reportFrom(text: string | undefined, { file, format }: ReportOrder, style: Style): Promise<string> {
  if (text === undefined) throw new Error(`${file} cannot be read: there is no such file, or it may not be read`)
  return await renderReport(await readReport(text, file), format, style)
}
