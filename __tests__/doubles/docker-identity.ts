import type { HttpRequest } from '../../src/host/host.ts'
import type { Answer } from '../fake-host.ts'

/** Docker's identity service: exchanges an ID token for one of Docker Hub (RFC 8693), by the rules of a connection. */
export function dockerIdentity(connection: string, idToken: string, refusal?: Answer) {
  return {
    'POST https://identity.docker.com/oauth/token': (asked: HttpRequest): Answer => {
      const fields = new URLSearchParams(String(asked.body))
      const told = Object.fromEntries(fields)
      const right =
        told['grant_type'] === 'urn:ietf:params:oauth:grant-type:token-exchange' &&
        told['subject_token_type'] === 'urn:ietf:params:oauth:token-type:id_token' &&
        told['subject_token'] === idToken &&
        told['connection_id'] === connection &&
        Number(told['expires_in']) >= 300
      if (refusal) return refusal
      return right
        ? { body: JSON.stringify({ access_token: 'hub-token', token_type: 'Bearer' }) }
        : { status: 401, body: '{"description":"access denied"}' }
    },
  }
}
