import type { Expectation, Json } from '../inputs/parse.ts'
import { judgeAnswer } from './expect.ts'
import type { Condition, JsonPath } from './presets/preset.ts'

/** What one answer says of readiness. `never`: waiting is in vain. */
export type Verdict =
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'waiting'; because: string }>
  | Readonly<{ kind: 'never'; because: string }>

/** Names of a flag that is true once a model can be used, in any spelling. */
const flags = /^(is)?(model|models)?(is)?(ready|loaded|healthy|available|initiali[sz]ed|ok|success)$/
/** Names of a text that tells how the server, or its model, is. */
const states = /^(model)?(status|state|health|condition)$|^model$/
const unready =
  /^(loading|starting|startingup|initiali[sz]ing|pending|booting|warming|warmingup|notready|notloaded|unloaded|nomodel|modelnotloaded|error|failed|failure|fail|unhealthy|partialhealthy|partiallyhealthy|degraded|down|unavailable|notok|dead|stopped|offline|none|false)$/
const negative = /^(|no|off|none|null|0)$/
/** Below these, what is said is still about the model; a cache or a database may be down. */
const about = /model|data|result|detail/

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isFalsy(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'string') return unready.test(plain(value)) || negative.test(plain(value))
  return !value
}

/** The first thing in a JSON answer by which the server says itself that it is not ready: `model_loaded is false`. */
export function findUnready(value: Json, path = '', depth = 2): string | undefined {
  if (value === false && path === '') return 'the answer is false'
  if (!isObject(value)) return undefined
  for (const [key, held] of Object.entries(value)) {
    const name = plain(key)
    const at = path === '' ? key : `${path}.${key}`
    if (flags.test(name) && !isObject(held) && isFalsy(held)) return `${at} is ${JSON.stringify(held)}`
    if (states.test(name) && (held === false || (typeof held === 'string' && unready.test(plain(held)))))
      return `${at} is ${JSON.stringify(held)}`
    const within = depth > 0 && about.test(name) ? findUnready(held, at, depth - 1) : undefined
    if (within !== undefined) return within
  }
  return undefined
}

export function parseAnswer(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json
  } catch {
    return undefined
  }
}

/** What stands at a place of JSON. */
export function valueAt(value: Json | undefined, [step, ...rest]: JsonPath): Json | undefined {
  if (step === undefined || value === undefined) return value
  if (typeof step === 'number') return valueAt(Array.isArray(value) ? (value as readonly Json[])[step] : undefined, rest)
  return valueAt(isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined, rest)
}

const shown = (value: Json | undefined) => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100))
const placeOf = (at: JsonPath) => (at.length === 0 ? 'the answer' : at.join('.'))

/** Judges an answer to a health or readiness path. */
export function judgeReady(condition: Condition | Expectation, status: number, body: string): Verdict {
  const good = status >= 200 && status < 300
  const waiting = (because: string): Verdict => ({ kind: 'waiting', because })
  if (condition.kind === 'value' && condition.never) {
    const said = valueAt(parseAnswer(body), condition.at)
    if (condition.never.some((value) => value === said)) return { kind: 'never', because: `${placeOf(condition.at)} is ${shown(said)}` }
  }
  if (/InvalidKeyException/.test(body) && status === 400) return { kind: 'never', because: 'a token is asked for (InvalidKeyException)' }
  if (!good) return waiting(`status ${status}`)
  switch (condition.kind) {
    case 'answers':
      return { kind: 'ready' }
    case 'not-falsy': {
      const unready = findUnready(parseAnswer(body) ?? null)
      return unready === undefined ? { kind: 'ready' } : waiting(unready)
    }
    case 'value': {
      const said = valueAt(parseAnswer(body), condition.at)
      return condition.is.some((value) => value === said) ? { kind: 'ready' } : waiting(`${placeOf(condition.at)} is ${shown(said)}`)
    }
    case 'filled': {
      const held = valueAt(parseAnswer(body), condition.at)
      const some = typeof held === 'object' && held !== null && Object.keys(held).length > 0
      return some ? { kind: 'ready' } : waiting(`${placeOf(condition.at)} is ${held === undefined ? 'missing' : 'empty'}`)
    }
    case 'json':
    case 'pattern': {
      const [first] = judgeAnswer(condition, body)
      return first === undefined ? { kind: 'ready' } : waiting(`${first.path} is ${first.got}, expected ${first.expected}`)
    }
  }
}
