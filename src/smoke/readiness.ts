import type { Host } from '../host/host.ts'
import type { PresetName } from './presets/names.ts'
import { tellEveryMs } from './waiting.ts'

/** What was seen last of a service that is not ready: an answer, and why it is not good, or why there is none. */
export type Seen =
  | Readonly<{ kind: 'answer'; path: string; status: number; body: string; because: string }>
  | Readonly<{ kind: 'silence'; error: string }>

/** A first good answer. `proof: 'listening'`: the server answers, but no path of it tells of health. */
export type Good = Readonly<{ kind: 'ready'; path: string; status: number; proof: 'health' | 'listening'; model?: string }>

/** One look at a service. */
export type Look =
  | Good
  | Readonly<{ kind: 'waiting'; seen: Seen }>
  | Readonly<{ kind: 'never'; seen: Seen }>
  /** By what it answers it is a server with a contract of its own. */
  | Readonly<{ kind: 'recognised'; preset: PresetName; by: string }>
  /** It listens on another port of the container, reached by this address. */
  | Readonly<{ kind: 'elsewhere'; port: number; baseUrl: string }>

/** Looks at one side of a service. Called again while earlier looks are under way; never throws. */
export type Watcher = (signal: AbortSignal) => Promise<Look>

/** How the wait for a first good answer ended. `goods` has one for each watcher. */
export type Readiness =
  | Readonly<{ kind: 'ready'; afterMs: number; goods: readonly Good[] }>
  | Readonly<{ kind: 'late'; seen?: Seen }>
  | Readonly<{ kind: 'ended' }>
  | Exclude<Look, Readonly<{ kind: 'ready' | 'waiting' }>>

/** Every 50 ms for 10 s, then 100 ms (spec: noticed within 100 ms). */
const eager = { everyMs: 50, forMs: 10_000 }
const patientMs = 100

/**
 * Looks again and again until every watcher has seen a good answer, one sees that waiting is in vain, the time is over,
 * or `ended` settles (the container stopped, or the run). Looks overlap: one that hangs never delays the next.
 * `aside` looks beside them at what else may be; what it resolves with ends the wait, undefined does not. `tell` gets what
 * was seen last, every 15 s.
 */
export async function untilReady(
  host: Pick<Host, 'sleep' | 'now'>,
  watchers: readonly Watcher[],
  timeoutMs: number,
  ended: Promise<unknown>,
  aside?: (answered: () => boolean, signal: AbortSignal) => Promise<Look | undefined>,
  tell: (seen: Seen | undefined) => void = () => {},
): Promise<Readiness> {
  const start = host.now()
  const stop = new AbortController()
  const goods = new Map<Watcher, Good>()
  const seen = new Map<Watcher, Seen>()
  let found: Readiness | undefined
  let told = start

  const end = (how: Readiness) => {
    found ??= how
    stop.abort()
  }
  const take = (watcher: Watcher, look: Look) => {
    if (stop.signal.aborted) return
    if (look.kind === 'waiting') {
      // That it has answered once tells more than that it does not now.
      if (look.seen.kind === 'answer' || seen.get(watcher)?.kind !== 'answer') seen.set(watcher, look.seen)
    } else if (look.kind !== 'ready') end(look)
    else {
      if (!goods.has(watcher)) goods.set(watcher, look)
      if (goods.size === watchers.length)
        end({ kind: 'ready', afterMs: host.now() - start, goods: watchers.flatMap((each) => goods.get(each) ?? []) })
    }
  }
  const seenLast = (): Seen | undefined => {
    const last = watchers.filter((watcher) => !goods.has(watcher)).flatMap((watcher) => seen.get(watcher) ?? [])
    return last.find(({ kind }) => kind === 'answer') ?? last[0]
  }
  const gone = ended.then(() => end({ kind: 'ended' }))
  const answered = () => goods.size > 0 || [...seen.values()].some(({ kind }) => kind === 'answer')
  void aside?.(answered, stop.signal).then((look) => look && look.kind !== 'ready' && look.kind !== 'waiting' && end(look))

  while (!found) {
    const waited = host.now() - start
    if (waited >= timeoutMs) break
    if (host.now() - told >= tellEveryMs) {
      told = host.now()
      tell(seenLast())
    }
    for (const watcher of watchers) if (!goods.has(watcher)) void watcher(stop.signal).then((look) => take(watcher, look))
    await Promise.race([host.sleep(waited < eager.forMs ? eager.everyMs : patientMs, stop.signal).catch(() => undefined), gone])
  }
  stop.abort()
  if (found) return found
  const last = seenLast()
  return { kind: 'late', ...(last === undefined ? {} : { seen: last }) }
}
