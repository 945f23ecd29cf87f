import { describe, expect, test } from '@jest/globals'
import { type Clouds, creationCommand, ecrPlace, isAzure, isGoogle, noClouds, readClouds } from '../../src/plan/clouds.ts'

const idToken = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }
const entra = { AZURE_CLIENT_ID: 'c', AZURE_TENANT_ID: 't' }
const identity = { tenant: 't', client: 'c', authority: 'https://login.microsoftonline.com' }

describe('what the variables of a job tell', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, Partial<Clouds>]>([
    ['nothing', {}, {}],
    ['a key of AWS', { AWS_ACCESS_KEY_ID: 'AKIA' }, { aws: true }],
    [
      'a role of AWS by a token file',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_REGION: 'eu-west-1' },
      { aws: true, awsRegion: 'eu-west-1' },
    ],
    ['a region of AWS alone', { AWS_DEFAULT_REGION: 'eu-west-1' }, { awsRegion: 'eu-west-1' }],
    ["a machine of one's own, which may have a role", { RUNNER_ENVIRONMENT: 'self-hosted' }, { aws: true }],
    ['a hosted machine', { RUNNER_ENVIRONMENT: 'github-hosted' }, {}],
    ['an ID token', idToken, { idToken: true }],
    ['Google', { GOOGLE_APPLICATION_CREDENTIALS: '/g', GOOGLE_GHA_CREDS_PATH: '/h' }, { google: '/g' }],
    ['Azure, with an ID token', { ...entra, ...idToken }, { idToken: true, azure: { ...identity, proof: { kind: 'id-token' } } }],
    [
      'Azure, with a secret',
      { ...entra, ...idToken, AZURE_CLIENT_SECRET: 's' },
      { idToken: true, azure: { ...identity, proof: { kind: 'secret', secret: 's' } } },
    ],
    ['Azure, with a file', { ...entra, AZURE_FEDERATED_TOKEN_FILE: '/f' }, { azure: { ...identity, proof: { kind: 'file', path: '/f' } } }],
    ['Azure, without a proof', entra, {}],
    ['Azure, without a tenant', { AZURE_CLIENT_ID: 'c', ...idToken }, { idToken: true }],
    [
      'Azure in China',
      { ...entra, AZURE_CLIENT_SECRET: 's', AZURE_AUTHORITY_HOST: 'https://login.chinacloudapi.cn/' },
      { azure: { ...identity, authority: 'https://login.chinacloudapi.cn', proof: { kind: 'secret', secret: 's' } } },
    ],
    ['Docker Hub', { DOCKERHUB_OIDC_CONNECTIONID: ' id ' }, { dockerHub: { id: 'id', lifetime: 3600 } }],
    [
      'Docker Hub, with a lifetime',
      { DOCKERHUB_OIDC_CONNECTIONID: 'id', DOCKERHUB_OIDC_EXPIREIN: '900' },
      { dockerHub: { id: 'id', lifetime: 900 } },
    ],
  ])('%s', (_, env, known) => expect(readClouds(env, 'runner')).toEqual({ ...noClouds, ...known }))
  test('a laptop may have a profile of AWS', () => expect(readClouds({}, 'terminal').aws).toBe(true))
})

describe('whose registry it is', () => {
  test.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', { kind: 'region', region: 'eu-west-1', fips: false }],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', { kind: 'region', region: 'us-gov-west-1', fips: true }],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', { kind: 'region', region: 'cn-north-1', fips: false }],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', { kind: 'region', region: 'eu-west-1', fips: false }],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', { kind: 'region', region: 'eusc-de-east-1', fips: false }],
    ['public.ecr.aws', { kind: 'public' }],
    ['12345.dkr.ecr.eu-west-1.amazonaws.com', undefined],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', undefined],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443', undefined],
    ['public.ecr.aws.evil.example', undefined],
  ])('%s', (host, place) => expect(ecrPlace(host)).toEqual(place))
  test.each([
    ['gcr.io', true],
    ['eu.gcr.io', true],
    ['europe-west1-docker.pkg.dev', true],
    ['docker.pkg.dev', false],
    ['a.b.gcr.io', false],
    ['notgcr.io', false],
  ])('%s of Google: %s', (host, is) => expect(isGoogle(host)).toBe(is))
  test.each([
    ['acme.azurecr.io', true],
    ['acme.azurecr.cn', true],
    ['azurecr.io', false],
    ['a.acme.azurecr.io', false],
  ])('%s of Azure: %s', (host, is) => expect(isAzure(host)).toBe(is))
})

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ml/iris', 'aws ecr create-repository --region eu-west-1 --repository-name ml/iris'],
  ['public.ecr.aws', 'a1b2c3/iris', 'aws ecr-public create-repository --region us-east-1 --repository-name iris'],
  [
    'europe-west1-docker.pkg.dev',
    'acme/models/iris',
    'gcloud artifacts repositories create models --repository-format=docker --location=europe-west1 --project=acme',
  ],
  ['europe-west1-docker.pkg.dev', 'acme', undefined],
  ['ghcr.io', 'acme/iris', undefined],
])('the repository of %s/%s is made by: %s', (registry, path, command) => expect(creationCommand(registry, path)).toBe(command))
