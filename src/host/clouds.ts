import { readFileSync } from 'node:fs'
import type { CloudQuestion, CloudToken } from './host.ts'

type Keys = Readonly<{ id: string; secret: string }>

const credentialsOf = (keys: Keys | undefined) => (keys ? { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } } : {})

/** `AWS:password`, in base64. */
function ecrLogin(token: string | undefined, expires: Date | undefined): CloudToken {
  const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(token ?? '', 'base64').toString()) ?? []
  if (password === '') throw new Error('the answer holds no authorization token')
  return { username, password, ...(expires ? { expiresAt: expires.getTime() } : {}) }
}

async function askEcr(region: string, fips: boolean, keys: Keys | undefined): Promise<CloudToken> {
  const { ECRClient, GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr')
  const client = new ECRClient({ region, useFipsEndpoint: fips, ...credentialsOf(keys) })
  const { authorizationData: [data] = [] } = await client.send(new GetAuthorizationTokenCommand({}))
  return ecrLogin(data?.authorizationToken, data?.expiresAt)
}

/** The public registry has its API in one region alone. */
const publicRegion = 'us-east-1'

async function askEcrPublic(keys: Keys | undefined): Promise<CloudToken> {
  const { ECRPUBLICClient, GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr-public')
  const client = new ECRPUBLICClient({ region: publicRegion, ...credentialsOf(keys) })
  const { authorizationData: data } = await client.send(new GetAuthorizationTokenCommand({}))
  return ecrLogin(data?.authorizationToken, data?.expiresAt)
}

/** The name that an access token goes by (cloud.google.com/artifact-registry/docs/docker/authentication). */
const googleUser = 'oauth2accesstoken'

const googleScopes = ['https://www.googleapis.com/auth/cloud-platform']

type GoogleFile = Readonly<{
  type?: string
  client_email?: string
  private_key?: string
  private_key_id?: string
  credential_source?: object
}>

/** The client for a kind of credentials. By its own class where there is one for us: the general way warns of every file it reads. */
async function googleClient(file: string) {
  const { GoogleAuth, IdentityPoolClient, JWT } = await import('google-auth-library')
  const told = JSON.parse(readFileSync(file, 'utf8')) as GoogleFile
  const { client_email: email, private_key: key, private_key_id: keyId } = told
  if (told.type === 'service_account' && email && key) return new JWT({ email, key, ...(keyId ? { keyId } : {}), scopes: googleScopes })
  const source = told.credential_source ?? {}
  if (told.type === 'external_account' && ('url' in source || 'file' in source))
    return new IdentityPoolClient({ ...(told as ConstructorParameters<typeof IdentityPoolClient>[0]), scopes: googleScopes })
  return await new GoogleAuth({ keyFilename: file, scopes: googleScopes }).getClient()
}

async function askGoogle(file: string): Promise<CloudToken> {
  const { token } = await (await googleClient(file)).getAccessToken()
  if (!token) throw new Error('the answer holds no access token')
  return { username: googleUser, password: token }
}

/** Asks a cloud by its own library, each loaded when it is asked. */
export async function cloudToken(asked: CloudQuestion): Promise<CloudToken> {
  switch (asked.kind) {
    case 'ecr':
      return await askEcr(asked.region, asked.fips, asked.keys)
    case 'ecr-public':
      return await askEcrPublic(asked.keys)
    case 'google':
      return await askGoogle(asked.file)
  }
}
