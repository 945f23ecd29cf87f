import type { FailureCode } from '../errors.ts'

/** What a refusal means: by its status, where there is one, and by the registry's own words. The first that fits is taken. */
export type Refusal = Readonly<{ code: FailureCode; statuses?: ReadonlySet<number>; words?: RegExp }>

const of = (...statuses: readonly number[]): ReadonlySet<number> => new Set(statuses)

/**
 * The words that registries use. Codes in capitals are those of the distribution specification; the rest is what each says
 * of its own (__tests__/registry/registry-error.test.ts has their answers).
 */
export const refusals: readonly Refusal[] = [
  { code: 'layer-too-large', statuses: of(413) },
  { code: 'rate-limited', statuses: of(429) },
  // An answer with 4xx says so for good; some registries use 400, 403, 405, 409 or 412 for it.
  { code: 'tag-immutable', words: /immutab|cannot be overwritten|disallowed on this registry, repository or image|tag is locked/i },
  { code: 'quota-exceeded', statuses: of(507) },
  {
    code: 'quota-exceeded',
    words: /quota|storage limit|upper limit|insufficient storage|exceeds? the (configured|allowed) (storage|limit)/i,
  },
  { code: 'layer-too-large', words: /SIZE_INVALID|(entity|layer|blob|body)( is)? too large|maximum (allowed )?(layer|blob) size/i },
  { code: 'rate-limited', words: /TOOMANYREQUESTS|too many requests|rate limit/i },
  { code: 'repository-missing', words: /NAME_UNKNOWN|name unknown|(repository|project)\b.{0,200}\b(does not exist|not found)/is },
  // ECR says 403 of a token that has run out.
  { code: 'registry-unauthorized', statuses: of(401), words: /token has expired/i },
  { code: 'registry-denied', statuses: of(403, 404, 405) },
]

/** What the engine says of a refusal, without its status. */
export const engineRefusals: readonly Refusal[] = [
  ...refusals,
  { code: 'registry-unauthorized', words: /unauthorized|authentication required|401/i },
  { code: 'registry-denied', words: /denied|forbidden|403|404|not found|does not exist/i },
]

/** The code of the first row that fits a refusal; undefined when none does. */
export function codeOf(rows: readonly Refusal[], status: number | undefined, text: string): FailureCode | undefined {
  return rows.find((row) => (status !== undefined && row.statuses?.has(status)) || row.words?.test(text))?.code
}
