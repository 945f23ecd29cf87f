import { type PresetName, presetAliases, presetNames } from '../smoke/presets/names.ts'
import type { SmokeInputs } from './inputs.ts'
import {
  oneOf,
  parseBoolean,
  parseDuration,
  parseExpectation,
  parseJson,
  parsePath,
  parsePort,
  parseRunArgs,
  parseVariables,
} from './parse.ts'
import { readAround, readEnvFiles } from './read-around.ts'
import type { Reader } from './reader.ts'

const presetOrAuto = oneOf('auto', ...presetNames)

/** The name of a preset, or another that people have for it. */
function parsePreset(text: string): PresetName | 'auto' {
  const name = text.toLowerCase()
  return (Object.hasOwn(presetAliases, name) ? presetAliases[name] : undefined) ?? presetOrAuto(name)
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
  const preset = reader.required('preset', parsePreset)
  const healthPath = reader.parsed('health-path', parsePath)
  const healthExpect = reader.parsed('health-expect', parseExpectation, reader.content('health-expect', workingDirectory))
  const readyPath = reader.parsed('ready-path', parsePath)
  const predictPath = reader.parsed('predict-path', parsePath)
  const startTimeoutMs = reader.parsed('start-timeout', parseDuration)
  if (preset === 'none') {
    const called = ['port', 'health-path', 'health-expect', 'ready-path', 'predict-path', 'predict-body'] as const
    for (const name of called) if (reader.text(name) !== undefined) reader.complain(name, 'is given with preset: none, which calls nothing')
  }
  return {
    run: reader.required('smoke', parseBoolean),
    preset,
    ...(port === undefined ? {} : { port }),
    ...(healthPath === undefined ? {} : { healthPath }),
    ...(healthExpect === undefined ? {} : { healthExpect }),
    ...(readyPath === undefined ? {} : { readyPath }),
    ...(predictPath === undefined ? {} : { predictPath }),
    ...(predictBody === undefined ? {} : { predictBody }),
    ...(expectation === undefined ? {} : { expectation }),
    ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
    env: { ...readEnvFiles(reader, workingDirectory), ...reader.parsed('run-env', parseVariables(reader.env)) },
    args: reader.parsed('run-args', parseRunArgs) ?? [],
    ...readAround(reader, workingDirectory),
  }
}
