import type { Statement } from '../attest/statement.ts'
import type { Stage } from '../errors.ts'
import type { RepositoryFacts } from '../plan/payload.ts'
import type { Level } from './annotations.ts'
import type { HttpAnswer, HttpRequest, Relay, RelayRules } from './wire.ts'

export type { HttpAnswer, HttpRequest, Relay, RelayRequest, RelayRules, RelayStep, Saved } from './wire.ts'

export type Environment = Readonly<Record<string, string>>

/** A process to start: never through a shell; `env` is all it gets. `signal` ends one that is captured, and has it reject. */
export type Command = Readonly<{ argv: readonly string[]; env: Environment; cwd?: string; input?: string; signal?: AbortSignal }>

export type Captured = Readonly<{ exitCode: number; stdout: string; stderr: string }>

/** How a streamed process came to its end. `stopped` is by our own signal, `timeout` by our own clock. */
export type Ended =
  | Readonly<{ kind: 'exited'; exitCode: number }>
  | Readonly<{ kind: 'killed'; signal: string }>
  | Readonly<{ kind: 'timeout' }>
  | Readonly<{ kind: 'stopped' }>

export type StreamOptions = Readonly<{
  signal: AbortSignal
  timeoutMs?: number
  /** Beyond this (bytes, of either stream) only the end is told, when the process is over. */
  mostBytes?: number
  /** Each line as it comes, as the process wrote it: sanitise before printing. */
  onLine: (line: string, from: 'stdout' | 'stderr') => void
}>

/** What a folder holds under a name. */
export type Entry = Readonly<{ name: string; kind: 'file' | 'directory' }>

export interface Files {
  readonly readText: (path: string) => string | undefined
  /** As `readText`, for a file that somebody hostile may have made: a link is not followed. */
  readonly readUntrusted: (path: string) => string | undefined
  readonly kind: (path: string) => 'file' | 'directory' | undefined
  readonly list: (directory: string) => readonly string[]
  /** Files and folders by their own kind, in the order of their names: links and devices are left out. */
  readonly contents: (directory: string) => readonly Entry[]
  /** A file; a link is not followed. */
  readonly stat: (path: string) => Readonly<{ bytes: number; modifiedMs: number }> | undefined
  /** What is in a file, piece by piece. @throws Error where it cannot be read */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>
  /** sha256 (hex) of a file, read piece by piece; a link is not followed. */
  readonly digest: (path: string) => Promise<string | undefined>
  /** Size and time of change of a file, to be compared; undefined when there is none. */
  readonly stamp: (path: string) => string | undefined
  readonly realPath: (path: string) => string | undefined
  /** The bytes that are free on the disk that holds `path`. */
  readonly freeBytes: (path: string) => number | undefined
  /** Readable by this user alone. */
  readonly writePrivate: (path: string, text: string) => void
  /** A new file in place of whatever had its name; a link there is not followed. For everybody who may look into the folder. */
  readonly replaceText: (path: string, text: string) => void
  /** For everybody who may look into the folder: what the user asked for. */
  readonly writeText: (path: string, text: string) => void
  /** A new folder of this run, mode 0700, removed by `remove`. */
  readonly makeTemp: (purpose: string) => string
  readonly makeFolder: (path: string) => void
  /** Gives a file or folder another name on the same disk; a folder may take the place of an empty one. */
  readonly move: (from: string, to: string) => void
  /** The same file under a second name: without its bytes being written again, where the disk allows that. */
  readonly copy: (from: string, to: string) => Promise<void>
  /** A symbolic link at `path`. */
  readonly link: (target: string, path: string) => void
  /** Lets other users in: `read` for what they use, `write` for where they leave something. */
  readonly share: (path: string, access: 'read' | 'write') => void
  readonly remove: (path: string) => void
}

/** How a stage ended. `proof`: lines that show why it is red, which stand outside its group, where they are seen. */
export type StageEnd = Readonly<{ state: 'passed' | 'failed' | 'skipped' | 'stopped'; proof: readonly string[] }>

