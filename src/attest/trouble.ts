import { ActionError, messageOf } from '../errors.ts'

/** What of Sigstore failed, by the code of @sigstore/sign. */
const parts: Readonly<Record<string, string>> = {
  IDENTITY_TOKEN_READ_ERROR:
    'GitHub gives this job no identity to sign with. It needs "permissions: id-token: write", and must not be about a fork',
  IDENTITY_TOKEN_PARSE_ERROR: 'What GitHub gives as the identity of this job is no token',
  CA_CREATE_SIGNING_CERTIFICATE_ERROR: 'Sigstore issues no certificate (Fulcio)',
  TLOG_CREATE_ENTRY_ERROR: "Sigstore's log takes no entry (Rekor)",
  TLOG_FETCH_ENTRY_ERROR: "Sigstore's log does not show its entry (Rekor)",
  TSA_CREATE_TIMESTAMP_ERROR: 'The timestamp authority gives no time stamp',
}

/** Statuses of GitHub's store that have a reason of their own. */
const refusals: Readonly<Record<number, string>> = {
  401: 'GitHub does not take the attestation: github-token is not valid',
  403: 'GitHub does not take the attestation: the job needs "permissions: attestations: write"',
  404: 'GitHub does not take the attestation: it has no attestations for this repository (private ones need Enterprise Cloud), or the job may not write them ("permissions: attestations: write")',
}

type Failed = Readonly<{ code?: unknown; status?: unknown; cause?: unknown }>

/** What made the attempt to attest fail, in one sentence without a token in it. */
export function troubleText(error: unknown): string {
  const { code, status, cause } = (error ?? {}) as Failed
  if (error instanceof ActionError) return error.message
  const part = typeof code === 'string' ? parts[code] : undefined
  // Its message holds the token.
  if (code === 'IDENTITY_TOKEN_PARSE_ERROR') return `${part}.`
  if (part !== undefined) return `${part}${cause === undefined ? '' : `: ${messageOf(cause)}`}.`
  const refused = typeof status === 'number' ? (refusals[status] ?? `GitHub does not take the attestation (${status})`) : undefined
  return refused === undefined ? `${messageOf(error)}.` : `${refused} (${messageOf(error)}).`
}

/** Whether GitHub says of a statement itself that it does not take it: trying again, or with more rights, changes nothing. */
export function isUntaken(error: unknown): boolean {
  return (error as Failed | undefined)?.status === 422
}

const transient = new Set([408, 429, 500, 502, 503, 504])

/** Whether the same request to GitHub's store may succeed a little later; a network that is not there counts as 500. */
export function mayPass(error: unknown): boolean {
  const { status } = (error ?? {}) as Failed
  return typeof status === 'number' && transient.has(status)
}
