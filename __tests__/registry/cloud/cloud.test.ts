import { describe, expect, test } from '@jest/globals'
import type { Login } from '../../../src/plan/access.ts'
import type { AzureProof } from '../../../src/plan/clouds.ts'
import { resolveCredential } from '../../../src/registry/open.ts'
import { createAcr, idTokens } from '../../doubles/acr.ts'
import { dockerIdentity } from '../../doubles/docker-identity.ts'
import { createFakeHost, type Overrides } from '../../fake-host.ts'
import { createFiles } from '../../memory-files.ts'

const registry = 'acme.azurecr.io'
const nobody = '00000000-0000-0000-0000-000000000000'
const application = { registry, tenant: 'tenant', client: 'client' }
const azure = (proof: AzureProof): Login => ({
  kind: 'azure',
  identity: { tenant: 'tenant', client: 'client', authority: 'https://login.microsoftonline.com', proof },
})

function resolve(login: Login, world: Overrides, where = registry) {
  const host = createFakeHost(world)
  return { host, credential: resolveCredential(host, where, login, {}) }
}

describe('Azure', () => {
  test('an ID token of the job becomes a refresh token of the registry', async () => {
    const github = idTokens({ 'api://AzureADTokenExchange': 'id-token' })
    const request = { ...github.answers, ...createAcr({ ...application, assertion: 'id-token' }).answers }
    const { host, credential } = resolve(azure({ kind: 'id-token' }), { env: github.env, request })
    expect(await credential).toEqual({ kind: 'identity-token', username: nobody, token: 'acr-refresh' })
    expect(host.hidden).toEqual(expect.arrayContaining(['id-token', 'entra-token', 'acr-refresh']))
    expect(host.requests.map(({ url }) => new URL(url).host)).toEqual(['run.actions.example', 'login.microsoftonline.com', registry])
  })
  test.each<readonly [string, AzureProof, Parameters<typeof createAcr>[0]]>([
    ['a secret', { kind: 'secret', secret: 's3cret' }, { ...application, secret: 's3cret' }],
    ['a token in a file', { kind: 'file', path: '/token' }, { ...application, assertion: 'in-file' }],
  ])('%s does as well', async (_, proof, acr) => {
    const { credential } = resolve(azure(proof), { request: createAcr(acr).answers, files: createFiles({ '/token': 'in-file\n' }) })
    expect(await credential).toMatchObject({ token: 'acr-refresh' })
  })
  test.each<readonly [string, AzureProof, Parameters<typeof createAcr>[0], string]>([
    [
      'no federated credential',
      { kind: 'secret', secret: 'other' },
      { ...application, secret: 's3cret' },
      'Microsoft Entra does not let the application client log in: check AZURE_CLIENT_ID, AZURE_TENANT_ID and its federated credential (HTTP 401: AADSTS700213: No matching federated identity record found for presented assertion subject.).',
    ],
    [
      'no role',
      { kind: 'secret', secret: 's3cret' },
      { ...application, secret: 's3cret', noRole: true },
      'acme.azurecr.io does not take the token of the application client: it needs the role AcrPush there (HTTP 401: authentication required, visit https://aka.ms/acr/authorization for more information.).',
    ],
    [
      'no file',
      { kind: 'file', path: '/none' },
      application,
      'The file that AZURE_FEDERATED_TOKEN_FILE names cannot be read, or is empty.',
    ],
  ])('%s', async (_, proof, acr, message) => {
    const { credential } = resolve(azure(proof), { request: createAcr(acr).answers })
    await expect(credential).rejects.toMatchObject({ code: 'registry-unauthorized', message })
  })
  test('over plain HTTP nothing is sent', async () => {
    const identity = { tenant: 't', client: 'c', authority: 'http://login.example', proof: { kind: 'secret', secret: 's' } } as const
    const { host, credential } = resolve({ kind: 'azure', identity }, {})
    await expect(credential).rejects.toMatchObject({ code: 'registry-unauthorized', message: expect.stringContaining('over plain http') })
    expect(host.requests).toEqual([])
  })
  test('a service that has a bad minute is asked again', async () => {
    const { answers } = createAcr({ ...application, secret: 's3cret' })
    let asked = 0
    const [url = '', answer] = Object.entries(answers)[0] ?? []
    const request = {
      ...answers,
      [url]: (one: Parameters<NonNullable<typeof answer>>[0]) => (++asked < 3 ? { status: 503 } : (answer?.(one) ?? {})),
    }
    expect(await resolve(azure({ kind: 'secret', secret: 's3cret' }), { request }).credential).toMatchObject({ token: 'acr-refresh' })
    expect(asked).toBe(3)
  })
})

