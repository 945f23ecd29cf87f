import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { cloudToken } from '../../src/host/clouds.ts'
import { startEcrApi } from '../doubles/ecr.ts'
import { startGoogleApi } from '../doubles/google.ts'

// The clouds' own libraries, against doubles of what they ask.

const keys = { id: 'AKIAEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG' }
const names = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_EC2_METADATA_DISABLED', 'AWS_MAX_ATTEMPTS', 'HOME']
const before = names.map((name) => [name, process.env[name]] as const)
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})
const folder = mkdtempSync(join(tmpdir(), 'ml-image-clouds-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('ECR', () => {
  const ask = { kind: 'ecr', region: 'eu-west-1', fips: false } as const
  test('a token by a key pair, for twelve hours', async () => {
    await using api = await startEcrApi(keys, 'ecr-password')
    process.env['AWS_ENDPOINT_URL'] = api.url
    const { expiresAt = 0, ...login } = await cloudToken({ ...ask, keys })
    expect(login).toEqual({ username: 'AWS', password: 'ecr-password' })
    expect(Math.round((expiresAt - Date.now()) / 3_600_000)).toBe(12)
    expect(api.requests).toEqual(['AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken'])
  })
  test('by what the job has, of the public registry too', async () => {
    await using api = await startEcrApi(keys, 'ecr-password')
    Object.assign(process.env, { AWS_ENDPOINT_URL: api.url, AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret })
    expect(await cloudToken(ask)).toMatchObject({ password: 'ecr-password' })
    expect(await cloudToken({ kind: 'ecr-public' })).toMatchObject({ username: 'AWS', password: 'ecr-password' })
    expect(api.requests[1]).toBe('SpencerFrontendService.GetAuthorizationToken')
  })
  test('another secret is refused, by the name that AWS gives it', async () => {
    await using api = await startEcrApi(keys, 'ecr-password')
    process.env['AWS_ENDPOINT_URL'] = api.url
    await expect(cloudToken({ ...ask, keys: { ...keys, secret: 'other' } })).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    expect(api.requests).toEqual([])
  })
  test('a missing permission', async () => {
    const message = 'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:GetAuthorizationToken on resource: *'
    await using api = await startEcrApi(keys, '', { type: 'AccessDeniedException', message })
    process.env['AWS_ENDPOINT_URL'] = api.url
    await expect(cloudToken({ ...ask, keys })).rejects.toMatchObject({ name: 'AccessDeniedException', message })
  })
  test('no credentials at all', async () => {
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder })
    await expect(cloudToken(ask)).rejects.toMatchObject({ name: 'CredentialsProviderError' })
  })
})

describe('Google', () => {
  const write = (text: string) => {
    const file = join(folder, 'credentials.json')
    writeFileSync(file, text)
    return { kind: 'google', file } as const
  }
  test('workload identity', async () => {
    await using api = await startGoogleApi()
    expect(await cloudToken(write(api.credentials()))).toMatchObject({ username: 'oauth2accesstoken', password: 'federated' })
    expect(api.steps).toEqual(['id-token', 'sts'])
  })
  test('workload identity by a service account', async () => {
    await using api = await startGoogleApi()
    expect(await cloudToken(write(api.credentials('ci@acme.iam.gserviceaccount.com')))).toMatchObject({ password: 'impersonated' })
    expect(api.steps).toEqual(['id-token', 'sts', 'iam'])
  })
  test('an account that may not be acted as', async () => {
    const message = "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."
    await using api = await startGoogleApi({
      step: 'iam',
      status: 403,
      body: { error: { code: 403, message, status: 'PERMISSION_DENIED' } },
    })
    await expect(cloudToken(write(api.credentials('ci@acme.iam.gserviceaccount.com')))).rejects.toThrow(
      /iam\.serviceAccounts\.getAccessToken/,
    )
  })
  test('a condition of the provider that the job does not meet', async () => {
    const body = { error: 'unauthorized_client', error_description: 'The given credential is rejected by the attribute condition.' }
    await using api = await startGoogleApi({ step: 'sts', status: 400, body })
    await expect(cloudToken(write(api.credentials()))).rejects.toThrow(/attribute condition/)
  })
})
