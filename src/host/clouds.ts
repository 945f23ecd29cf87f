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

async function askGoogle(file: string): Promise<CloudToken> {
  const { GoogleAuth } = await import('google-auth-library')
  const auth = new GoogleAuth({ keyFilename: file, scopes: ['https://www.googleapis.com/auth/cloud-platform'] })
  const token = await auth.getAccessToken()
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
