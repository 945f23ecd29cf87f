import { parseImageName } from '../plan/image-name.ts'
import { type PresetName, presetAliases, presetNames } from '../smoke/presets/names.ts'
import type { CompareInput, SmokeInputs } from './inputs.ts'
import {
  Invalid,
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

/** `off`, `previous`, or an image by its tag or digest. */
function parseCompare(text: string): CompareInput {
  if (text === 'off' || text === 'previous') return { kind: text }
  const [, name, tag, digest] = /^(.*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/s.exec(text) ?? []
  const reference = digest ?? tag
  if (name === undefined || name === '' || name.includes('@'))
    throw new Invalid('is none of off, previous, or an image such as ghcr.io/acme/iris:1.4')
  if (reference === undefined) throw new Invalid('names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST')
  return { kind: 'image', name: parseImageName(name), reference }
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
  const run = reader.required('smoke', parseBoolean)
  const compare = reader.required('compare', parseCompare)
  const maxLatencyMs = reader.parsed('max-latency', parseDuration)
  if (run === false && compare?.kind !== 'off') reader.complain('compare', 'is given with smoke: false, where no image is started')
  if (run === false && maxLatencyMs !== undefined) reader.complain('max-latency', 'is given with smoke: false, where no image is started')
  if (compare?.kind !== 'off' && reader.text('compose-file') !== undefined)
    reader.complain('compare', 'is given with compose-file: the other image would be without its stack')
  return {
    run,
    preset,
    compare,
    ...(maxLatencyMs === undefined ? {} : { maxLatencyMs }),
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
