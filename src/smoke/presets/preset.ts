import type { Json } from '../../inputs/parse.ts'
import type { PresetName } from './names.ts'

/** Where in JSON a value stands: `['data', 0, 'id']`. */
export type JsonPath = readonly (string | number)[]

/** What must hold for an answer to mean "ready". Each needs a 2xx but for what it says. */
export type Condition =
  /** Any 2xx, whatever is in it. */
  | Readonly<{ kind: 'answers' }>
  /** Any 2xx whose JSON does not say itself that it is not ready: see condition.ts. */
  | Readonly<{ kind: 'not-falsy' }>
  /** One value is one of these. `never`, with any status: it will not become ready any more. */
  | Readonly<{ kind: 'value'; at: JsonPath; is: readonly Json[]; never?: readonly Json[] }>
  /** A list or object with something in it. */
  | Readonly<{ kind: 'filled'; at: JsonPath }>

/** A path may hold `{model}`, the name of a model of the server, and `$NAME`, a variable of the container. */
export type PathCheck = Readonly<{ path: string; condition: Condition }>

/** Where a server lists its models; one that lists none has nothing to serve. */
export type ModelList = Readonly<{ method: 'GET' | 'POST'; path: string; at: JsonPath }>

/** What is known of the servers of one kind. Data, so that a row is all that a further kind takes. */
export type Preset = Readonly<{
  name: PresetName | 'http'
  /** `proven`: our tests run the real server. `by contract`: they run a double written from its documentation. */
  proof: 'proven' | 'by contract'
  /** Where the contract is written down. */
  source: string
  port?: number
  /** Undefined: nothing is called, the container must stay up. */
  http?: Readonly<{
    /** Undefined: the usual paths are tried. */
    health?: PathCheck
    ready?: PathCheck
    /** How `{model}` is found: lists, the first that answers; or a name where there is none. */
    model?: readonly ModelList[] | string
    predict: Readonly<{
      path: string
      /** The key that holds the instances of a request, where the protocol has one. */
      envelope?: string
      /** What an answer holds when the prediction has succeeded. */
      answer?: Json
    }>
    /** Values may be `$NAME`; one whose variable is not set is left out. */
    headers?: Readonly<Record<string, string>>
  }>
  /** Variables that the platform sets; those of the image and of run-env win. */
  env?: Readonly<Record<string, string>>
  /** What the platform runs the image with, in place of its CMD. */
  command?: readonly string[]
  /** Longest time to the first good answer (ms), where two minutes are not enough. */
  startTimeoutMs?: number
}>
