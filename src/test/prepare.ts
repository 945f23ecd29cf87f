import type { Host } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Outcome } from '../outcome.ts'
import { makeEnvironment, type PythonEnvironment } from './environment.ts'
import { hasPytestFiles } from './find.ts'
import { wantedPython } from './python.ts'
import { findRequirements } from './requirements.ts'

/** The environment of tests on this machine, in the making. */
export type TestPreparation = Readonly<{
  /** Where it is, and what the tests write. */
  folder: string
  environment: Promise<Outcome<PythonEnvironment>>
  /** Gives what the installer has said so far, and then each line as it comes. */
  follow: (print: (line: string) => void) => void
  /** Stops what is still at work, and takes the folder away. */
  dispose: () => Promise<void>
}>

/** Whether there is something to be run on this machine. */
export function testsHere(host: Pick<Host, 'files'>, { test, workingDirectory }: Inputs): boolean {
  return test.run && test.place.kind === 'runner' && (test.command !== undefined || hasPytestFiles(host.files, workingDirectory))
}

/** Begins to make the environment; it needs nothing of the engine, and takes longer than finding one. */
export function prepareTests(host: Host, { test, workingDirectory: cwd, build }: Inputs, signal: AbortSignal): TestPreparation {
  const folder = host.files.makeTemp('test')
  host.leave({ kind: 'folder', path: folder })
  const waiting: string[] = []
  let give = (line: string): void => void waiting.push(line)
  const print = bounded((line) => give(sanitiseLine(line)))
  const requirements = findRequirements(host.files, cwd, test.requirements)
  const wanted = wantedPython(host, cwd, test.pythonVersion, build)
  const over = new AbortController()
  const environment = makeEnvironment(
    host,
    { folder, cwd, requirements, wanted },
    print,
    host.log.notice,
    AbortSignal.any([signal, over.signal]),
  )
  const ended = environment.then(
    () => undefined,
    () => undefined,
  )
  let gone: Promise<void> | undefined
  return {
    folder,
    environment,
    follow: (to) => {
      give = to
      for (const line of waiting.splice(0)) to(line)
    },
    dispose: () => {
      over.abort()
      gone ??= ended.then(() => host.discard(folder))
      return gone
    },
  }
}
