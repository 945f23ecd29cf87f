import { tmpdir } from 'node:os'
import { mostAnnotations } from './annotations.ts'
import type { Host, Trace } from './host.ts'
import { machine } from './machine.ts'
import { stageTitle } from './runner.ts'
import { secretForms } from './secret-forms.ts'
import { createTurns } from './turns.ts'

export type TerminalHost = Host & Readonly<{ outputs: ReadonlyMap<string, string>; traces: readonly Trace[] }>

/** A laptop: everything readable goes to stderr, so that stdout is free for what the caller wants to pipe. */
export function terminalHost(env: NodeJS.ProcessEnv): TerminalHost {
  const outputs = new Map<string, string>()
  const traces: Trace[] = []
  const hidden = new Set<string>()
  const secrets = new Set<string>()
  const colour = process.stderr.isTTY && !env['NO_COLOR']
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const masked = (text: string) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  const print = (text: string) => process.stderr.write(`${masked(text)}\n`)
  const openTurn = createTurns(print)
  return {
    kind: 'terminal',
    env,
    workspace: process.cwd(),
    ...machine(tmpdir()),
    outputs,
    traces,
    secrets: () => [...hidden],
    hide: (secret) => {
      hidden.add(secret)
      for (const form of secretForms(secret)) secrets.add(form)
    },
    masked,
    output: (name, value) => outputs.set(name, masked(value)),
    exportVariable: () => {},
    summary: () => {},
    annotate: ({ level, title, message, file, line }) => {
      const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`
      print(`${paint(level === 'error' ? 31 : 33, `${level}: ${title}`)}${place}\n${message}`)
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
      line: print,
      notice: (text) => print(`${paint(36, 'notice:')} ${text}`),
      warning: (text) => print(`${paint(33, 'warning:')} ${text}`),
      stage: (stage) => {
        const turn = openTurn(() => print(paint(1, stageTitle(stage))))
        return { line: turn.line, close: (result) => turn.close(() => print(`${paint(1, `${stageTitle(stage)}:`)} ${result}`)) }
      },
    },
  }
}
