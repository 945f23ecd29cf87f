import type { HttpRequest } from '../../src/host/host.ts'
import type { Answer } from '../fake-host.ts'

const fieldsOf = (asked: HttpRequest) => new URLSearchParams(typeof asked.body === 'string' ? asked.body : '')
const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

type Options = Readonly<{
  registry: string
  tenant: string
  client: string
  /** What proves the application: its secret, or the ID token it is federated with. */
  secret?: string
  assertion?: string
  /** The application has no role on the registry. */
  noRole?: true
}>

/**
 * GitHub's ID tokens, Microsoft Entra's token endpoint, and the OAuth2 endpoints of a container registry, as far as a
 * login goes (learn.microsoft.com, "OAuth 2.0 client credentials flow"; github.com/Azure/acr, docs/AAD-OAuth.md).
 */
export function createAcr({ registry, tenant, client, secret, assertion, noRole }: Options) {
  const entra = (asked: HttpRequest): Answer => {
    const fields = fieldsOf(asked)
    const proven = secret === undefined ? fields.get('client_assertion') === assertion : fields.get('client_secret') === secret
    if (fields.get('client_id') !== client)
      return json(400, {
        error: 'unauthorized_client',
        error_description: `AADSTS700016: Application with identifier '${fields.get('client_id')}' was not found.\r\nTrace ID: 1`,
      })
    if (!proven)
      return json(401, {
        error: 'invalid_client',
        error_description: 'AADSTS700213: No matching federated identity record found for presented assertion subject.\r\nTrace ID: 1',
      })
    if (fields.get('grant_type') !== 'client_credentials' || fields.get('scope') !== 'https://containerregistry.azure.net/.default')
      return json(400, { error: 'invalid_request' })
    return json(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'entra-token' })
  }
  const exchange = (asked: HttpRequest): Answer => {
    const fields = fieldsOf(asked)
    const right =
      fields.get('grant_type') === 'access_token' && fields.get('service') === registry && fields.get('access_token') === 'entra-token'
    if (!right || noRole)
      return json(401, {
        errors: [
          { code: 'UNAUTHORIZED', message: 'authentication required, visit https://aka.ms/acr/authorization for more information.' },
        ],
      })
    return json(200, { refresh_token: 'acr-refresh' })
  }
  return {
    answers: {
      [`POST https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`]: entra,
      [`POST https://${registry}/oauth2/exchange`]: exchange,
    },
  }
}

/** GitHub's service of ID tokens: one for each audience, to who has the job's token. */
export function idTokens(tokens: Readonly<Record<string, string>>) {
  return {
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://run.actions.example/idtoken?api-version=2.0', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runtime' },
    answers: {
      'GET https://run.actions.example/idtoken': (asked: HttpRequest): Answer => {
        const value = tokens[new URL(asked.url).searchParams.get('audience') ?? '']
        if (asked.headers?.['authorization'] !== 'Bearer runtime' || value === undefined) return json(401, { message: 'no' })
        return json(200, { count: 1, value })
      },
    },
  }
}