describe('Docker Hub', () => {
  const login: Login = { kind: 'dockerhub-oidc', username: 'acme', connection: { id: 'connection', lifetime: 3600 } }
  const github = idTokens({ 'https://identity.docker.com': 'id-token' })
  test('an ID token of the job becomes an access token', async () => {
    const request = { ...github.answers, ...dockerIdentity('connection', 'id-token') }
    const { host, credential } = resolve(login, { env: github.env, request }, 'docker.io')
    expect(await credential).toEqual({ username: 'acme', password: 'hub-token' })
    expect(host.hidden).toEqual(expect.arrayContaining(['id-token', 'hub-token']))
  })
  test('a connection that has no rule for the job', async () => {
    const request = { ...github.answers, ...dockerIdentity('another', 'id-token') }
    await expect(resolve(login, { env: github.env, request }, 'docker.io').credential).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: 'Docker Hub gives acme no token for this job: check the rules of the OIDC connection connection (HTTP 401: access denied).',
    })
  })
  test('a job without an ID token is told which permission it lacks', async () => {
    await expect(resolve(login, {}, 'docker.io').credential).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: expect.stringContaining('"permissions: id-token: write"'),
    })
  })
})

describe('AWS', () => {
  const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
  const login: Login = { kind: 'ecr', place: { kind: 'region', region: 'eu-west-1', fips: false } }
  const failing = (name: string, message: string) =>
    resolve(login, { cloudToken: async () => Promise.reject(Object.assign(new Error(message), { name })) }, ecr)
  test('is asked for the region that the registry is in, by the keys that were given', async () => {
    const asked: unknown[] = []
    const cloudToken: Overrides['cloudToken'] = async (question) => {
      asked.push(question)
      return { username: 'AWS', password: 'ecr-token', expiresAt: 1 }
    }
    const { host, credential } = resolve({ ...login, keys: { username: 'AKIA', password: 'secret' } }, { cloudToken }, ecr)
    expect(await credential).toEqual({ username: 'AWS', password: 'ecr-token' })
    expect(asked).toEqual([{ kind: 'ecr', region: 'eu-west-1', fips: false, keys: { id: 'AKIA', secret: 'secret' } }])
    expect(host.hidden).toContain('ecr-token')
    await resolve({ kind: 'ecr', place: { kind: 'public' } }, { cloudToken }, 'public.ecr.aws').credential
    expect(asked[1]).toEqual({ kind: 'ecr-public' })
  })
  test.each([
    [
      'CredentialsProviderError',
      'Could not load credentials from any providers',
      'registry-unauthorized',
      'aws-actions/configure-aws-credentials',
    ],
    [
      'AccessDeniedException',
      'User: arn:aws:sts::123456789012:assumed-role/ci/x is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
      'registry-denied',
      'does not let this identity do ecr:GetAuthorizationToken',
    ],
    [
      'AccessDeniedException',
      'Not authorized to perform: sts:AssumeRoleWithWebIdentity',
      'registry-denied',
      'do sts:AssumeRoleWithWebIdentity',
    ],
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      'registry-unauthorized',
      'have run out before the push',
    ],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      'registry-unauthorized',
      'does not know these credentials',
    ],
    ['InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than', 'registry-unauthorized', 'clock'],
    ['TimeoutError', 'connect ETIMEDOUT', 'registry-unavailable', 'gives no token'],
    ['ThrottlingException', 'Rate exceeded', 'registry-unavailable', 'gives no token'],
  ])('%s: %s', async (name, message, code, told) => {
    await expect(failing(name, message).credential).rejects.toMatchObject({ code, message: expect.stringContaining(told) })
  })
})

describe('Google', () => {
  const login: Login = { kind: 'google', file: '/gha-creds.json' }
  const files = createFiles({ '/gha-creds.json': '{}' })
  const where = 'europe-docker.pkg.dev'
  test('an access token by the credentials in a file', async () => {
    const { credential } = resolve(
      login,
      { files, cloudToken: async ({ kind }) => ({ username: 'oauth2accesstoken', password: kind }) },
      where,
    )
    expect(await credential).toEqual({ username: 'oauth2accesstoken', password: 'google' })
  })
  test('a file that is not there', async () => {
    await expect(resolve(login, {}, where).credential).rejects.toMatchObject({
      message: 'GOOGLE_APPLICATION_CREDENTIALS names /gha-creds.json, and there is no such file.',
    })
  })
  test('no token', async () => {
    await expect(
      resolve(
        login,
        { files, cloudToken: async () => Promise.reject(new Error('Permission iam.serviceAccounts.getAccessToken denied')) },
        where,
      ).credential,
    ).rejects.toMatchObject({
      code: 'registry-unauthorized',
      message: expect.stringContaining('(Permission iam.serviceAccounts.getAccessToken denied): check google-github-actions/auth'),
    })
  })
})
