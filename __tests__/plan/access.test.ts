import { describe, expect, test } from '@jest/globals'
import type { CredentialInputs } from '../../src/inputs/inputs.ts'
import { type Access, accessText, accessTo, type Login, loginFor } from '../../src/plan/access.ts'
import { type Clouds, noClouds } from '../../src/plan/clouds.ts'

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') })
const pair = { username: 'ci', password: 'pw' }
const given = (username: string, password: string, from = 'username and password'): Login => ({
  ...{ kind: 'given', credential: { username, password }, from },
})
const clouds = (more: Partial<Clouds>): { clouds: Clouds } => ({ clouds: { ...noClouds, ...more } })

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const ireland = { kind: 'region', region: 'eu-west-1', fips: false } as const
const azure = { tenant: 't', client: 'c', authority: 'https://login.microsoftonline.com', proof: { kind: 'id-token' } } as const
const hub = { id: '123e4567-e89b-42d3-a456-426614174000', lifetime: 3600 }
const job = (registry: string) => JSON.stringify({ auths: { [registry]: auth('of:job') } })
const ofJob: Login = { kind: 'job', login: { kind: 'credential', credential: { username: 'of', password: 'job' } } }

describe('who logs in', () => {
  test.each<readonly [string, string, CredentialInputs, string | undefined, Access]>([
    ['ECR by what the job has', ecr, clouds({ aws: true }), undefined, { kind: 'ecr', place: ireland }],
    ['ECR by an access key pair', ecr, pair, undefined, { kind: 'ecr', place: ireland, keys: pair }],
    ['ECR by a token that was asked for before', ecr, { username: 'AWS', password: 'tok' }, undefined, given('AWS', 'tok')],
    ['ECR with ecr: false', ecr, { ...pair, ecr: false }, undefined, given('ci', 'pw')],
    ['ECR with ecr: false and AWS credentials', ecr, { ...clouds({ aws: true }), ecr: false }, undefined, { kind: 'anonymous' }],
    ['ECR where a step before has logged in', ecr, clouds({ aws: true }), job(ecr), ofJob],
    ['ECR by name, whatever a step before has done', ecr, { ecr: true }, job(ecr), { kind: 'ecr', place: ireland }],
    ['ECR without any credentials', ecr, {}, undefined, { kind: 'anonymous' }],
    ['ECR Public', 'public.ecr.aws', clouds({ aws: true }), undefined, { kind: 'ecr', place: { kind: 'public' } }],
    [
      'a proxy before ECR',
      'ecr.corp.example',
      { ecr: true, ...clouds({ awsRegion: 'us-east-2' }) },
      undefined,
      { kind: 'ecr', place: { kind: 'region', region: 'us-east-2', fips: false } },
    ],
    ['a registry that is not of AWS', 'quay.io', clouds({ aws: true }), undefined, { kind: 'anonymous' }],
    ['Google', 'europe-west1-docker.pkg.dev', clouds({ google: '/g.json' }), undefined, { kind: 'google', file: '/g.json' }],
    ['Google, the older registry', 'eu.gcr.io', clouds({ google: '/g.json' }), undefined, { kind: 'google', file: '/g.json' }],
    ['Google, logged in', 'gcr.io', clouds({ google: '/g.json' }), job('gcr.io'), ofJob],
    ['nothing of Google', 'gcr.io.example.com', clouds({ google: '/g.json' }), undefined, { kind: 'anonymous' }],
    ['Azure', 'acme.azurecr.io', clouds({ azure }), undefined, { kind: 'azure', identity: azure }],
    ['nothing of Azure', 'acme.azurecr.io.example.com', clouds({ azure }), undefined, { kind: 'anonymous' }],
    [
      'Docker Hub by an ID token',
      'docker.io',
      { username: 'acme', ...clouds({ dockerHub: hub }) },
      job('https://index.docker.io/v1/'),
      { kind: 'dockerhub-oidc', username: 'acme', connection: hub },
    ],
    [
      'GitHub as who acts, where the name is for another registry',
      'ghcr.io',
      { registry: 'docker.io', username: 'acme', githubToken: 'ghs' },
      undefined,
      given('octocat', 'ghs', 'github-token'),
    ],
    ['Docker Hub by a password all the same', 'docker.io', { ...pair, ...clouds({ dockerHub: hub }) }, undefined, given('ci', 'pw')],
  ])('%s', (_, registry, inputs, config, access) => expect(accessTo(registry, inputs, 'octocat', config)).toEqual(access))

  // Names that mean something to a registry alone, as its documentation gives them: they go through as they are.
  test.each([
    ['us-docker.pkg.dev', 'oauth2accesstoken', 'ya29.a0'],
    ['us-docker.pkg.dev', '_json_key', '{"type": "service_account",\n"private_key": "-----BEGIN\\n"}'],
    ['gcr.io', '_json_key_base64', 'eyJ0eXBlIjoi'],
    ['acme.azurecr.io', '00000000-0000-0000-0000-000000000000', 'refresh'],
    ['acme.azurecr.io', 'a-token-name', 'scope-map token'],
    ['acme.azurecr.io', '11111111-2222-3333-4444-555555555555', 'client secret~'],
    ['registry.gitlab.com', 'gitlab-ci-token', 'glcbt-64_x'],
    ['registry.gitlab.com', 'gitlab+deploy-token-123', 'gldt-x'],
    ['quay.io', 'acme+robot', 'ABC'],
    ['harbor.corp.example', 'robot$project+ci', 'p$w'],
    ['harbor.corp.example:8443', 'robot$ci', 'p:w'],
  ])('%s as %s', (registry, username, password) =>
    expect(accessTo(registry, { username, password }, 'octocat', undefined)).toEqual(given(username, password)),
  )
})

