import type { Host } from '../../host/host.ts'
import type { Login } from '../../plan/access.ts'
import type { Password } from '../credential.ts'
import { askCloud, form, secretField } from './ask.ts'
import { askIdToken } from './id-token.ts'

/** Both the service and the audience of the ID tokens it takes; as docker/login-action v4.5 asks it (src/dockerhub.ts). */
const identity = 'https://identity.docker.com'

/** Exchanges an ID token of the job for an access token of Docker Hub (RFC 8693). @throws ActionError */
export async function loginByIdToken(host: Host, { username, connection }: Extract<Login, { kind: 'dockerhub-oidc' }>): Promise<Password> {
  const subject = await askIdToken(host, identity)
  const answer = await askCloud(host, "Docker's identity service", {
    url: `${identity}/oauth/token`,
    ...form({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: subject,
      connection_id: connection.id,
      expires_in: String(connection.lifetime),
    }),
  })
  const failure = `Docker Hub gives ${username} no token for this job: check the rules of the OIDC connection ${connection.id}`
  return { username, password: secretField(host, answer, 'access_token', failure) }
}
