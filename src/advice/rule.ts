import type { BuiltImage } from '../build/image.ts'
import type { Instruction } from '../build/instruction.ts'
import type { Advice } from './advice.ts'

/** An advice before its rule has put its name to it. */
export type Finding = Omit<Advice, 'rule'> &
  Readonly<{
    /** The line of the instruction whose time is what taking the advice saves, where the build tells it. */
    timeOf?: number
  }>

/** One way in which something could be better. Its id is a heading of docs/advice.md, and what silences it. */
export type Rule<Subject> = Readonly<{ id: string; look: (subject: Subject) => readonly Finding[] }>

/** A text that advice is about: its path from the workspace, and what it says. A comment in it may silence a rule. */
export type Source = Readonly<{ file: string; text: string }>

/** A file of the build context: its path from there, and what is in it (bytes). */
export type ContextFile = Readonly<{ path: string; bytes: number }>

/** What a build is sent, after `.dockerignore`. */
export type Sent = Readonly<{
  /** Paths from the context, in the order of their names; not all of them where `complete` is false. */
  paths: readonly string[]
  complete: boolean
  /** Bytes of a file, 0 where there is none. */
  bytes: (path: string) => number
  /** A text of the context; undefined where there is none, or it is too large to be one that people write. */
  read: (path: string) => string | undefined
  /** How annotations and diffs name a file of the context: its path from the workspace. */
  name: (path: string) => string
  /** The file that leaves things out, where there is one, as `name` gives it. */
  ignoreFile?: string
}>

/** A stage of a Dockerfile: what it starts from with the arguments put in, and the instructions behind its FROM. */
export type Stage = Readonly<{
  base: string
  name?: string
  from: Instruction
  /** The stage of this Dockerfile that it builds on. */
  parent?: Stage
  instructions: readonly Instruction[]
}>

export type DockerfileSubject = Source &
  Readonly<{
    instructions: readonly Instruction[]
    stages: readonly Stage[]
    /** The stage that ships. */
    target: Stage
    /** Those that what ships was built on, the first one first; the target is the last. */
    lineage: readonly Stage[]
    /** The instructions of the lineage, without FROM: what the image has on top of `base`. */
    chain: readonly Instruction[]
    /** The image that the lineage comes from. */
    base: string
    /** Build arguments, with the defaults of ARG behind them. */
    args: Readonly<Record<string, string>>
    sent: Sent
    /** Whether the run asks for a GPU (`--gpus` in run-args). */
    gpu: boolean
    /** ms since the epoch. */
    now: number
  }>

/** The build context and its `.dockerignore`; `text` is empty where there is none. */
export type ContextSubject = Source &
  Readonly<{
    sent: Sent
    dockerfile: DockerfileSubject
  }>

/** A requirements file that the build installs. */
export type RequirementsSubject = Source & Readonly<{ dockerfile: DockerfileSubject }>

/** A compose file; `document` is its YAML, read. */
export type ComposeSubject = Source & Readonly<{ document: unknown; dockerfile?: DockerfileSubject }>

/** The image after the build, with the Dockerfile it was made from where there is one. */
export type ImageSubject = Readonly<{ image: BuiltImage; dockerfile?: DockerfileSubject }>
