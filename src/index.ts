#!/usr/bin/env node
import * as core from '@actions/core'
import { cancelOnSignal, untilAbandoned } from './host/cancel.ts'
import { cleanUp } from './host/clean-up.ts'
import { runnerHost, savedTraces } from './host/runner.ts'
import { takeInputs } from './inputs/environment.ts'
import { main } from './main.ts'
import { githubEvent } from './plan/github-event.ts'
import { parsePayload } from './plan/payload.ts'

const phaseState = 'phase'
/** Main saves it last: what post then still finds is what the engine was taking away at the time. */
const endedState = 'ended'

/** `main` and `post` of the Action: the state that main saves tells the second call what it is. */
async function runAction(entry: () => Promise<typeof main>): Promise<void> {
  const isPost = core.getState(phaseState) === 'post'
  // Before the host, which watches the files of the runner for writes that are not its own.
  if (!isPost) core.saveState(phaseState, 'post')
  const host = runnerHost(process.env)
  if (isPost) {
    const traces = savedTraces()
    if (core.getState(endedState) !== 'true') (await import('./report/ended.ts')).tellEnded(host, traces, 'killed')
    const removed = await cleanUp(host, traces)
    const late = core.getState(endedState) === 'true' && removed.every((what) => what.startsWith('image '))
    if (removed.length === 0) host.log.line('ML image: nothing was left behind.')
    else if (late) host.log.line(`ML image: nothing was left behind; the engine had yet to remove ${removed.join(', ')}.`)
    else host.log.line(`ML image: removed what a run that did not end by itself left behind: ${removed.join(', ')}.`)
    return
  }
  const given = takeInputs(process.env)
  const event = githubEvent(process.env, parsePayload(host.files.readText(process.env['GITHUB_EVENT_PATH'] ?? '')))
  const run = await entry()
  const { exitCode } = await run(
    host,
    given,
    event,
    cancelOnSignal(async () => (await import('./abandon.ts')).abandon(host)),
  )
  process.exitCode = exitCode
  core.saveState(endedState, 'true')
}

// The runner gives the inputs as variables and no arguments (merge/main.mjs one); everything else is a command line.
const asAction = process.env['GITHUB_ACTIONS'] === 'true' || Object.keys(process.env).some((name) => name.startsWith('INPUT_'))
const [word, ...others] = process.argv.slice(2)
if (asAction && word === undefined) await runAction(async () => main)
else if (asAction && word === 'merge' && others.length === 0) await runAction(async () => (await import('./merge/main.ts')).mergeMain)
else await (await import('./cli.ts')).runCli(process.argv.slice(2))
// What it was killed for may let a run end by itself, while its things are being removed.
await untilAbandoned()
// What the engine is still taking away, and connections that are kept open, are not waited for.
process.exit()
