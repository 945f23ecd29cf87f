import type {
  Annotation,
  Captured,
  Command,
  Ended,
  Host,
  HttpAnswer,
  HttpRequest,
  RelayRequest,
  RelayRules,
  RelayStep,
  Trace,
} from '../src/host/host.ts'
import { maskIn } from '../src/host/secret-forms.ts'
import { createFiles, type MemoryFiles } from './memory-files.ts'
import { createClock } from './virtual-clock.ts'

export type CaptureScript = Partial<Captured> | ((command: Command) => Partial<Captured> | Promise<Partial<Captured>>)
export type StreamAnswer = Readonly<{ lines?: readonly string[]; ended?: Ended; takes?: number; act?: (command: Command) => void }>
export type StreamScript = StreamAnswer | ((command: Command) => StreamAnswer | Promise<StreamAnswer>)
export type Answer = Readonly<{ status?: number; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array; takes?: number }>
export type RequestScript = Answer | ((asked: HttpRequest) => Answer | Promise<Answer>)

/** Scripts by the beginning of what they answer: words of an argv, or method and URL. The longest that fits is taken. */
type Scripts<T> = Readonly<Record<string, T>>

export type Overrides = Partial<
  Pick<
    Host,
    | 'kind'
    | 'hostname'
    | 'env'
    | 'workspace'
    | 'runId'
    | 'repository'
    | 'commitTime'
    | 'compareCommits'
    | 'runNumbers'
    | 'changedCommandFiles'
    | 'packageCache'
    | 'attestations'
    | 'comments'
    | 'cloudToken'
  >
> &
  Readonly<{ files?: MemoryFiles; capture?: Scripts<CaptureScript>; stream?: Scripts<StreamScript>; request?: Scripts<RequestScript> }>

export type FakeRelay = Readonly<{ port: number; send: (request: Partial<RelayRequest>) => Promise<RelayStep>; isClosed: () => boolean }>

type Kept = Readonly<{
  summaries: string[]
  annotations: Annotation[]
  traces: Trace[]
  /** What was logged, stages' lines and results too. */
  lines: string[]
  notices: string[]
  hidden: string[]
  commands: Command[]
  requests: HttpRequest[]
  exported: Map<string, string>
  artifacts: string[]
  relays: FakeRelay[]
}>

export type FakeHost = Host &
  Kept &
  Readonly<{
    files: MemoryFiles
    outputs: Map<string, string>
    /** argv of every command so far, in order, as one text each. */
    argvs: () => readonly string[]
  }>

function scriptFor<T>(scripts: Scripts<T> | undefined, text: string): T {
  const [best] = Object.entries(scripts ?? {})
    .filter(([beginning]) => text.startsWith(beginning))
    .toSorted(([a], [b]) => b.length - a.length)
  if (!best) throw new Error(`nothing is scripted for: ${text}`)
  return best[1]
}

function createRelay(rules: RelayRules, port: number): FakeRelay & { readonly count: () => number; readonly close: () => void } {
  let requests = 0
  let closed = false
  return {
    port,
    count: () => requests,
    close: () => {
      closed = true
    },
    isClosed: () => closed,
    send: async (request) => {
      requests++
      return await rules.route({
        method: 'GET',
        path: '/',
        headers: {},
        readBody: async () => new Uint8Array(),
        ...request,
      })
    },
  }
}