/** One stage's part of the log: its lines stay together even when stages run beside each other. */
export interface StageLog {
  readonly line: (text: string) => void
  /** Closes the group and prints the one line that says how the stage ended, and below it the proof. */
  readonly close: (result: string, end?: StageEnd) => void
}

export interface Log {
  readonly line: (text: string) => void
  readonly notice: (text: string) => void
  readonly warning: (text: string) => void
  readonly stage: (stage: Stage) => StageLog
}

/**
 * Everything outside the program. The Action, the laptop and the tests each have one; nothing else in the house
 * touches processes, files, the network, the clock or the runner.
 */
export interface Host {
  readonly kind: 'runner' | 'terminal'
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute path that `context`, `file` and `working-directory` start from. */
  readonly workspace: string
  /** What this machine is called, as a Docker engine calls the one it is on. */
  readonly hostname: string
  /** Unique to this run on this machine; fit for names of containers and tags. */
  readonly runId: string
  readonly log: Log
  readonly files: Files
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Runs a short command to its end. @throws ActionError tool-missing when there is no such program. */
  readonly capture: (command: Command) => Promise<Captured>
  /** Starts a command that nobody waits for, and that goes on when this process has left. Never throws. */
  readonly letGo: (command: Command) => void
  /** Runs a long command in a process group of its own that `signal` or the time-out ends as a whole. */
  readonly stream: (command: Command, options: StreamOptions) => Promise<Ended>
  /** One HTTP exchange, no redirects followed. @throws Error with a `code` when there is no whole answer. */
  readonly request: (request: HttpRequest) => Promise<HttpAnswer>
  /** A login to a cloud's registry, by the cloud's own library. @throws whatever the library does */
  readonly cloudToken: (asked: CloudQuestion) => Promise<CloudToken>
  /** Removes a folder of the machine, not of this run; with root's rights where they are to be had. Never throws. */
  readonly discard: (folder: string) => Promise<void>
  readonly relay: (rules: RelayRules) => Promise<Relay>
  /** Never shown in any output from now on. */
  readonly hide: (secret: string) => void
  /** A text for a file, without what is hidden. */
  readonly masked: (text: string) => string
  /** All that is hidden so far. */
  readonly secrets: () => readonly string[]
  /** A stream without its compression, gzip or zstd, which its first bytes tell; one without is given as it is. */
  readonly inflate: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  readonly output: (name: string, value: string) => void
  /** A variable of the job from here on, for the steps after; on a laptop nothing. */
  readonly exportVariable: (name: string, value: string) => void
  /** The job summary; the first of a run counts. */
  readonly summary: (markdown: string) => void
  readonly annotate: (annotation: Annotation) => void
  /** How many annotations of a level, notices and warnings of the log among them, are still shown. */
  readonly annotationRoom: (level: Level) => number
  /** What `post` removes if this process does not come to it; to be called before the thing exists. */
  readonly leave: (trace: Trace) => void
  /** GitHub's cache service for folders; not there where the runner gives none. Both throw. */
  readonly packageCache?: PackageCache
  /** Signs in the name of the job; not there on a laptop. */
  readonly attestations?: Attestations
  /** The comments of a pull request of `repository`, by GitHub's API, until `signal` says stop; not there on a laptop. */
  readonly comments?: (repository: string, pull: number, token: string, signal: AbortSignal) => Comments
  /** Tells the runner of an image (`oci://name@digest`) that later steps may attest, by GITHUB_ARTIFACTS where it has that. */
  readonly declareArtifact: (reference: string) => void
  /** The runner's command files (`GITHUB_ENV` and its kin) that somebody else than this process has written to. */
  readonly changedCommandFiles: () => readonly string[]
  /** What GitHub's API knows of a repository, nothing where it cannot be asked. Never throws. */
  readonly repository: (repository: string, token: string) => Promise<RepositoryFacts>
  /** When a commit was made (ISO 8601), by GitHub's API; undefined where that cannot be asked. Never throws. */
  readonly commitTime: (repository: string, sha: string, token: string) => Promise<string | undefined>
  /** How `head` stands to `base` by GitHub's API; both are commits or branches. @throws Error with a `status` */
  readonly compareCommits: (repository: string, base: string, head: string, token: string) => Promise<Comparison>
  /** Numbers of the runs that a workflow (its file's name) had for a commit, by GitHub's API. @throws Error with a `status` */
  readonly runNumbers: (repository: string, workflow: string, commit: string, token: string) => Promise<readonly number[]>
}

