import type { Host } from '../host/host.ts'
import { type CredentialInputs, secretsGiven } from '../inputs/inputs.ts'
import type { Given } from '../inputs/reader.ts'
import type { Event } from '../plan/event.ts'
import { secretsOf } from './credential.ts'

/** Hides what is known to be secret before anything was read. */
export function hideGiven(host: Pick<Host, 'hide'>, given: Given): void {
  for (const secret of [given.get('password'), given.get('github-token')]) if (secret?.trim()) host.hide(secret.trim())
}

/** Hides every secret of the inputs, and the forms that logins send it in. */
export function hideLogins(
  host: Pick<Host, 'hide'>,
  { credentials }: Readonly<{ credentials: CredentialInputs }>,
  event: Pick<Event, 'actor'>,
): void {
  const { username = event.actor, password, githubToken, auths = [] } = credentials
  const pairs = [
    { username, password },
    { username, password: githubToken },
    ...auths.map((one) => ({ username: one.username ?? '', password: one.password })),
  ]
  for (const secret of secretsGiven(credentials)) host.hide(secret)
  for (const pair of pairs) {
    const { password: secret } = pair
    if (secret !== undefined) for (const form of secretsOf({ ...pair, password: secret })) host.hide(form)
  }
}
