import { type LayoutPlace, placeText as layoutText } from '../handover/place.ts'
import type { Use } from '../plan/access.ts'
import type { Clouds } from '../plan/clouds.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { PushInput } from '../plan/push-policy.ts'
import type { Settings } from '../plan/tags/facts.ts'
import type { Flavor } from '../plan/tags/flavor.ts'
import type { TagRule } from '../plan/tags/rule.ts'
import type { Requirement } from '../quality/requirement.ts'
import type { Transport } from '../registry/transport.ts'
import type { PresetName } from '../smoke/presets/names.ts'
import type { Sample } from '../smoke/sample.ts'
import type { BuildOptions } from './build-options.ts'
import type { LeakIgnore } from './leak-ignore.ts'
import type { Expectation } from './parse.ts'
import type { IncreaseLimit, SizeLimit } from './parse-size.ts'

export type Acceptance = 'no-tests' | 'untested-platforms' | 'unsafe-pr-checkout'

type Variables = Readonly<Record<string, string>>

/** An entry of `registry-auth`: a login, how the registry is reached, or both. Without `use` for everything. */
export type RegistryAuth = Readonly<{
  registry: string
  username?: string
  password?: string
  use?: Use
  ecr?: 'auto' | boolean
  transport?: Transport
}>

/** Who logs in where, as given, and what the job has for it; what is missing is found from the event and the job later. */
export type CredentialInputs = Readonly<{
  registry?: string
  username?: string
  password?: string
  githubToken?: string
  auths?: readonly RegistryAuth[]
  ecr?: 'auto' | boolean
  clouds?: Clouds
}>

/** Every secret that a login was given by. */
export function secretsGiven({ password, githubToken, auths = [] }: CredentialInputs): readonly string[] {
  return [password, githubToken, ...auths.map((one) => one.password)].flatMap((secret) => (secret === undefined ? [] : [secret]))
}

/** Where the tests run: on this machine, in a container of the built image, or as a stage of the Dockerfile. */
export type TestPlace = Readonly<{ kind: 'runner' }> | Readonly<{ kind: 'image' }> | Readonly<{ kind: 'target'; stage: string }>

export type TestInputs = Readonly<{
  run: boolean
  /** Why they are not run, where the user has not said so. */
  leftOut?: string
  place: TestPlace
  /** JUnit file that the command writes, from the working directory. */
  report?: string
  command?: string
  /** Files to install, or the environment of the job as it is; undefined: found by name. */
  requirements?: readonly string[] | 'none'
  /** `3.11` or `3.11.9`. */
  pythonVersion?: string
  env: Variables
  first: boolean
  timeoutMs: number
}>

export type BuildInputs = Readonly<{
  /** Absolute folders and file. */
  context: string
  file: string
  dockerfile: string
  target?: string
  args: Variables
  options: BuildOptions
}>

export type CacheInputs = Readonly<{
  kind: 'auto' | 'gha' | 'registry' | 'local' | 'none'
  scope?: string
  mode: 'auto' | 'min' | 'max'
  /** The directories of `RUN --mount=type=cache` are kept, too. */
  mounts?: true
  /** `repository` or `repository:tag`, in lower case. */
  image?: string
  /** Entries for --cache-from and --cache-to as they are; they win over all else. */
  from: readonly string[]
  to: readonly string[]
}>

/** Paths and times that are not given are those of the preset. */
export type SmokeInputs = Readonly<{
  run: boolean
  /** Why it is not run, where the user has not said so. */
  leftOut?: string
  preset: PresetName | 'auto'
  port?: number
  healthPath?: string
  /** What the answer to the health path must hold, in place of what the preset asks of it. */
  healthExpect?: Expectation
  readyPath?: string
  predictPath?: string
  predictBody?: string
  expectation?: Expectation
  startTimeoutMs?: number
  /** Of samples files. */
  samples?: readonly Sample[]
  /** A request that lies in the repository by itself, for where nothing better is known. */
  foundBody?: Sample
  compare: CompareInput
  /** Of the warm predictions, 95th percentile. */
  maxLatencyMs?: number
  /** Write what is answered to this samples file, from the workspace, instead of judging it. */
  record?: string
  env: Variables
  args: readonly string[]
  /** Words in place of CMD. */
  command?: readonly string[]
  /** No network leads out of the container. */
  offline: boolean
  /** A stack that the image is a service of; absolute files. */
  compose?: Readonly<{ files: readonly string[]; service?: string }>
  /** The last gate before the push, by bash. */
  gateCommand?: string
}>

