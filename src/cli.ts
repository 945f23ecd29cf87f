import { realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Format, parseFlags, takeFormat, takePassword, takeRecord, wantsJson } from './cli/flags.ts'
import { showEnd } from './cli/show.ts'
import { exitCodes } from './errors.ts'
import { cancelOnSignal } from './host/cancel.ts'
import { painter, wantsColour } from './host/colour.ts'
import { childEnvironment } from './host/environment.ts'
import { type TerminalHost, terminalHost } from './host/terminal.ts'
import { main } from './main.ts'
import { gitFacts } from './plan/git.ts'
import { gitEvent } from './plan/git-event.ts'

const defaultWidth = 80

const styleOf = (stream: NodeJS.WriteStream) => ({
  paint: painter(wantsColour(process.env, stream.isTTY === true)),
  width: stream.columns || defaultWidth,
})

/** Waits until it is written: the process leaves at once afterwards. Who has read enough (`| head`) may go. */
function write(text: string): Promise<void> {
  process.stdout.on('error', () => undefined)
  return new Promise((done) => void process.stdout.write(text, () => done()))
}

/** That of package.json, which lies beside the folder of the bundle. */
function version(host: TerminalHost): string {
  const here = dirname(realpathSync(process.argv[1] ?? '.'))
  const { version } = JSON.parse(host.files.readText(join(here, '..', 'package.json')) ?? '{}') as Readonly<{ version?: string }>
  return version ?? 'unknown'
}

async function help(words: readonly string[]): Promise<void> {
  const { helpText, initHelpText, mergeHelpText, reportHelpText } = await import('./cli/help.ts')
  const text = { init: initHelpText, merge: mergeHelpText, report: reportHelpText }[words[0] ?? ''] ?? helpText
  await write(`${text(process.stdout.columns || defaultWidth)}\n`)
}

/** A flag that is wrong: told in the log, and as JSON where that is wanted. */
async function refuseFlags(host: TerminalHost, error: unknown, asJson: boolean): Promise<void> {
  const message = (error as Error).message
  host.log.line(`error: ${message}`)
  process.exitCode = exitCodes.input
  if (!asJson) return
  const { flagRefusal } = await import('./report/refusal.ts')
  await write(`${JSON.stringify(flagRefusal(host.masked(message)), null, 2)}\n`)
}

async function runReport(host: TerminalHost, words: readonly string[]): Promise<void> {
  try {
    const { parseReportWords, reportFrom } = await import('./report/command.ts')
    const order = parseReportWords(words)
    const { files, workspace } = host
    const style = order.output === undefined ? styleOf(process.stdout) : { paint: painter(false), width: defaultWidth }
    const text = await reportFrom(files.readText(resolve(workspace, order.file)), order, style)
    if (order.output === undefined) await write(text)
    else files.writeText(resolve(workspace, order.output), text)
  } catch (error) {
    await refuseFlags(host, error, false)
  }
}

async function runInit(host: TerminalHost, words: readonly string[]): Promise<void> {
  try {
    const { parseInitWords } = await import('./init/words.ts')
    const order = parseInitWords(words)
    const { initProject } = await import('./init/main.ts')
    const width = process.stdout.columns || defaultWidth
    const { text, exitCode } = await initProject(host, order, childEnvironment('code', process.env), width)
    await write(text)
    process.exitCode = exitCode
  } catch (error) {
    await refuseFlags(host, error, false)
  }
}

/** The command line. Exit codes as the Action's. */
export async function runCli(words: readonly string[]): Promise<void> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) return await help(words)
  const host = terminalHost(process.env)
  if (words[0] === '--version') return await write(`${version(host)}\n`)
  if (words[0] === 'report') return await runReport(host, words.slice(1))
  if (words[0] === 'init') return await runInit(host, words.slice(1))
  const merges = words[0] === 'merge'
  const argv = merges ? words.slice(1) : words
  let given: Map<string, string>
  let record: string | undefined
  let format: Format
  try {
    given = new Map(parseFlags(argv))
    format = takeFormat(given)
    takePassword(given, process.env, host.files.readText)
    record = takeRecord(given, (path) => host.files.kind(path) === 'file')
  } catch (error) {
    return await refuseFlags(host, error, wantsJson(argv))
  }
  const git = await gitFacts(host, host.workspace, childEnvironment('code', process.env))
  const [event, cancel] = [gitEvent(git), cancelOnSignal(async () => (await import('./abandon.ts')).abandon(host))]
  const result = merges
    ? await (await import('./merge/main.ts')).mergeMain(host, given, event, cancel)
    : await main(host, given, event, cancel, record)
  if (record !== undefined && result.exitCode === exitCodes.passed) host.log.line(`Recorded: ${record}. Read it, and commit it.`)
  await showEnd(result, format, {
    out: write,
    log: host.log.line,
    outIsTerminal: process.stdout.isTTY === true,
    outStyle: styleOf(process.stdout),
    logStyle: styleOf(process.stderr),
    masked: host.masked,
    summary: host.summaries.join('\n'),
  })
  process.exitCode = result.exitCode
}
