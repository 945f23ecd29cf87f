import { tmpdir } from 'node:os'
import { wrap } from '../report/wrap.ts'
import { mostAnnotations } from './annotations.ts'
import { calm } from './calm.ts'
import { painter, wantsColour } from './colour.ts'
import type { Host, StageEnd, Trace } from './host.ts'
import { machine } from './machine.ts'
import { stageTitle } from './runner.ts'
import { secretForms } from './secret-forms.ts'
import { createTurns } from './turns.ts'

export type TerminalHost = Host &
  Readonly<{
    outputs: ReadonlyMap<string, string>
    traces: readonly Trace[]
    /** What would be the job summary. */
    summaries: readonly string[]
  }>

/** Where the log goes: a terminal of so many columns, or a file or pipe. */
export type Screen = Readonly<{ write: (text: string) => void; isTerminal: boolean; columns: number }>

const standardError = (): Screen => ({
  write: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  columns: process.stderr.columns || 80,
})

const marks: Readonly<Record<StageEnd['state'], readonly [string, 'good' | 'bad' | 'faint']>> = {
  passed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  skipped: ['-', 'faint'],
  stopped: ['-', 'faint'],
}

/** As much of a digest as a line has room for. */
export const shortDigests = (text: string): string => text.replace(/(sha256:[a-f0-9]{12})[a-f0-9]{52}/g, '$1')

/**
 * A laptop: everything readable goes to stderr, so that stdout is free for what the caller wants to pipe. In a terminal it
 * has colours and marks, and the line of a stage fits its width; elsewhere it is what a runner prints.
 */
export function terminalHost(env: NodeJS.ProcessEnv, screen: Screen = standardError()): TerminalHost {
  const outputs = new Map<string, string>()
  const traces: Trace[] = []
  const summaries: string[] = []
  const hidden = new Set<string>()
  const secrets = new Set<string>()
  const colour = wantsColour(env, screen.isTerminal)
  const paint = painter(colour)
  const masked = (text: string) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  const harmless = (text: string) => calm(masked(text), colour)
  const print = (text: string) => screen.write(`${text}\n`)
  /** Broken between words, where the terminal would break them anywhere; what others wrote keeps its mark. */
  const fitted = (text: string) => {
    if (!screen.isTerminal) return text
    const lines = text.split('\n')
    return lines.flatMap((line) => wrap(line, screen.columns, line.startsWith('│') ? '│ ' : '  ')).join('\n')
  }
  const tell = (text: string) => print(fitted(harmless(text)))
  const openTurn = createTurns(tell, undefined, (text) => tell(paint('faint', text)))
  const stageLine = (title: string, result: string, state: StageEnd['state']) => {
    if (!screen.isTerminal) return `${paint('strong', `${title}:`)} ${result}`
    const [mark, tone] = marks[state]
    const [first = '', ...rest] = wrap(`${title}: ${shortDigests(result)}`, screen.columns - 3, '  ')
    const head = first.startsWith(`${title}:`) ? `${paint('strong', `${title}:`)}${first.slice(title.length + 1)}` : first
    return [`${paint(tone, mark)} ${head}`, ...rest].join('\n')
  }
  return {
    kind: 'terminal',
    // Tests draw their lines as wide as this terminal, but for the mark before each.
    env: screen.isTerminal ? { ...env, COLUMNS: String(screen.columns - 2) } : env,
    workspace: process.cwd(),
    ...machine(tmpdir()),
    outputs,
    traces,
    summaries,
    secrets: () => [...hidden],
    hide: (secret) => {
      hidden.add(secret)
      for (const form of secretForms(secret)) secrets.add(form)
    },
    masked,
    output: (name, value) => outputs.set(name, masked(value)),
    exportVariable: () => {},
    summary: (markdown) => void summaries.push(masked(markdown)),
    annotate: ({ level, title, message, file, line }) => {
      const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`
      tell(`${paint(level === 'error' ? 'bad' : 'warn', `${level}: ${title}`)}${place}\n${message}`)
    },
    // Nobody drops any.
    annotationRoom: () => mostAnnotations,
    leave: (trace) => traces.push(trace),
    declareArtifact: () => {},
    changedCommandFiles: () => [],
    repository: async () => ({}),
    commitTime: async () => undefined,
    compareCommits: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
    runNumbers: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
    log: {
      line: tell,
      notice: (text) => tell(`${paint('note', 'notice:')} ${text}`),
      warning: (text) => tell(`${paint('warn', 'warning:')} ${text}`),
      stage: (stage) => {
        const title = stageTitle(stage)
        const turn = openTurn(title, () => tell(paint('strong', title)))
        return {
          line: turn.line,
          close: (result, end) =>
            turn.close(() => {
              print(stageLine(title, harmless(result), end?.state ?? 'passed'))
              for (const line of end?.proof ?? []) tell(line)
            }),
        }
      },
    },
  }
}
