import { resolve } from 'node:path'
import type { SmokeInputs, TestInputs } from './inputs.ts'
import {
  Invalid,
  parseBoolean,
  parseDuration,
  parseExpectation,
  parseItems,
  parseJson,
  parsePath,
  parsePort,
  parseRunArgs,
  parseVariables,
} from './parse.ts'
import type { Reader } from './reader.ts'

export function readTest(reader: Reader, workingDirectory: string): TestInputs {
  const command = reader.text('test-command')
  const requirements = reader.parsed('test-requirements', (value) => {
    if (value === 'none') return 'none' as const
    const paths = parseItems(value)
    const missing = paths.find((path) => reader.files.kind(resolve(workingDirectory, path)) !== 'file')
    if (missing !== undefined) throw new Invalid(`names ${missing}, which is not in the working directory`)
    return paths
  })
  return {
    run: reader.required('test', parseBoolean),
    ...(command === undefined ? {} : { command }),
    ...(requirements === undefined ? {} : { requirements }),
    env: reader.parsed('test-env', parseVariables(reader.env)) ?? {},
    first: reader.required('test-first', parseBoolean),
    timeoutMs: reader.required('test-timeout', parseDuration),
  }
}

/** JSON as it was written: what is sent is what was given. */
function checkedJson(text: string): string {
  parseJson(text)
  return text
}

export function readSmoke(reader: Reader, workingDirectory: string): SmokeInputs {
  const port = reader.parsed('port', parsePort)
  const predictBody = reader.parsed('predict-body', checkedJson, reader.content('predict-body', workingDirectory))
  const expectation = reader.parsed('predict-expect', parseExpectation, reader.content('predict-expect', workingDirectory))
  if (expectation && reader.text('predict-body') === undefined) {
    reader.complain('predict-expect', 'is given without predict-body: there is no answer to hold it against')
  }
  return {
    run: reader.required('smoke', parseBoolean),
    ...(port === undefined ? {} : { port }),
    healthPath: reader.required('health-path', parsePath),
    predictPath: reader.required('predict-path', parsePath),
    ...(predictBody === undefined ? {} : { predictBody }),
    ...(expectation === undefined ? {} : { expectation }),
    startTimeoutMs: reader.required('start-timeout', parseDuration),
    env: reader.parsed('run-env', parseVariables(reader.env)) ?? {},
    args: reader.parsed('run-args', parseRunArgs) ?? [],
  }
}
