import type { Access } from '../plan/plan.ts'
import type { Credential } from './credential.ts'

/** The login that is at hand without starting a program for it. */
export function atHand(access: Access | undefined): Credential | undefined {
  if (access?.kind === 'given') return access.credential
  return access?.kind === 'job' && access.login.kind === 'credential' ? access.login.credential : undefined
}