/** Where a file of metrics is: in the workspace (absolute, and as given), or in the image. */
export type MetricsPlace = Readonly<{ kind: 'workspace'; path: string; given: string }> | Readonly<{ kind: 'image'; path: string }>

/** A place as it is written in `metrics-file`. */
export function placeText(place: MetricsPlace): string {
  return place.kind === 'image' ? `image:${place.path}` : place.given
}

/** Whether what was tested is attested after the push, and whether a run is red when it cannot be. */
export type AttestInput = 'off' | 'best-effort' | 'required'

/** Whether what could be better is told, makes the run red, or is not looked for. */
export type AdviceInput = 'warn' | 'error' | 'off'

/** When a pull request is commented on; `matrix` is that of the job, as GitHub's contexts have it. */
export type CommentInputs = Readonly<{ when: 'off' | 'on-change' | 'always'; matrix?: Readonly<Record<string, unknown>> }>

export type QualityInputs = Readonly<{ file?: MetricsPlace; requirements: readonly Requirement[] }>

/** Whether the image is searched for secrets, and what of it is not told. */
export type LeakInputs = Readonly<{ check: boolean; ignore: readonly LeakIgnore[] }>

/** Limits of what the image weighs, in compressed bytes: by itself, and against the image before it. */
export type SizeInputs = Readonly<{ most?: SizeLimit; increase?: IncreaseLimit }>

/** Whether the size of the image is a gate. */
export function limitsSize({ most, increase }: SizeInputs): boolean {
  return most !== undefined || increase !== undefined
}

/** The image whose predictions are compared: none, what the moving tag holds, or one by its reference. */
export type CompareInput =
  | Readonly<{ kind: 'off' }>
  | Readonly<{ kind: 'previous' }>
  | Readonly<{ kind: 'image'; name: ImageName; reference: string }>

/** An image that is there already, in place of a build: in a layout, a registry, or the engine (its name or id). */
export type FromInput =
  | (LayoutPlace & Readonly<{ digest?: string }>)
  | Readonly<{ kind: 'registry'; name: ImageName; digest: string }>
  | Readonly<{ kind: 'engine'; reference: string }>

/** What `from` says, for people. */
export function fromText(from: FromInput): string {
  switch (from.kind) {
    case 'layout':
      return `${layoutText(from)}${from.digest === undefined ? '' : `@${from.digest}`}`
    case 'registry':
      return `${nameText(from.name)}@${from.digest}`
    case 'engine':
      return from.reference
  }
}

/** Everything the user asked for, read and checked. */
export type Inputs = Readonly<{
  images: readonly ImageName[]
  /** The names as written, in lower case, for the outputs that are those of docker/metadata-action. */
  imageTexts: readonly string[]
  /** Empty: our defaults. */
  tags: readonly TagRule[]
  flavor: Flavor
  /** `NAME=VALUE` lines, which may hold expressions. */
  labels: readonly string[]
  annotations: readonly string[]
  settings: Settings
  push: PushInput
  /** Whether an image that was published for the same inputs is taken in place of a new one. */
  promote: 'auto' | 'off'
  /** Without it the image is built. */
  from?: FromInput
  dryRun: boolean
  credentials: CredentialInputs
  /** Absolute, both. */
  workspace: string
  workingDirectory: string
  test: TestInputs
  build: BuildInputs
  cache: CacheInputs
  smoke: SmokeInputs
  quality: QualityInputs
  leaks: LeakInputs
  advice: AdviceInput
  size: SizeInputs
  accept: ReadonlySet<Acceptance>
  pushTimeoutMs: number
  attest: AttestInput
  summary: boolean
  comment: CommentInputs
  /** What of the inputs has another effect than it looks like. */
  notices: readonly string[]
}>

/** One thing wrong with one input: its name, the value (shortened, or hidden if secret), why, and a good example. */
export type Problem = Readonly<{ input: string; value: string; reason: string; example: string }>

export function problemText(problem: Problem): string {
  const value = problem.value === '' ? 'is empty' : `"${problem.value}"`
  return `${problem.input}: ${value} ${problem.reason}. Example: ${problem.example}`
}
