import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { issueCertificate, outerAddress } from '../doubles/certificate.ts'
import { startEcrApi } from '../doubles/ecr.ts'
import { startImmutableTags } from '../doubles/immutable-tags.ts'
import { startTokenServer, type TokenServer } from '../doubles/token-server.ts'
import { createJob, fixture, leftovers, type Ran } from './action.ts'

const members = { username: 'shipper', password: 'correct-horse-1', identityToken: 'identity-of-shipper-1' }
const writer = { username: 'writer', password: 'correct-horse-2' }
const outer = outerAddress()
const issued = issueCertificate(outer)

let plain: Registry
let byTokens: Registry
let tokens: TokenServer
beforeAll(async () => {
  tokens = await startTokenServer(issued, members)
  ;[plain, byTokens] = await Promise.all([startRegistry(writer), startRegistry(members, tokens.registry)])
})
afterAll(async () => {
  plain.stop()
  byTokens.stop()
  await tokens[Symbol.asyncDispose]()
})

const sample = { test: 'false', 'predict-body': '{"features": [1]}' }
const auth = (...entries: readonly Readonly<Record<string, string>>[]) => JSON.stringify(entries)
/** What a registry was made to hold, oldest first. */
const puts = (of: Registry, path: string) =>
  of
    .accessLog()
    .flatMap(({ method, path: asked, status }) =>
      method === 'PUT' && status === 201 && asked.startsWith(`/v2/${path}/manifests/`) ? [asked.split('/manifests/')[1]] : [],
    )
const writes = (of: Registry) => of.accessLog().filter(({ method, status }) => method !== 'GET' && method !== 'HEAD' && status < 400)
const told = ({ exitCode, log }: Ran) => ({ exitCode, log: exitCode === 0 ? '' : log.slice(-3_000) })
const green = { exitCode: 0, log: '' }

describe('several registries at once', () => {
  test('one with passwords, one by a token server whose tokens it verifies, each with a login of its own', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({
      ...sample,
      images: `${plain.host}/acme/both\n${byTokens.host}/acme/both`,
      'registry-auth': auth(
        { registry: plain.host, ...writer },
        { registry: byTokens.host, username: members.username, password: members.password },
      ),
    })
    expect(told(ran)).toEqual(green)
    const expected = [ran.outputs['digest'], 'sha-1f2e3d4', 'latest']
    expect(puts(plain, 'acme/both')).toEqual(expected)
    expect(puts(byTokens, 'acme/both')).toEqual(expected)
    expect(tokens.granted).toContain('shipper repository:acme/both:pull,push')
    const everything = JSON.stringify(ran)
    // The runner hides what stands behind ::add-mask::, which is how it is told of it.
    for (const secret of [writer.password, members.password, Buffer.from(`writer:${writer.password}`).toString('base64')])
      expect(everything.replace(/::add-mask::[^\\]*\\n/g, '')).not.toContain(secret)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('an identity token that a step before has left', async () => {
    using job = createJob(fixture('service'))
    const folder = join(job.temp, 'docker')
    mkdirSync(folder)
    const entry = { auth: Buffer.from('00000000-0000-0000-0000-000000000000:').toString('base64'), identitytoken: members.identityToken }
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [byTokens.host]: entry } }))
    const ran = await job.main({ ...sample, images: `${byTokens.host}/acme/identity` }, { DOCKER_CONFIG: folder })
    expect(told(ran)).toEqual(green)
    expect(puts(byTokens, 'acme/identity')).toEqual([ran.outputs['digest'], 'sha-1f2e3d4', 'latest'])
    expect(tokens.granted).toContain('by-identity repository:acme/identity:pull,push')
  })

  test('a login to read is not used to push', async () => {
    using job = createJob(fixture('service'))
    const images = `${plain.host}/acme/reader`
    const ran = await job.main({ ...sample, images, 'registry-auth': auth({ registry: plain.host, ...writer, use: 'pull' }) })
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'registry-unauthorized', pushed: 'false' } })
    expect(puts(plain, 'acme/reader')).toEqual([])
  })
})

describe('a registry with a certificate of its own authority', () => {
  let registry: Registry
  beforeAll(async () => {
    const environment = { REGISTRY_HTTP_TLS_CERTIFICATE: '/auth/certificate.pem', REGISTRY_HTTP_TLS_KEY: '/auth/key.pem' }
    const files = { 'certificate.pem': issued.certificate, 'key.pem': issued.key }
    registry = await startRegistry(writer, { address: outer, environment, files })
  })
  afterAll(() => registry.stop())

  test('is pushed to with that authority, through the door of the engine too', async () => {
    using job = createJob(fixture('service'))
    writeFileSync(join(job.workspace, 'ca.pem'), issued.ca)
    const ran = await job.main({
      ...sample,
      images: `${registry.host}/acme/tls`,
      'registry-auth': auth({ registry: registry.host, ...writer, ca: '@ca.pem' }),
    })
    expect(told(ran)).toEqual(green)
    expect(puts(registry, 'acme/tls')).toEqual([ran.outputs['digest'], 'sha-1f2e3d4', 'latest'])
  })
  test('and never without', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({
      ...sample,
      images: `${registry.host}/acme/untrusted`,
      username: writer.username,
      password: writer.password,
    })
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'registry-unavailable', pushed: 'false' } })
    expect(ran.log).toContain('give that as ca in registry-auth')
    expect(puts(registry, 'acme/untrusted')).toEqual([])
  })
})

