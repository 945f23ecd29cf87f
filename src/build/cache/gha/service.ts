import type { Host, HttpAnswer, HttpRequest } from '../../../host/host.ts'

/** What a run does with the cache service: how long a call may take (ms), and how often it is tried. */
const servicePatience = { callMs: 5_000, tries: 3, pauseMs: 500, longestPauseMs: 5_000 } as const

/** Where version 2 of the service takes its calls. */
export const twirp = '/twirp/github.actions.results.api.v1.CacheService/'

export type ServiceAnswer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>

/** The cache service of a job, asked by us: never for long, and no more once it has failed. */
export interface CacheServiceClient {
  /** @throws Error when there is no answer that can be used; from then on at once */
  readonly call: (method: string, path: string, body: string | undefined) => Promise<ServiceAnswer>
  /** Where a request goes whose body only passes through, with the token. */
  readonly forwarded: (path: string) => Readonly<{ url: string; headers: Readonly<Record<string, string>> }>
  /** Why it is asked no more. */
  readonly trouble: () => string | undefined
  readonly giveUp: (why: string) => void
}

const retried = new Set([408, 429, 500, 502, 503, 504])

function pauseOf({ headers }: HttpAnswer, tries: number): number {
  const asked = Number(headers['retry-after']) * 1000
  return asked > 0 ? asked : servicePatience.pauseMs * 2 ** tries
}

function parseAnswer({ status, body }: HttpAnswer): ServiceAnswer {
  const text = new TextDecoder().decode(body)
  if (text === '') return { status, body: {} }
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null) throw new Error('no object')
  return { status, body: parsed as Readonly<Record<string, unknown>> }
}

const nameOf = (path: string) => path.split('?')[0]?.split('/').at(-1) ?? path

/**
 * BuildKit waits for this service without any limit, holds every build of its engine meanwhile, and takes no 5xx for
 * a reason to ask again. So we ask in its place.
 */
export function createCacheService(host: Pick<Host, 'request' | 'sleep'>, base: string, token: string): CacheServiceClient {
  let trouble: string | undefined
  const giveUp = (why: string) => {
    trouble ??= why
  }
  const ask = async (request: HttpRequest, name: string): Promise<ServiceAnswer> => {
    for (let tries = 1; ; tries++) {
      if (trouble !== undefined) throw new Error(trouble)
      const answer = await host.request(request)
      if (!retried.has(answer.status)) {
        if (answer.status === 401 || answer.status === 403) throw new Error(`${name} is answered with ${answer.status}`)
        return parseAnswer(answer)
      }
      const pause = pauseOf(answer, tries - 1)
      if (tries === servicePatience.tries || pause > servicePatience.longestPauseMs)
        throw new Error(`${name} is answered with ${answer.status}`)
      await host.sleep(pause)
    }
  }
  return {
    trouble: () => trouble,
    giveUp,
    forwarded: (path) => ({ url: `${base.replace(/\/$/, '')}${path}`, headers: { authorization: `Bearer ${token}` } }),
    call: async (method, path, body) => {
      const name = nameOf(path)
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json;api-version=6.0-preview.1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      try {
        return await ask(
          {
            method,
            url: `${base.replace(/\/$/, '')}${path}`,
            headers,
            timeoutMs: servicePatience.callMs,
            // Three calls for each layer.
            reuse: true,
            ...(body === undefined ? {} : { body }),
          },
          name,
        )
      } catch (error) {
        const said = error instanceof SyntaxError ? `${name} is answered with something else than JSON` : String((error as Error).message)
        giveUp(said.includes(name) ? said : `${name}: ${said}`)
        throw new Error(trouble)
      }
    },
  }
}
