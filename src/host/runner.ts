import { tmpdir } from 'node:os'
import * as core from '@actions/core'
import { messageOf, type Stage } from '../errors.ts'
import { countAnnotations } from './annotations.ts'
import { attestations } from './attestations.ts'
import { appendArtifact, appendSummary, appendVariable, watchCommandFiles } from './command-files.ts'
import { pullComments } from './comments.ts'
import { cacheServiceGiven } from './environment.ts'
import { compareCommits, runNumbers } from './github.ts'
import type { Host, Trace } from './host.ts'
import { machine } from './machine.ts'
import { packageCache } from './package-cache.ts'
import { bornAt } from './proc.ts'
import { stream } from './process.ts'
import { askCommitTime, askRepository } from './repository.ts'
import { safeText } from './sanitise.ts'
import { maskIn, secretForms } from './secret-forms.ts'
import { createTurns } from './turns.ts'

const tracesState = 'traces'

/** What `main` left for `post` to remove. */
export function savedTraces(): readonly Trace[] {
  const text = core.getState(tracesState)
  return text === '' ? [] : (JSON.parse(text) as readonly Trace[])
}

const titles: Readonly<Record<Stage, string>> = {
  inputs: 'Inputs',
  plan: 'Plan',
  test: 'Test',
  build: 'Build',
  inspect: 'Inspect',
  smoke: 'Smoke',
  gate: 'Gate command',
  quality: 'Quality',
  publish: 'Publish',
  report: 'Report',
}

export function stageTitle(stage: Stage): string {
  return titles[stage]
}

const annotated = { error: core.error, warning: core.warning, notice: core.notice }

/** The runner of GitHub Actions; `traces` are what has been left so far. */
export function runnerHost(env: NodeJS.ProcessEnv): Host & Readonly<{ traces: readonly Trace[] }> {
  const traces: Trace[] = []
  const hidden = new Set<string>()
  const secrets = new Set<string>()
  const masked = (text: string) => maskIn(text, hidden)
  const print = (text: string) => void process.stdout.write(`${safeText(text)}\n`)
  const openTurn = createTurns(print)
  const shown = countAnnotations()
  let summarised = false
  const commandFiles = watchCommandFiles(env)
  const { files, ...here } = machine(env['RUNNER_TEMP'] || tmpdir())
  const leave = (trace: Trace) => {
    traces.push(trace)
    commandFiles.writing(() => core.saveState(tracesState, traces))
  }
  return {
    kind: 'runner',
    env,
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    ...here,
    files,
    // Killed outright, this process takes none of its groups along.
    stream: (command, options) =>
      stream(command, options, (pid) => {
        const born = bornAt(files, pid)
        const trace = born === undefined ? undefined : ({ kind: 'group', pid, born } as const)
        if (trace) leave(trace)
        // The next to be noted is noted without it.
        return () => void (trace && traces.splice(traces.indexOf(trace), 1))
      }),
    secrets: () => [...secrets],
    hide: (secret) => {
      secrets.add(secret)
      for (const form of secretForms(secret)) {
        if (!hidden.has(form)) core.setSecret(form)
        hidden.add(form)
      }
    },
    masked,
    // The runner masks its log; who reads outputs, the summary in the making and our report reads what we write.
    output: (name, value) => commandFiles.writing(() => core.setOutput(name, masked(value))),
    exportVariable: (name, value) => commandFiles.writing(() => appendVariable(env['GITHUB_ENV'], name, value)),
    // At once: the process does not wait for what @actions/core would write later.
    summary: (markdown) => {
      // One that is abandoned may yet come to its end.
      if (summarised) return
      summarised = true
      try {
        commandFiles.writing(() => appendSummary(env['GITHUB_STEP_SUMMARY'], masked(markdown)))
      } catch (error) {
        core.warning(`The job summary could not be written (${messageOf(error)}).`)
      }
    },
    annotate: ({ level, title, message, file, line }) => {
      if (!shown.take(level)) return print(`${level}: ${title}${file === undefined ? '' : ` ${file}:${line ?? 1}`}\n${message}`)
      annotated[level](safeText(message), {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
      })
    },
    annotationRoom: shown.room,
    leave,
    traces,
    attestations,
    comments: pullComments,
    declareArtifact: (reference) => commandFiles.writing(() => appendArtifact(env['GITHUB_ARTIFACTS'], reference)),
    changedCommandFiles: commandFiles.changed,
    ...(cacheServiceGiven(env) ? { packageCache } : {}),
    repository: askRepository,
    commitTime: askCommitTime,
    compareCommits,
    runNumbers,
    log: {
      line: print,
      notice: (text) => (shown.take('notice') ? core.notice(safeText(text)) : print(`notice: ${text}`)),
      warning: (text) => (shown.take('warning') ? core.warning(safeText(text)) : print(`warning: ${text}`)),
      stage: (stage) => {
        const turn = openTurn(() => core.startGroup(titles[stage]))
        return {
          line: turn.line,
          close: (result) =>
            turn.close(() => {
              core.endGroup()
              print(`${titles[stage]}: ${result}`)
            }),
        }
      },
    },
  }
}