describe('registry-auth', () => {
  const auths = [
    { registry: 'quay.io', username: 'reader', password: 'r', use: 'pull' },
    { registry: 'quay.io', username: 'writer', password: 'w', use: 'push' },
    { registry: 'corp.example', use: 'push', username: 'w', password: 'p', transport: { ca: 'PEM' } },
    { registry: 'all.example', username: 'a', password: 'b' },
    { registry: 'plain.example', transport: { plainHttp: true } },
    { registry: ecr, username: 'AKIA', password: 'k', ecr: 'auto' },
  ] as const
  const ask = (registry: string, config?: string) => accessTo(registry, { auths }, 'octocat', config)
  const from = 'registry-auth'
  test('one login for each use', () => {
    expect(ask('quay.io')).toEqual({ kind: 'by-use', pull: given('reader', 'r', from), push: given('writer', 'w', from) })
  })
  test('a login for one use is not used for the other', () => {
    const access = ask('corp.example')
    expect(loginFor(access, 'pull')).toEqual({ kind: 'anonymous' })
    expect(loginFor(access, 'push')).toEqual(given('w', 'p', from))
    expect(loginFor(ask('corp.example', job('corp.example')), 'pull')).toEqual(ofJob)
  })
  test('a login to read is never used for the push', () => {
    const reader = { auths: [{ registry: 'q.example', username: 'r', password: 'r', use: 'pull' }] } as const
    const access = accessTo('q.example', reader, 'octocat', undefined)
    expect([loginFor(access, 'pull'), loginFor(access, 'push')]).toEqual([given('r', 'r', from), { kind: 'anonymous' }])
  })
  test('one for both', () => expect(ask('all.example')).toEqual(given('a', 'b', from)))
  test('how the registry is reached, with whatever login there is', () => {
    expect(ask('plain.example')).toEqual({ kind: 'anonymous', transport: { plainHttp: true } })
    expect(ask('plain.example', job('plain.example'))).toEqual({ ...ofJob, transport: { plainHttp: true } })
  })
  test('an access key pair', () => {
    expect(ask(ecr)).toMatchObject({ kind: 'ecr', place: ireland, keys: { username: 'AKIA', password: 'k' } })
  })
  test('nobody knows a registry that is not planned', () => expect(loginFor(undefined, 'push')).toEqual({ kind: 'anonymous' }))
})

test.each<readonly [Access, string]>([
  [{ kind: 'ecr', place: ireland }, "to ECR by the job's AWS credentials"],
  [{ kind: 'ecr', place: ireland, keys: { username: 'AKIA1', password: 'k' } }, 'to ECR by the access key AKIA1'],
  [{ kind: 'google', file: '/g.json' }, "by the job's Google credentials (/g.json)"],
  [{ kind: 'azure', identity: azure }, 'by the application c of Microsoft Entra'],
  [{ kind: 'dockerhub-oidc', username: 'acme', connection: hub }, "as acme, by the job's ID token"],
  [{ kind: 'by-use', pull: { kind: 'anonymous' }, push: given('w', 'p') }, 'to read as nobody, to push as w (username and password)'],
  [{ kind: 'anonymous', transport: { plainHttp: true } }, 'as nobody, over plain HTTP'],
  [{ ...given('w', 'p'), transport: { ca: 'PEM' } }, 'as w (username and password), with a CA of its own'],
])('%j is told as "%s"', (access, text) => expect(accessText(access)).toBe(text))
