import type { AttestInput, Problem } from '../inputs/inputs.ts'
import type { Event } from '../plan/event.ts'
import type { PushDecision } from '../plan/push-policy.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Where GitHub has a Sigstore of its own: https://docs.github.com/actions/concepts/security/artifact-attestations */
const attesting = /^https:\/\/(github\.com|[a-z0-9-]+\.ghe\.com)$/

/**
 * Why this run cannot sign, as far as that is known before anything is done; undefined when it can, or has nothing to
 * sign as nothing is pushed. What the token of the job may is known only when it is used.
 */
export function missingToAttest(
  attest: AttestInput,
  push: PushDecision,
  event: Event,
  env: Variables,
  token: string | undefined,
): Problem | undefined {
  if (attest === 'off' || !push.push) return undefined
  const problem = (reason: string, example: string): Problem => ({ input: 'attest', value: attest, reason, example })
  if (event.source === 'git')
    return problem('and this is no job of GitHub Actions, which alone has an identity to sign with', 'attest: off')
  if (!attesting.test(event.serverUrl))
    return problem(`and ${event.serverUrl} has no attestations: only github.com and ghe.com do`, 'attest: off')
  if (!env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
    return problem(
      'and the job may not ask for an identity to sign with: it lacks the permission id-token: write',
      'permissions: { id-token: write, attestations: write }',
    )
  if (!token) return problem('and there is no github-token to store it with', 'github-token: ${{ github.token }}')
  return undefined
}
