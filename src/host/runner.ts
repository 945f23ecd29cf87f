import { tmpdir } from 'node:os'
import * as core from '@actions/core'
import { messageOf, type Stage } from '../errors.ts'
import { attestations } from './attestations.ts'
import { appendArtifact, appendVariable, watchCommandFiles } from './command-files.ts'
import { cacheServiceGiven } from './environment.ts'
import { compareCommits, runNumbers } from './github.ts'
import type { Host, Trace } from './host.ts'
import { machine } from './machine.ts'
import { packageCache } from './package-cache.ts'
import { askCommitTime, askRepository } from './repository.ts'
import { safeText } from './sanitise.ts'
import { createTurns } from './turns.ts'

const tracesState = 'traces'

/** What `main` left for `post` to remove. */
export function savedTraces(): readonly Trace[] {
  const text = core.getState(tracesState)
  return text === '' ? [] : (JSON.parse(text) as readonly Trace[])
}

/** Every form of a secret that may turn up in a log. The runner itself adds base64 and JSON forms. */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.split(/\r\n|\r|\n/)
  return [...new Set([secret, ...lines, encodeURIComponent(secret)])].filter((form) => form.length > 3)
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

const annotations = { error: core.error, warning: core.warning, notice: core.notice }

/** The runner of GitHub Actions. */
export function runnerHost(env: NodeJS.ProcessEnv): Host {
  const traces: Trace[] = []
  const hidden = new Set<string>()
  const print = (text: string) => process.stdout.write(`${safeText(text)}\n`)
  const openTurn = createTurns(print)
  const commandFiles = watchCommandFiles(env)
  return {
    kind: 'runner',
    env,
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    ...machine(env['RUNNER_TEMP'] || tmpdir()),
    secrets: () => [...hidden],
    hide: (secret) => {
      hidden.add(secret)
      for (const form of secretForms(secret)) core.setSecret(form)
    },
    output: (name, value) => commandFiles.writing(() => core.setOutput(name, value)),
    exportVariable: (name, value) => commandFiles.writing(() => appendVariable(env['GITHUB_ENV'], name, value)),
    // Appended by hand: the summary of @actions/core would have to be awaited.
    summary: (markdown) =>
      void core.summary
        .addRaw(markdown)
        .write()
        .catch((error: unknown) => core.warning(`The job summary could not be written (${messageOf(error)}).`)),
    annotate: ({ level, title, message, file, line }) =>
      annotations[level](message, { title, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { startLine: line }) }),
    leave: (trace) => {
      traces.push(trace)
      commandFiles.writing(() => core.saveState(tracesState, traces))
    },
    attestations,
    declareArtifact: (reference) => commandFiles.writing(() => appendArtifact(env['GITHUB_ARTIFACTS'], reference)),
    changedCommandFiles: commandFiles.changed,
    ...(cacheServiceGiven(env) ? { packageCache } : {}),
    repository: askRepository,
    commitTime: askCommitTime,
    compareCommits,
    runNumbers,
    log: {
      line: print,
      notice: (text) => core.notice(text),
      warning: (text) => core.warning(text),
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
