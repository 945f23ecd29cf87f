import type { CheckRecord } from './checks.ts'
import { type Excerpt, excerptReader } from './source-line.ts'

/** How many steps of a build there were, and how many came from the cache. */
export type StepCount = Readonly<{ hit: number; total: number }>

/** A step of the Dockerfile: whether it came from the cache, and how long it took else (ms). */
export type StepReport = Readonly<{ name: string; cached: boolean; ms?: number }>

/** How long BuildKit was at a cache (ms), where there was one. */
export type CacheTimes = Readonly<{ importMs?: number; exportMs?: number }>

/** The step that broke a build, with the end of its output. */
export type FailedStep = Readonly<{
  name: string
  /** Every name it was told under: a step that two targets of bake share has two. */
  names: readonly string[]
  error: string
  output: readonly string[]
}>

type Vertex = Readonly<{ digest: string; name: string; started?: string; completed?: string; cached?: boolean; error?: string }>
type Record_ = Readonly<{
  vertexes?: readonly Vertex[]
  logs?: readonly Readonly<{ vertex: string; data: string }>[]
  warnings?: readonly CheckRecord[]
  statuses?: readonly Readonly<{ id: string }>[]
}>

/** Lines that are kept of what buildx says, and of what a step wrote: its cause may stand far before its end. */
const kept = 30
const keptOfStep = 200
const longest = 2_000
/** A check may find something on every line; nobody reads that many. */
const mostChecks = 500
/** An error may be a whole page of somebody else's. */
const oneLine = (text: string) =>
  text
    .trim()
    .split(/\s*[\r\n]+\s*/)
    .slice(0, 3)
    .join(' ')
    .slice(0, 400)
/** With bake the name of the target stands first. */
const internal = /^\[(\S+ )?(internal|auth)\]/
const stoppedStep = /context canceled/
const aboutCache = /^(importing|exporting) (to )?.*cache/i

/** A registry cache before it was written for the first time. */
const notYet = /(: not found|manifest unknown|NAME_UNKNOWN.*|could not find index\.json.*)$/

function tookMs({ started, completed }: Vertex): number | undefined {
  return started && completed ? Date.parse(completed) - Date.parse(started) : undefined
}

/**
 * Reads BuildKit's `--progress=rawjson` a line at a time and tells it as text. Lines that are not JSON (what buildx
 * says itself) pass through.
 */
