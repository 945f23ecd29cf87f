import { relative, resolve } from 'node:path'
import type { InputName } from './declared.ts'
import type { TestInputs, TestPlace } from './inputs.ts'
import { Invalid, parseBoolean, parseDuration, parseItems, parseVariables } from './parse.ts'
import { checkStage } from './read-build.ts'
import type { Reader } from './reader.ts'

/** Inputs that a place has no use for: given all the same, they are a mistake. */
const leftOut = {
  runner: [],
  image: ['test-report', 'python-version'],
  target: ['test-report', 'python-version', 'test-env', 'test-requirements'],
} as const satisfies Readonly<Record<TestPlace['kind'], readonly InputName[]>>

const isBelow = (folder: string, path: string) => !/^\.\.(\/|$)/.test(relative(folder, path))

/** `runner`, `image`, or `target:STAGE` with a stage that the Dockerfile has. */
function parsePlace(dockerfile: string): (text: string) => TestPlace {
  return (text) => {
    if (text === 'runner' || text === 'image') return { kind: text }
    const [, stage] = /^target:(\S+)$/.exec(text) ?? []
    if (stage === undefined) throw new Invalid('is none of runner, image, target:STAGE')
    if (dockerfile !== '') checkStage(dockerfile, stage)
    return { kind: 'target', stage }
  }
}

export function readTest(reader: Reader, workingDirectory: string, dockerfile: string): TestInputs {
  const place = reader.required('test-in', parsePlace(dockerfile))
  const first = reader.required('test-first', parseBoolean)
  if (first && place?.kind !== undefined && place.kind !== 'runner')
    reader.complain('test-first', 'cannot be with tests that need the build: use test-in: runner', 'true')
  if (place?.kind === 'target' && reader.text('test-command') !== undefined) {
    reader.complain('test-command', 'is not run with test-in: target, where the stage itself runs the tests')
  }
  const report = reader.parsed('test-report', (value) => {
    const path = resolve(workingDirectory, value)
    if (path === workingDirectory || reader.files.kind(path) === 'directory') throw new Invalid('is a folder, not a file')
    if (!isBelow(workingDirectory, path)) throw new Invalid('leads out of the working directory')
    return value
  })
  for (const name of leftOut[place?.kind ?? 'runner']) {
    if (reader.text(name) !== undefined) reader.complain(name, `has no meaning with test-in: ${reader.text('test-in')}`)
  }
  const command = reader.text('test-command')
  const requirements = reader.parsed('test-requirements', (value) => {
    if (value === 'none') return 'none' as const
    const paths = parseItems(value)
    if (paths.length === 0) throw new Invalid('names no file')
    const missing = paths.find((path) => reader.files.kind(resolve(workingDirectory, path)) !== 'file')
    if (missing !== undefined) throw new Invalid(`names ${missing}, which is not in the working directory`)
    return paths
  })
  const pythonVersion = reader.parsed('python-version', (value) => {
    if (!/^\d+\.\d+(\.\d+)?$/.test(value) || value === '3.1')
      throw new Invalid('is not a version such as 3.11 (quote it in YAML: 3.10 is the number 3.1)')
    return value
  })
  return {
    ...(pythonVersion === undefined ? {} : { pythonVersion }),
    run: reader.required('test', parseBoolean),
    ...(command === undefined ? {} : { command }),
    ...(requirements === undefined ? {} : { requirements }),
    env: reader.parsed('test-env', parseVariables(reader.env)) ?? {},
    first,
    place,
    ...(report === undefined ? {} : { report }),
    timeoutMs: reader.required('test-timeout', parseDuration),
  }
}
