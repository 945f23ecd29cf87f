import type { Host } from '../host/host.ts'
import type { Credential } from './credential.ts'

/** Masks a login: its password, and both together as a request carries them. */
export function hideLogin(host: Pick<Host, 'hide'>, { username, password }: Credential): void {
  host.hide(password)
  host.hide(Buffer.from(`${username}:${password}`).toString('base64'))
}
