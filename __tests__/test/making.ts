import { makeEnvironment } from '../../src/test/environment.ts'
import type { WantedPython } from '../../src/test/python.ts'
import type { Requirements } from '../../src/test/requirements.ts'
import { createFakeHost, type Overrides, type StreamScript } from '../fake-host.ts'
import { createFiles, type MemoryFiles } from '../memory-files.ts'

export const folder = '/temp/ml-image-test-1'
export const venv = `${folder}/venv`
const files: Requirements = { kind: 'files', files: ['requirements.txt'] }
/** An installer that fails. */
export const red = { ended: { kind: 'exited', exitCode: 1 }, lines: ['No solution found', 'torch==9 is not there'] } as const

type Case = Readonly<{
  requirements?: Requirements
  wanted?: WantedPython
  /** Which of uv there is: on PATH, to be fetched, or none. */
  uv?: 'there' | 'fetched' | 'none'
  stream?: Readonly<Record<string, StreamScript>>
  project?: MemoryFiles
}> &
  Pick<Overrides, 'env' | 'capture' | 'packageCache'>

/** Makes an environment for the tests of a project, on a machine with Python 3.11.9. */
export async function make(given: Case, signal = new AbortController().signal) {
  const { requirements = files, wanted, uv = 'there', stream = {}, project = createFiles({ '/repo/app.py': '' }) } = given
  const host = createFakeHost({
    env: { PATH: '/usr/bin', UV_INDEX_URL: 'https://u:p@index', GITHUB_TOKEN: 'x', ...given.env },
    files: project,
    capture: {
      'uv --version': { exitCode: uv === 'there' ? 0 : 127 },
      'python3 -m pip install --quiet': { exitCode: uv === 'fetched' ? 0 : 1 },
      'python3 -c': { stdout: '3.11.9\n' },
      ...given.capture,
    },
    stream: { '': {}, ...stream },
    ...(given.packageCache ? { packageCache: given.packageCache } : {}),
  })
  const printed: string[] = []
  const at = { folder: host.files.makeTemp('test'), cwd: '/repo', requirements, wanted }
  const outcome = await makeEnvironment(host, at, (line) => printed.push(line), host.log.notice, signal)
  const made = host.argvs().filter((argv) => !/--version$| -c import sys|pip install --quiet --disable/.test(argv))
  return { host, printed, outcome, made, listed: host.files.readText(`${folder}/requirements.txt`) }
}
