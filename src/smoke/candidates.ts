import type { Host } from '../host/host.ts'
import { judgeReady, parseAnswer, valueAt } from './condition.ts'
import type { Contract } from './contract.ts'
import type { PresetName } from './presets/names.ts'
import { type Answered, probe, type Server, seenOf } from './probe.ts'
import type { Look, Watcher } from './readiness.ts'

/** Paths by which services tell their health; the first is what is asked until anything answers. */
export const usualPaths = ['/health', '/healthz', '/health_check', '/ready', '/readyz', '/ping', '/livez', '/api/health'] as const
/** What other servers than the unknown answer, and where. */
const signatures: readonly Readonly<{ preset: PresetName; path: string; fits: (body: string) => boolean }>[] = [
  { preset: 'kserve-v1', path: '/', fits: (body) => valueAt(parseAnswer(body), ['status']) === 'alive' },
  { preset: 'litserve', path: '/', fits: (body) => /^"?litserve running"?$/.test(body.trim()) },
  { preset: 'oip-v2', path: '/v2/health/live', fits: (body) => valueAt(parseAnswer(body), ['live']) === true },
  {
    preset: 'cog',
    path: '/health-check',
    fits: (body) => /"status": ?"(UNKNOWN|STARTING|READY|BUSY|SETUP_FAILED|DEFUNCT|UNHEALTHY)"/.test(body),
  },
  { preset: 'truss', path: '/', fits: (body) => body.trim() === 'true' },
  { preset: 'vllm', path: '/v1/models', fits: (body) => valueAt(parseAnswer(body), ['object']) === 'list' },
  { preset: 'ray-serve', path: '/-/healthz', fits: (body) => body.trim() === 'success' },
]

/** A path that is not there is asked less often: each asking is a line in the server's log. */
const absentAgainMs = 500
/** How long a first good answer waits for the other paths. */
const graceMs = 300
/** How long the first path hangs until the others are asked without an answer to it. */
const hangsMs = 1_000
/** How long a server has answered 404 everywhere until the prediction is to tell. */
const nowhereMs = 1_000

type State = 'absent' | 'unready' | 'faulty' | 'good'
type Known = Readonly<{ state: State; answered: Extract<Answered, { kind: 'answer' }>; because: string; at: number }>

/** What an answer to a path says that may or may not be there. */
function stateOf(status: number, verdict: 'ready' | 'waiting' | 'never'): State {
  if (status >= 200 && status < 300) return verdict === 'ready' ? 'good' : 'unready'
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unready'
  return status >= 500 && status !== 501 ? 'faulty' : 'absent'
}

/**
 * Watches a service of which no health path is known. Ready is what answers 2xx without contradiction: of the usual
 * paths none may say "not yet" (`/health` of a server whose `/ready` is 503 proves nothing); `/` counts where none of
 * them is there, and where not even that, a path that shows that the application is up.
 */
export function watchCandidates(server: Server, host: Pick<Host, 'now' | 'sleep'>, contract: Contract, hasSample: boolean): Watcher {
  const condition = contract.healthExpect ?? ({ kind: 'not-falsy' } as const)
  const unrecognised = contract.by === ''
  const signs = unrecognised ? signatures : []
  const evidence = [contract.predict.path, '/openapi.json']
  const all = [...new Set([...usualPaths, '/', ...signs.map(({ path }) => path), ...evidence])]
  const known = new Map<string, Known>()
  const asking = new Map<string, number>()
  let firstAnswer: number | undefined
  let firstGood: number | undefined
  let silence: Answered = { kind: 'silence', error: 'no answer' }

  const ask = async (path: string, signal: AbortSignal) => {
    if (!asking.has(path)) asking.set(path, host.now())
    const answered = await probe(server, path, signal)
    asking.delete(path)
    if (answered.kind === 'silence') {
      silence = answered
      return
    }
    firstAnswer ??= host.now()
    const verdict = judgeReady(condition, answered.status, answered.body)
    const because = verdict.kind === 'ready' ? '' : verdict.because
    const state = stateOf(answered.status, verdict.kind)
    if (state === 'good') firstGood ??= host.now()
    known.set(path, { state, answered, because, at: host.now() })
  }
  const of = (paths: readonly string[], state: State) => paths.flatMap((path) => known.get(path) ?? []).find((each) => each.state === state)
  const good = ({ answered: { path, status } }: Known, proof: 'health' | 'listening'): Look => ({ kind: 'ready', path, status, proof })
  const waiting = ({ answered, because }: Known): Look => ({ kind: 'waiting', seen: seenOf(answered, because) })

  const decide = (): Look => {
    if (firstAnswer === undefined) return { kind: 'waiting', seen: seenOf(silence, '') }
    for (const { preset, path, fits } of signs) {
      const answered = known.get(path)?.answered
      if (answered && fits(answered.body))
        return { kind: 'recognised', preset, by: `GET ${path} answers ${answered.body.trim().slice(0, 60)}` }
    }
    const unready = of(usualPaths, 'unready')
    if (unready) return waiting(unready)
    const whole = all.every((path) => known.has(path))
    const some = known.get('/health') ?? known.values().next().value
    if (!whole && !(firstGood !== undefined && host.now() - firstGood >= graceMs))
      return some ? waiting(some) : { kind: 'waiting', seen: seenOf(silence, '') }
    const healthy = of(usualPaths, 'good')
    if (healthy) return good(healthy, 'health')
    const root = of(['/'], 'good')
    if (root) return good(root, 'health')
    const faulty = of([...usualPaths, '/'], 'faulty') ?? of(['/'], 'unready')
    if (faulty) return waiting(faulty)
    const application = evidence
      .flatMap((path) => known.get(path) ?? [])
      .find(({ answered: { status } }) => status < 300 || [400, 405, 415, 422].includes(status))
    if (application) return good(application, 'listening')
    if (hasSample && some && host.now() - firstAnswer >= nowhereMs) return good(some, 'listening')
    return some ? waiting(some) : { kind: 'waiting', seen: seenOf(silence, '') }
  }

  return async (signal) => {
    const now = host.now()
    const [first] = usualPaths
    const mute = firstAnswer === undefined && now - (asking.get(first) ?? now) < hangsMs
    if (mute) {
      await ask(first, signal)
      if (firstAnswer === undefined || signal.aborted) return decide()
    }
    const due = all.filter((path) => {
      const { state, at } = known.get(path) ?? {}
      // What the others say is asked as soon as there is any answer.
      if (asking.has(path) || (mute && at !== undefined)) return false
      return state !== 'absent' || now - (at ?? 0) >= absentAgainMs
    })
    const asked = Promise.all(due.map((path) => ask(path, signal)))
    // One that hangs holds up the others no longer than this.
    await Promise.race([asked, host.sleep(graceMs, signal).catch(() => undefined)])
    return decide()
  }
}
