import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { judgeReady, parseAnswer, valueAt } from './condition.ts'
import type { Contract, ReadyCheck } from './contract.ts'
import type { ModelList } from './presets/preset.ts'
import type { Look, Seen, Watcher } from './readiness.ts'

/** Also bounds how many probes are under way. */
const probeTimeoutMs = 5_000
const largestAnswer = 64 << 10
const bodyKept = 500

/** An answer of a server, as text, or why there was none. */
export type Answered =
  | Readonly<{ kind: 'answer'; path: string; status: number; body: string }>
  | Readonly<{ kind: 'silence'; error: string }>

/** A server under test: where it is, and what every request to it carries. */
export type Server = Readonly<{ host: Pick<Host, 'request'>; baseUrl: string; headers: Readonly<Record<string, string>> }>

/** One request that must not change anything. */
export async function probe(
  { host, baseUrl, headers }: Server,
  path: string,
  signal: AbortSignal,
  method: 'GET' | 'POST' = 'GET',
): Promise<Answered> {
  const body = method === 'POST' ? { body: '{}' } : {}
  const sent = { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }
  try {
    const answer = await host.request({
      method,
      url: baseUrl + path,
      headers: sent,
      ...body,
      timeoutMs: probeTimeoutMs,
      maxBytes: largestAnswer,
      signal,
    })
    return { kind: 'answer', path, status: answer.status, body: new TextDecoder().decode(answer.body) }
  } catch (error) {
    return { kind: 'silence', error: messageOf(error) }
  }
}

/** What an answer leaves behind, with why it is not good. */
export function seenOf(answered: Answered, because: string): Seen {
  return answered.kind === 'silence' ? answered : { ...answered, body: answered.body.slice(0, bodyKept), because }
}

const nameOf = (held: unknown): readonly string[] => {
  if (typeof held === 'string') return [held]
  const { name, id } = (held ?? {}) as Readonly<{ name?: unknown; id?: unknown }>
  return [name, id].filter((text) => typeof text === 'string').slice(0, 1)
}

/** The models that a server lists, by the first list that it has; else what it said instead. */
export async function findModels(server: Server, lists: readonly ModelList[], signal: AbortSignal): Promise<readonly string[] | Seen> {
  let instead: Seen = { kind: 'silence', error: 'no answer' }
  for (const { method, path, at } of lists) {
    const answered = await probe(server, path, signal, method)
    if (answered.kind === 'silence') return answered
    const listed = answered.status === 200 ? valueAt(parseAnswer(answered.body), at) : undefined
    if (!Array.isArray(listed)) {
      instead = seenOf(answered, answered.status === 200 ? 'it is no list of models' : `status ${answered.status}`)
      continue
    }
    const names = [...new Set(listed.flatMap(nameOf))]
    return names.length > 0 ? names : seenOf(answered, 'it lists no model')
  }
  return instead
}

/** Watches one path of a contract; where it names a model, the path of every model that there is. */
export function watchCheck(server: Server, { path, condition }: ReadyCheck, model: Contract['model']): Watcher {
  return async (signal): Promise<Look> => {
    const named = path.includes('{model}')
    const models = !named ? [''] : typeof model === 'string' ? [model] : await findModels(server, model ?? [], signal)
    if ('kind' in models) return { kind: 'waiting', seen: models }
    let status = 0
    for (const name of models) {
      const answered = await probe(server, path.replace('{model}', encodeURIComponent(name)), signal)
      if (answered.kind === 'silence') return { kind: 'waiting', seen: answered }
      const verdict = judgeReady(condition, answered.status, answered.body)
      if (verdict.kind !== 'ready') return { kind: verdict.kind, seen: seenOf(answered, verdict.because) }
      status = answered.status
    }
    const [first = ''] = models
    return {
      kind: 'ready',
      path: path.replace('{model}', encodeURIComponent(first)),
      status,
      proof: 'health',
      ...(named ? { model: first } : {}),
    }
  }
}