export class BuildProgress {
  readonly #print: (line: string) => void
  readonly #vertices = new Map<string, Vertex>()
  readonly #names = new Map<string, Set<string>>()
  readonly #told = new Set<string>()
  readonly #output = new Map<string, string[]>()
  readonly #said: string[] = []
  readonly #readExcerpt = excerptReader()
  #excerpt: Excerpt | undefined
  readonly #checks: CheckRecord[] = []
  #exported = false
  #config: string | undefined

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  line(text: string): void {
    const record = parseRecord(text)
    if (!record) {
      if (text.trim() === '') return
      this.#excerpt = this.#readExcerpt(text)
      this.#said.push(text)
      if (this.#said.length > kept) this.#said.shift()
      this.#print(text)
      return
    }
    for (const vertex of record.vertexes ?? []) this.#see(vertex)
    for (const { id } of record.statuses ?? []) this.#config = /^exporting config (sha256:[a-f0-9]{64})$/.exec(id)?.[1] ?? this.#config
    // Each comes with the whole Dockerfile, which is not kept.
    for (const { short, url, range, sourceInfo } of record.warnings ?? []) {
      if (this.#checks.length < mostChecks)
        this.#checks.push({ short, ...(url ? { url } : {}), range: range ?? [], sourceInfo: { filename: sourceInfo?.filename ?? '' } })
    }
    for (const { vertex, data } of record.logs ?? []) this.#log(vertex, Buffer.from(data, 'base64').toString())
  }

  get steps(): StepCount {
    const steps = this.stepReports
    return { hit: steps.filter(({ cached }) => cached).length, total: steps.length }
  }

  get stepReports(): readonly StepReport[] {
    const steps = [...this.#vertices.values()].filter(({ name }) => name.startsWith('[') && !internal.test(name) && !/\] FROM /.test(name))
    return steps.map((vertex) => {
      const ms = vertex.cached ? undefined : tookMs(vertex)
      return { name: vertex.name.replace(/\s+/g, ' ').slice(0, 200), cached: vertex.cached === true, ...(ms === undefined ? {} : { ms }) }
    })
  }

  get cacheTimes(): CacheTimes {
    const longest = (start: RegExp) => {
      const times = [...this.#vertices.values()]
        .filter(({ name }) => aboutCache.test(name) && start.test(name))
        .flatMap((one) => tookMs(one) ?? [])
      return times.length > 0 ? Math.max(...times) : undefined
    }
    const [importMs, exportMs] = [longest(/^importing/), longest(/^exporting/)]
    return { ...(importMs === undefined ? {} : { importMs }), ...(exportMs === undefined ? {} : { exportMs }) }
  }

  /** What went wrong with the layer cache, which does not break a build. */
  get cacheTrouble(): string | undefined {
    const troubled = [...this.#vertices.values()].filter(({ name, error }) => error && aboutCache.test(name))
    const vertex = troubled.find(({ name, error = '' }) => !(/^importing/.test(name) && notYet.test(error)))
    return vertex && `${vertex.name.replace(/ from gha:.*/, '')}: ${oneLine(vertex.error ?? '')}`
  }

  /** The image is where it was to go; what may follow is the export of a cache. */
  get exported(): boolean {
    return this.#exported
  }

  /** The digest of the configuration, as it was said of the last that was exported: no proof, but enough to ask for it. */
  get config(): string | undefined {
    return this.#config
  }

  get failed(): FailedStep | undefined {
    const vertex = [...this.#vertices.values()].find(({ name, error }) => error && !aboutCache.test(name) && !stoppedStep.test(error))
    return vertex
      ? {
          name: vertex.name,
          names: [...(this.#names.get(vertex.digest) ?? [])],
          error: vertex.error ?? '',
          output: this.#output.get(vertex.digest) ?? [],
        }
      : undefined
  }

  /** The steps that run now, or ran when the build was stopped, by every name they were told under. */
  get running(): readonly Omit<FailedStep, 'error'>[] {
    return [...this.#vertices.values()]
      .filter(({ started, completed, cached, error }) => started && !cached && (!completed || stoppedStep.test(error ?? '')))
      .map(({ digest, name }) => ({ name, names: [...(this.#names.get(digest) ?? [])], output: this.#output.get(digest) ?? [] }))
  }

  /** The last lines that buildx itself said, its own error among them. */
  get said(): readonly string[] {
    return this.#said
  }

  /** What BuildKit's checks of the Dockerfile found, as often as it was told. */
  get checks(): readonly CheckRecord[] {
    return this.#checks
  }

  /** Where in the Dockerfile the build broke, as buildx shows it. */
  get excerpt(): Excerpt | undefined {
    return this.#excerpt
  }

  #see(vertex: Vertex): void {
    const seen = { ...this.#vertices.get(vertex.digest), ...vertex }
    this.#vertices.set(vertex.digest, seen)
    if (seen.name === 'exporting to image' && seen.completed && !seen.error) this.#exported = true
    this.#names.set(vertex.digest, (this.#names.get(vertex.digest) ?? new Set()).add(vertex.name))
    const tell = (state: string, text: string) => {
      if (this.#told.has(`${state} ${vertex.digest}`)) return
      this.#told.add(`${state} ${vertex.digest}`)
      this.#print(text)
    }
    const name = seen.name.replace(/\s+/g, ' ')
    if (internal.test(seen.name) && !seen.error) return
    if (seen.cached) {
      tell('end', `CACHED ${name}`)
      return
    }
    if (seen.started) tell('start', name)
    if (seen.error) tell('end', `ERROR ${name}: ${oneLine(seen.error)}`)
    else if (seen.completed && seen.started) {
      const seconds = (Date.parse(seen.completed) - Date.parse(seen.started)) / 1000
      if (seconds >= 0.1) tell('end', `done ${name} (${seconds.toFixed(1)} s)`)
    }
  }

  #log(digest: string, data: string): void {
    const output = this.#output.get(digest) ?? []
    this.#output.set(digest, output)
    for (const line of data.split(/\r\n|\r|\n/)) {
      if (line === '') continue
      output.push(line.slice(0, longest))
      if (output.length > keptOfStep) output.shift()
      this.#print(line)
    }
  }
}

function parseRecord(text: string): Record_ | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Record_
  } catch {
    return undefined
  }
}
