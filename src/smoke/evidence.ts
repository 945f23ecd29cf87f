import type { FailureCode } from '../errors.ts'
import type { Listening } from './sockets.ts'
import type { Exchanged } from './witness.ts'

/** What the container was to be, by the user and by the image. */
export type Expected = Readonly<{
  container: string
  port: number
  portFrom: string
  healthPath: string
  predictPath: string
  startTimeoutMs: number
  /** Names of the variables that the user gave. */
  envNames: readonly string[]
  command: readonly string[]
  workingDirectory: string
}>

/** How a container stands, as the engine tells it. Bytes. */
export type State = Readonly<{
  running: boolean
  exitCode: number
  oomKilled: boolean
  error: string
  restarts: number
  /** Docker's word for it; `no` is none. */
  restartPolicy: string
  user: string
  memoryLimit: number
}>

/** A method and a path that the service says it has. */
export type Operation = Readonly<{ method: string; path: string }>

/** Everything that a red smoke test can be explained from. */
export type Evidence = Readonly<{
  /** How far it came, by the code of the step. */
  step: FailureCode
  expected: Expected
  /** Undefined where the engine made no container. */
  state?: State
  /** The last lines, oldest first, without colours. */
  lines: readonly string[]
  /** Undefined where nobody can tell: the container has stopped, or has no `cat` and runs elsewhere. */
  listening?: readonly Listening[]
  /** What was asked of the service, and what it said. */
  exchanges: readonly Exchanged[]
  /** From its OpenAPI document. */
  operations: readonly Operation[]
  /** Usual health paths that answer 2xx. */
  healthyPaths: readonly string[]
  speaksTls: boolean
  /** Bytes, as far as the kernel kept count. */
  peakMemory?: number
}>