/** `missing` are the commits that the head has and the base has not, oldest first; of many, the first 250. */
export type Comparison = Readonly<{ status: 'ahead' | 'behind' | 'identical' | 'diverged'; missing: readonly string[] }>

type CloudKeys = Readonly<{ keys?: Readonly<{ id: string; secret: string }> }>

/** A token of ECR or ECR Public, by an access key pair or what the job has; of Google, by the credentials in a file. */
export type CloudQuestion =
  | (Readonly<{ kind: 'ecr'; region: string; fips: boolean }> & CloudKeys)
  | (Readonly<{ kind: 'ecr-public' }> & CloudKeys)
  | Readonly<{ kind: 'google'; file: string }>

/** `expiresAt` in ms since the epoch, where it is told. */
export type CloudToken = Readonly<{ username: string; password: string; expiresAt?: number }>

export interface PackageCache {
  /** @returns the key that was found, undefined when there is none */
  readonly restore: (path: string, key: string, restoreKeys: readonly string[]) => Promise<string | undefined>
  readonly save: (path: string, key: string) => Promise<void>
  /** Whether there is an entry of this very key. */
  readonly has?: (path: string, key: string) => Promise<boolean>
}

/** A statement in a signed envelope with all that proves who signed it and when (Sigstore bundle, as JSON). */
export type Signed = Readonly<{ bundle: string; mediaType: string; logIndex?: string }>

/** `public-good` writes into a log that everybody can read; `github` into none. */
export type SigstoreInstance = 'public-good' | 'github'

export interface Attestations {
  /** @throws Error with a `code` of @sigstore/sign where a part of Sigstore fails; tries again by itself */
  readonly sign: (statement: Statement, instance: SigstoreInstance) => Promise<Signed>
  /** @returns the id of the attestation @throws Error with a `status` */
  readonly store: (repository: string, bundle: string, token: string, signal: AbortSignal) => Promise<string>
}

/** A comment; `author` is the login of who wrote it. */
export type Comment = Readonly<{ id: number; body: string; author: string; url: string }>

/** What can be done about the comments of a pull request. Each rejects with an Error that has the `status` of the answer. */
export interface Comments {
  /** A hundred of them, the oldest first; pages count from 1. */
  readonly page: (page: number) => Promise<Readonly<{ comments: readonly Comment[]; last: boolean }>>
  /** @returns where it can be read */
  readonly create: (body: string) => Promise<string>
  /** @returns where it can be read */
  readonly update: (id: number, body: string) => Promise<string>
  /** The login that the token writes under. */
  readonly viewer: () => Promise<string>
}

export type Annotation = Readonly<{ level: 'error' | 'warning' | 'notice'; title: string; message: string; file?: string; line?: number }>

/** Something outside this process that must not outlive the job. */
export type Trace =
  /** What a report has so far, for `post` to tell. */
  | Readonly<{ kind: 'draft'; path: string }>
  | Readonly<{ kind: 'folder'; path: string }>
  | Readonly<{ kind: 'containers'; runId: string }>
  | Readonly<{ kind: 'image'; name: string }>
  | Readonly<{ kind: 'network'; name: string }>
  /** Of docker compose: its containers, networks, volumes and the images it built. */
  | Readonly<{ kind: 'project'; name: string }>
  /** Processes that were started in a group of their own; `born` tells its first one from another that has its number later. */
  | Readonly<{ kind: 'group'; pid: number; born: string }>
