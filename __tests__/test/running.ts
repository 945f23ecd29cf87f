import type { Inputs } from '../../src/inputs/inputs.ts'
import { runTests } from '../../src/test/run.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost, type FakeHost, type Overrides, type StreamAnswer } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'
import { createSession } from './session.ts'

export const project = { '/repo/requirements.txt': 'fastapi\n', '/repo/tests/test_app.py': 'def test_a(): pass\n' }
export const folder = '/temp/ml-image-test-1'

export type Case = Readonly<{
  inputs?: Inputs
  files?: Readonly<Record<string, string>>
  report?: string
  at?: string
  pytest?: StreamAnswer
  uv?: StreamAnswer
}> &
  Pick<Overrides, 'env' | 'changedCommandFiles' | 'packageCache'>

/** Runs the tests of a project; pytest leaves `report` at `at`. */
export async function run(
  { inputs = createInputs(), files = project, report, at = `${folder}/junit.xml`, pytest = {}, uv = {}, ...more }: Case,
  signal = new AbortController().signal,
) {
  const host: FakeHost = createFakeHost({
    ...more,
    files: createFiles(files),
    capture: { 'uv --version': {}, 'python3 -c': { stdout: '3.11.9\n' } },
    stream: { uv, '': { ...pytest, act: () => report !== undefined && host.files.entries.set(at, report) } },
  })
  const { session, reports, background } = createSession(host, inputs, signal)
  const outcome = await runTests(session)
  return { host, outcome, reports, background, last: host.commands.at(-1) }
}
