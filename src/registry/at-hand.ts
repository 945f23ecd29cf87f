import { type Access, loginFor, type Use } from '../plan/access.ts'
import type { Credential } from './credential.ts'

/** The login that is at hand without starting a program or asking a cloud for it. */
export function atHand(access: Access | undefined, use: Use): Credential | undefined {
  const login = loginFor(access, use)
  if (login.kind === 'given') return login.credential
  return login.kind === 'job' && login.login.kind === 'credential' ? login.login.credential : undefined
}
