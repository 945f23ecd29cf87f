import { ActionError } from '../../errors.ts'
import type { Host } from '../../host/host.ts'
import { askCloud, secretField } from './ask.ts'

/**
 * An ID token of GitHub for this job and this audience (docs.github.com, "OpenID Connect reference").
 * @throws ActionError registry-unauthorized when the job gets none
 */
export async function askIdToken(host: Host, audience: string): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = host.env
  if (!url || !token)
    throw new ActionError(
      'registry-unauthorized',
      'GitHub gives this job no ID token: it needs "permissions: id-token: write", which a pull request from a fork never gets.',
    )
  const address = new URL(url)
  address.searchParams.set('audience', audience)
  const answer = await askCloud(host, "GitHub's ID token service", {
    method: 'GET',
    url: address.href,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  })
  return secretField(host, answer, 'value', 'GitHub gives no ID token')
}
