import type { Asked, Fault, FaultRule, Often, Seen } from '../../__tests__/doubles/fault-proxy.ts'
import { everythingAsked } from '../../__tests__/doubles/fault-proxy.ts'

/** How the image gets to the registry: by the engine through our relay, or its files by our own client. */
export type Road = 'engine' | 'files'
export const roads: readonly Road[] = ['engine', 'files']

/** One cell of the table: what goes wrong, of which request, how often, on which road. */
export type Cell = Readonly<{ fault: string; rule: FaultRule; often: string; road: Road }>

/** Trouble that passes. */
export const passing: Readonly<Record<string, Fault>> = {
  '503': { kind: 'status', status: 503 },
  '429': { kind: 'status', status: 429 },
  '429, Retry-After 2 s': { kind: 'status', status: 429, retryAfter: '2' },
  '408': { kind: 'status', status: 408 },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  truncated: { kind: 'truncated' },
  '401, once': { kind: 'expired' },
}

export const oftens: Readonly<Record<string, Often>> = {
  once: { times: 1 },
  '3 times': { times: 3 },
  'for 20 s': { forMs: 20_000 },
  'for 60 s': { forMs: 60_000 },
}

/** A login that is refused for good is no weather: there is one cell of it for each request. */
export const passingCells: readonly Cell[] = roads.flatMap((road) =>
  Object.entries(passing).flatMap(([fault, kind]) =>
    everythingAsked.flatMap((on) =>
      Object.entries(oftens).flatMap(([often, value]) =>
        kind.kind === 'expired' && (often !== 'once' || on === 'token')
          ? []
          : [{ fault, often, road, rule: { on, fault: kind, often: value } }],
      ),
    ),
  ),
)

const always: Often = { times: Number.POSITIVE_INFINITY }
const refusal = (status: number, code: string, message: string): Fault => ({
  kind: 'status',
  status,
  body: JSON.stringify({ errors: [{ code, message }] }),
})
const denied = refusal(403, 'DENIED', 'permission_denied: write_package')

/** What does not pass, and the code that the run has to end with. */
export const finalCells: readonly (Cell & Readonly<{ code: string }>)[] = roads.flatMap((road) =>
  (
    [
      ['400', 'PUT manifest', refusal(400, 'MANIFEST_INVALID', 'manifest invalid'), 'registry-refused'],
      ['401', 'token', refusal(401, 'UNAUTHORIZED', 'incorrect username or password'), 'registry-unauthorized'],
      ['403', 'token', denied, 'registry-denied'],
      ['403', 'POST blob', denied, 'registry-denied'],
      ['403', 'PUT blob', denied, 'registry-denied'],
      ['403', 'PUT manifest', denied, 'registry-denied'],
      ['404', 'POST blob', refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry'), 'repository-missing'],
      ['413', 'PUT blob', refusal(413, 'SIZE_INVALID', 'too large'), 'layer-too-large'],
      ['413, hangs up', 'PUT blob', { ...refusal(413, 'SIZE_INVALID', 'too large'), early: true }, 'layer-too-large'],
      [
        'quota',
        'PUT blob',
        refusal(403, 'DENIED', 'adding 29.0 MiB of storage resource will exceed the configured upper limit'),
        'quota-exceeded',
      ],
      [
        'immutable',
        'PUT manifest',
        refusal(
          400,
          'TAG_INVALID',
          "The image tag 'latest' already exists in the 'iris' repository and cannot be overwritten because the tag is immutable.",
        ),
        'tag-immutable',
        /sha-1f2e3d4|latest/,
      ],
      ['429 for an hour', 'POST blob', { kind: 'status', status: 429, retryAfter: '3600' }, 'rate-limited'],
    ] as readonly (readonly [string, Asked, Fault, string, RegExp?])[]
  ).map(([fault, on, kind, code, paths]) => ({
    fault,
    often: 'always',
    road,
    code,
    rule: { on, fault: kind, often: always, ...(paths ? { paths } : {}) },
  })),
)

/** Whether nobody came back to the same place before the pause that he was asked to make was over, give or take a second. */
export function keptPause({ rule: { fault } }: Cell, seen: readonly Seen[]): boolean {
  const pause = fault.kind === 'status' ? Number(fault.retryAfter ?? 0) * 1_000 : 0
  if (pause === 0) return true
  return seen.every((one, index) => {
    if (one.ended !== 429) return true
    const next = seen.slice(index + 1).find(({ method, path }) => method === one.method && path === one.path)
    return next === undefined || next.at - one.at >= pause - 1_000 || one.asked === 'POST blob'
  })
}
