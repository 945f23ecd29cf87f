import { ActionError } from '../../errors.ts'
import type { Host } from '../../host/host.ts'
import type { AzureIdentity } from '../../plan/clouds.ts'
import type { IdentityToken } from '../credential.ts'
import { askCloud, form, secretField } from './ask.ts'
import { askIdToken } from './id-token.ts'

/** Who logs in to a container registry with a refresh token (github.com/Azure/acr, docs/AAD-OAuth.md). */
const nobody = '00000000-0000-0000-0000-000000000000'
/** What Entra expects as the audience of a federated token. */
const audience = 'api://AzureADTokenExchange'
/** Registries take tokens for this resource (docs: az acr login --expose-token). */
const scope = 'https://containerregistry.azure.net/.default'

async function proofFields(host: Host, { proof }: AzureIdentity): Promise<Readonly<Record<string, string>>> {
  if (proof.kind === 'secret') {
    host.hide(proof.secret)
    return { client_secret: proof.secret }
  }
  const assertion = proof.kind === 'id-token' ? await askIdToken(host, audience) : host.files.readText(proof.path)?.trim()
  if (!assertion)
    throw new ActionError('registry-unauthorized', 'The file that AZURE_FEDERATED_TOKEN_FILE names cannot be read, or is empty.')
  host.hide(assertion)
  return { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion }
}

/**
 * Exchanges what proves the job's identity for a token of Microsoft Entra, and that for a refresh token of the registry,
 * which lives three hours. @throws ActionError
 */
export async function loginByAzure(host: Host, registry: string, identity: AzureIdentity): Promise<IdentityToken> {
  const { tenant, client, authority } = identity
  const entra = await askCloud(host, 'Microsoft Entra', {
    url: `${authority}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    ...form({ client_id: client, grant_type: 'client_credentials', scope, ...(await proofFields(host, identity)) }),
  })
  const refused = `Microsoft Entra does not let the application ${client} log in: check AZURE_CLIENT_ID, AZURE_TENANT_ID and its federated credential`
  const accessToken = secretField(host, entra, 'access_token', refused)
  const exchanged = await askCloud(host, registry, {
    url: `https://${registry}/oauth2/exchange`,
    ...form({ grant_type: 'access_token', service: registry, tenant, access_token: accessToken }),
  })
  const unknown = `${registry} does not take the token of the application ${client}: it needs the role AcrPush there`
  return { kind: 'identity-token', username: nobody, token: secretField(host, exchanged, 'refresh_token', unknown) }
}
