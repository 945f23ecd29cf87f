import type { ImageConfig } from '../build/image.ts'
import type { Environment } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Expectation, Json } from '../inputs/parse.ts'
import { type ChosenPort, choosePort } from './choose-port.ts'
import type { PresetName } from './presets/names.ts'
import type { Condition, ModelList, Preset } from './presets/preset.ts'
import { presets } from './presets/table.ts'
import { recognise } from './recognise.ts'

/** One path that must answer as it should before the model is asked. */
export type ReadyCheck = Readonly<{ path: string; condition: Condition | Expectation }>

/** What the image under test is expected to be: how it is started, when it is ready, where it predicts. */
export type Contract = Readonly<{
  preset: PresetName | 'http'
  /** What says so: `input`, `CMD: ...`, `answers`; empty where nothing does. */
  by: string
  proof: Preset['proof']
  port: ChosenPort
  /** Empty: the usual paths are tried, see candidates.ts. */
  checks: readonly ReadyCheck[]
  /** What one of the usual paths must hold, where the user says it without a path. */
  healthExpect?: Expectation
  /** How `{model}` of the paths is found. */
  model?: readonly ModelList[] | string
  predict: Readonly<{ path: string; envelope?: string; answer?: Json }>
  headers: Readonly<Record<string, string>>
  /** Whether the server is called at all. */
  http: boolean
  /** Variables that the container gets besides those of run-env. */
  env: Environment
  command: readonly string[]
  startTimeoutMs: number
}>

const defaultStartTimeoutMs = 120_000

/** Puts variables into a text; undefined when one is not set. */
function filled(text: string, env: Environment): string | undefined {
  let missing = false
  const whole = text.replace(/\$(\w+)/g, (_, name: string) => {
    if (!env[name]) missing = true
    return env[name] ?? ''
  })
  return missing ? undefined : whole
}

function checksOf(preset: Preset, smoke: SmokeInputs, env: Environment): readonly ReadyCheck[] {
  if (!preset.http) return []
  const { health, ready } = preset.http
  const notFalsy = { kind: 'not-falsy' } as const
  const asked = [
    smoke.healthPath !== undefined
      ? { path: smoke.healthPath, condition: smoke.healthExpect ?? (health?.path === smoke.healthPath ? health.condition : notFalsy) }
      : health && { path: health.path, condition: smoke.healthExpect ?? health.condition },
    smoke.readyPath !== undefined
      ? { path: smoke.readyPath, condition: ready && ready.path === smoke.readyPath ? ready.condition : notFalsy }
      : ready,
  ]
  return asked.flatMap((check) => (check ? [{ ...check, path: filled(check.path, env) ?? '/' }] : []))
}

/** The contract by a preset; explicit inputs win over it. `env` is that of the image. */
export function contractOf(preset: Preset, by: string, smoke: SmokeInputs, image: ImageConfig, port = preset.port): Contract {
  const env = { ...preset.env, ...image.env, ...smoke.env }
  const own = Object.entries(preset.env ?? {}).filter(([name]) => !(name in image.env) && !(name in smoke.env))
  const { http } = preset
  const headers = Object.entries(http?.headers ?? {}).flatMap(([name, value]) => {
    const said = filled(value, env)
    return said === undefined ? [] : [[name, said] as const]
  })
  const model = typeof http?.model === 'string' ? filled(http.model, env) : http?.model
  const path = smoke.predictPath ?? filled(http?.predict.path ?? '/predict', env) ?? '/predict'
  return {
    preset: preset.name,
    by,
    proof: preset.proof,
    port: choosePort(smoke.port, image, env, port),
    checks: checksOf(preset, smoke, env),
    ...(smoke.healthExpect === undefined ? {} : { healthExpect: smoke.healthExpect }),
    ...(model === undefined ? {} : { model }),
    predict: { ...http?.predict, path },
    headers: Object.fromEntries(headers),
    http: http !== undefined,
    env: Object.fromEntries(own),
    command: preset.command ?? [],
    startTimeoutMs: smoke.startTimeoutMs ?? preset.startTimeoutMs ?? defaultStartTimeoutMs,
  }
}

/** What an image is expected to be, before it is started: as the user says, else as its configuration does. */
export function expectService(smoke: SmokeInputs, image: ImageConfig): Contract {
  if (smoke.preset !== 'auto') return contractOf(presets[smoke.preset], 'input', smoke, image)
  const found = recognise(image)
  return found ? contractOf(presets[found.preset], found.by, smoke, image, found.port) : contractOf(presets.http, '', smoke, image)
}

/** One line for the log: what was inferred, and from what. */
export function contractText({ preset, by, proof, port, checks, predict, http }: Contract): string {
  const name = preset === 'http' ? 'a server of no known kind' : preset
  const from = by === '' ? '' : ` (${by})`
  const contract = proof === 'by contract' ? ', by contract' : ''
  if (!http) return `${name}${from}: nothing is called, it must stay up`
  const asked = checks.length === 0 ? 'the usual health paths' : [...new Set(checks.map(({ path }) => path))].join(' and ')
  return `${name}${from}${contract}: port ${port.port} (${port.from}), ready by ${asked}, predicts at ${predict.path}`
}