describe('a registry over plain HTTP, beyond the loopback', () => {
  let registry: Registry
  beforeAll(async () => {
    registry = await startRegistry(writer, { address: outer })
  })
  afterAll(() => registry.stop())

  test.each([true, false])('is spoken to only where that was said: %s', async (said) => {
    using job = createJob(fixture('service'))
    const images = `${registry.host}/acme/plain-${said}`
    const ran = await job.main({
      ...sample,
      images,
      'registry-auth': auth({ registry: registry.host, ...writer, ...(said ? { 'plain-http': 'true' } : {}) }),
    })
    if (!said) expect(ran.log).toContain('say plain-http: true in registry-auth')
    expect({ exitCode: ran.exitCode, puts: puts(registry, `acme/plain-${said}`).length }).toEqual(
      said ? { exitCode: 0, puts: 3 } : { exitCode: 3, puts: 0 },
    )
  })
})

test('a registry that may only be read: said in its own words, nothing written', async () => {
  await using registry = await startRegistry(writer, { environment: { REGISTRY_STORAGE_MAINTENANCE_READONLY: '{"enabled":true}' } })
  using job = createJob(fixture('service'))
  const ran = await job.main({ ...sample, images: `${registry.host}/acme/readonly`, username: writer.username, password: writer.password })
  expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failed-stage': 'publish', pushed: 'false' } })
  expect(ran.log).toContain('405')
  expect(writes(registry)).toEqual([])
})

test('tags that cannot be set again: the same image is no trouble, another is refused at once', async () => {
  await using front = await startImmutableTags(plain.host)
  using job = createJob(fixture('service'))
  const inputs = {
    ...sample,
    images: `${front.host}/acme/immutable`,
    username: writer.username,
    password: writer.password,
    tags: 'type=sha',
  }
  const first = await job.main(inputs)
  expect(told(first)).toEqual(green)
  const again = await job.main(inputs)
  expect(told(again)).toEqual(green)
  expect(again.outputs['digest']).toBe(first.outputs['digest'])
  expect(front.refused).toEqual([])

  appendFileSync(join(job.workspace, 'Dockerfile'), 'LABEL other="1"\n')
  const other = await job.main(inputs)
  expect(other).toMatchObject({ exitCode: 3, outputs: { 'failed-stage': 'publish' } })
  expect(other.log).toContain('cannot be overwritten because the tag is immutable')
  expect(front.refused).toEqual(['sha-1f2e3d4'])
  const tagged = (digest: string | undefined) => puts(plain, 'acme/immutable').filter((reference) => reference === digest).length
  expect([tagged('sha-1f2e3d4'), tagged(first.outputs['digest'])]).toEqual([1, 1])
})

describe('ECR', () => {
  const keys = { id: 'AKIAEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG' }
  const aws = { AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret, AWS_REGION: 'eu-west-1' }
  test('its token is asked for when the gates are green, and lets in', async () => {
    await using api = await startEcrApi(keys, 'ecr-password')
    await using registry = await startRegistry({ username: 'AWS', password: 'ecr-password' })
    using job = createJob(fixture('service'))
    const env = { ...aws, AWS_ENDPOINT_URL: api.url }
    const inputs = { ...sample, images: `${registry.host}/acme/ecr`, ecr: 'true' }
    const red = await job.main({ ...inputs, 'predict-expect': '{"no": "such"}' }, env)
    expect({ exitCode: red.exitCode, asked: api.requests }).toEqual({ exitCode: 1, asked: [] })

    const ran = await job.main(inputs, env)
    expect(told(ran)).toEqual(green)
    expect(puts(registry, 'acme/ecr')).toEqual([ran.outputs['digest'], 'sha-1f2e3d4', 'latest'])
    expect(api.requests).toHaveLength(1)
    expect(ran.log.replace(/::add-mask::.*\n/g, '')).not.toContain('ecr-password')
  })
  test('a permission that is missing is named', async () => {
    const message = 'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:GetAuthorizationToken on resource: *'
    await using api = await startEcrApi(keys, '', { type: 'AccessDeniedException', message })
    using job = createJob(fixture('service'))
    const ran = await job.main({ ...sample, images: '127.0.0.1:1/acme/ecr', ecr: 'true' }, { ...aws, AWS_ENDPOINT_URL: api.url })
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failure-code': 'registry-denied' } })
    expect(ran.log).toContain('AWS does not let this identity do ecr:GetAuthorizationToken')
  })
})