/** A host of which nothing is real: everything it is asked is scripted, everything it is told is kept. */
export function createFakeHost(overrides: Overrides = {}): FakeHost {
  const { now, sleep } = createClock()
  const kept: Kept = {
    summaries: [],
    annotations: [],
    traces: [],
    lines: [],
    notices: [],
    hidden: [],
    commands: [],
    requests: [],
    exported: new Map(),
    artifacts: [],
    relays: [],
  }
  const outputs = new Map<string, string>()
  const files = overrides.files ?? createFiles()
  const line = (text: string) => void kept.lines.push(text)
  return {
    kind: 'runner',
    env: { PATH: '/usr/bin', HOME: '/home/ci' },
    workspace: '/repo',
    hostname: 'runner',
    runId: 'f00dcafe0001',
    repository: async () => ({}),
    commitTime: async () => undefined,
    compareCommits: async () => Promise.reject(new Error('nothing is scripted for GitHub')),
    runNumbers: async () => Promise.reject(new Error('nothing is scripted for GitHub')),
    changedCommandFiles: () => [],
    cloudToken: async () => Promise.reject(new Error('nothing is scripted for a cloud')),
    ...overrides,
    ...kept,
    files,
    outputs,
    argvs: () => kept.commands.map(({ argv }) => argv.join(' ')),
    now,
    sleep,
    capture: async (command) => {
      kept.commands.push(command)
      const script = scriptFor(overrides.capture, command.argv.join(' '))
      return { exitCode: 0, stdout: '', stderr: '', ...(typeof script === 'function' ? await script(command) : script) }
    },
    letGo: (command) => void kept.commands.push(command),
    stream: async (command, { signal, timeoutMs = Number.POSITIVE_INFINITY, onLine }) => {
      if (signal.aborted) return { kind: 'stopped' }
      kept.commands.push(command)
      const script = scriptFor(overrides.stream, command.argv.join(' '))
      const answer = typeof script === 'function' ? await script(command) : script
      const { lines = [], ended = { kind: 'exited', exitCode: 0 }, takes = 0, act } = answer
      for (const text of lines) onLine(text, 'stdout')
      await waitFor(Math.min(takes, timeoutMs), signal)
      if (signal.aborted) return { kind: 'stopped' }
      if (takes > timeoutMs) return { kind: 'timeout' }
      act?.(command)
      return ended
    },
    request: async (asked): Promise<HttpAnswer> => {
      kept.requests.push(asked)
      const script = scriptFor(overrides.request, `${asked.method} ${asked.url}`)
      const { status = 200, headers = {}, body = '', takes = 0 } = typeof script === 'function' ? await script(asked) : script
      await waitFor(Math.min(takes, asked.timeoutMs), asked.signal)
      if (asked.signal?.aborted) throw new Error('This operation was aborted')
      if (takes > asked.timeoutMs) throw new Error(`timed out after ${asked.timeoutMs} ms`)
      if (asked.into !== undefined && status === 200) {
        files.writePrivate(asked.into, typeof body === 'string' ? body : new TextDecoder().decode(body))
        return { status, headers, body: new Uint8Array() }
      }
      return { status, headers, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
    },
    discard: async (folder) => void files.remove(folder),
    relay: async (rules) => {
      const relay = createRelay(rules, 41_001 + kept.relays.length)
      kept.relays.push(relay)
      return { port: relay.port, requests: relay.count, [Symbol.asyncDispose]: async () => relay.close() }
    },
    hide: (secret) => void kept.hidden.push(secret),
    masked: (text) => maskIn(text, kept.hidden),
    secrets: () => kept.hidden,
    inflate: (source) => source,
    output: (name, value) => void outputs.set(name, value),
    declareArtifact: (reference) => void kept.artifacts.push(reference),
    exportVariable: (name, value) => void kept.exported.set(name, value),
    summary: (markdown) => void kept.summaries.push(markdown),
    annotate: (annotation) => void kept.annotations.push(annotation),
    annotationRoom: (level) => 10 - kept.annotations.filter((one) => one.level === level).length,
    leave: (trace) => void kept.traces.push(trace),
    log: {
      line,
      notice: (text) => void kept.notices.push(text),
      warning: line,
      stage: (stage) => ({ line, close: (result) => line(`${stage}: ${result}`) }),
    },
  }

  /** Until the time is over or the signal says stop; for ever, if so scripted. */
  async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (ms === 0) return
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race(Number.isFinite(ms) ? [sleep(ms, signal).catch(() => undefined), aborted] : [aborted])
  }
}
