import type { SmokeInputs } from './inputs.ts'
import { parseBoolean, parseDuration, parseExpectation, parseJson, parsePath, parsePort, parseRunArgs, parseVariables } from './parse.ts'
import { readAround, readEnvFiles } from './read-around.ts'
import type { Reader } from './reader.ts'

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
    env: { ...readEnvFiles(reader, workingDirectory), ...reader.parsed('run-env', parseVariables(reader.env)) },
    args: reader.parsed('run-args', parseRunArgs) ?? [],
    ...readAround(reader, workingDirectory),
  }
}
