import { renderText, type Style } from '../report/render-text.ts'
import type { Result } from '../report/tell.ts'
import { headline } from '../report/text.ts'
import type { Format } from './flags.ts'

/** Where the end of a run is shown. */
export type Outlet = Readonly<{
  /** stdout and stderr, and whether stdout is a terminal, which shows both. */
  out: (text: string) => Promise<void>
  log: (text: string) => void
  outIsTerminal: boolean
  outStyle: Style
  logStyle: Style
  /** Leaves secrets out. */
  masked: (text: string) => string
  /** The job summary, as the run has written it. */
  summary: string
}>

const jsonOf = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** What stdout gets of a run: nothing else stands there. Refused input is told in the log, and as JSON. */
function documentOf({ report, refusal, rehearsal }: Result, format: Format, { summary, outStyle }: Outlet): string {
  switch (format) {
    case 'json':
      return jsonOf(report ?? refusal ?? rehearsal ?? {})
    case 'markdown':
      return summary
    case 'text':
      return report ? `\n${renderText(report, outStyle)}` : ''
  }
}

/**
 * The end of a run on a command line. The result goes to stdout in the format that was asked for; who reads the log alone
 * finds it there, too: its last line where stdout has the text, else all of it.
 */
export async function showEnd(result: Result, format: Format, outlet: Outlet): Promise<void> {
  const { report } = result
  if (report && format !== 'text') outlet.log(`\n${renderText(report, outlet.logStyle).trimEnd()}`)
  else if (report && !outlet.outIsTerminal) outlet.log(`Result: ${report.result}. ${headline(report)}`)
  const text = outlet.masked(documentOf(result, format, outlet))
  if (text !== '') await outlet.out(text)
}
