import type { Instruction } from '../build/instruction.ts'
import type { LayerSize } from '../inspect/size/size.ts'
import type { Advice } from './advice.ts'
import type { Aside } from './aside.ts'
import type { ImageFiles } from './image-files.ts'

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
    /** Folders that are sent as well, and that no path of `sent` lies in: `.git/`, `.venv/`. */
    aside: readonly Aside[]
    /** The tests run in the image, which may have them from the build. */
    testsInImage: boolean
    dockerfile: DockerfileSubject
  }>

/** A requirements file that the build installs. */
export type RequirementsSubject = Source &
  Readonly<{
    dockerfile: DockerfileSubject
    /** A lock beside it says the versions. */
    locked: boolean
    /** The modules that the code which ships imports, by the first part of their names; looked up when a rule asks. */
    imports: () => ReadonlySet<string>
    /** What the image has in the end, by the name of the package; not there before the build. */
    installed?: ReadonlyMap<string, Readonly<{ version?: string | undefined; bytes?: number }>>
  }>

/** A compose file, with the Dockerfile that one of its services is built from. */
export type ComposeSubject = Source &
  Readonly<{
    dockerfile?: DockerfileSubject
    /** Folder of the build context, as a path from the workspace; '' is the workspace. */
    context: string
    /** A file beside it, by its path from there; undefined where there is none. */
    read: (path: string) => string | undefined
    /** Whether `.dockerignore` leaves a path of the context out. */
    leftOut: (path: string) => boolean
  }>

/** A layer with what made it, as the size of an image tells it: bytes compressed, 0 where that is not known. */
export type ImageLayer = Pick<LayerSize, 'bytes' | 'own' | 'instruction' | 'at'>

/** The image after the build, with the Dockerfile it was made from where there is one. */
export type ImageSubject = Readonly<{
  /** USER of its configuration; '' where there is none. */
  user: string
  /** All of them, those of the base first. */
  layers: readonly ImageLayer[]
  /** What the layers hold, of those that were read. */
  files?: ImageFiles
  /** `max-image-size` (bytes). */
  budget?: number
  /** The run or the base asks for a GPU. */
  gpu: boolean
  /** As of RequirementsSubject; not there where the code is not known. */
  imports?: () => ReadonlySet<string>
  dockerfile?: DockerfileSubject
}>
