import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Operation } from './evidence.ts'
import type { Exchanged } from './witness.ts'

const withinMs = 1_000

/** Where services of the field tell that they are well. */
const usualHealthPaths = ['/healthz', '/health', '/ping', '/ready', '/readyz', '/livez', '/api/health', '/v2/health/ready', '/'] as const

/** The operations of an OpenAPI document, in its order; none of what is no such document. */
export function readOperations(text: string): readonly Operation[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return []
  }
  const paths = (document as { readonly paths?: unknown } | null)?.paths
  if (typeof paths !== 'object' || paths === null) return []
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys((methods as object | null) ?? {})
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
      .map((method) => ({ method: method.toUpperCase(), path })),
  )
}

/** Asks a service that was red where else it answers: its OpenAPI document, other health paths, TLS. */
export async function askAround(
  host: Pick<Host, 'request'>,
  origin: string,
  exchanges: readonly Exchanged[],
): Promise<Readonly<{ operations: readonly Operation[]; healthyPaths: readonly string[]; speaksTls: boolean }>> {
  const ask = async (url: string) => {
    try {
      const { status, body } = await host.request({ method: 'GET', url, timeoutMs: withinMs, maxBytes: 1 << 20 })
      return { status, body: new TextDecoder().decode(body), error: '' }
    } catch (error) {
      return { status: 0, body: '', error: messageOf(error) }
    }
  }
  if (!exchanges.some(({ status }) => status !== undefined)) {
    const { status, error } = await ask(`${origin.replace(/^http:/, 'https:')}/`)
    return { operations: [], healthyPaths: [], speaksTls: status > 0 || /certificate/i.test(error) }
  }
  const misplaced = exchanges.some(({ status }) => status === 404 || status === 405)
  if (!misplaced) return { operations: [], healthyPaths: [], speaksTls: false }
  const asked = new Set(exchanges.map(({ path }) => path))
  const [openapi, ...others] = await Promise.all([
    ask(`${origin}/openapi.json`),
    ...usualHealthPaths.filter((path) => !asked.has(path)).map(async (path) => ({ path, ...(await ask(origin + path)) })),
  ])
  return {
    operations: openapi.status === 200 ? readOperations(openapi.body) : [],
    healthyPaths: others.filter(({ status }) => status >= 200 && status < 300).map(({ path }) => path),
    speaksTls: false,
  }
}
