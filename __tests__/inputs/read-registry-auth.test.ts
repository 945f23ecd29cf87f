import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { inputsOf, problemsOf, reasonsOf, workspaceFiles } from './reading.ts'

const auths = (text: string, circumstances: Parameters<typeof inputsOf>[1] = {}) =>
  inputsOf({ 'registry-auth': text }, circumstances).credentials.auths
const reasons = (text: string, circumstances: Parameters<typeof inputsOf>[1] = {}) => reasonsOf({ 'registry-auth': text }, circumstances)

function makeCertificate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-ca-'))
  try {
    const argv = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=acme', '-keyout', join(folder, 'k')]
    execFileSync('openssl', [...argv, '-out', join(folder, 'c')], { stdio: 'ignore' })
    return readFileSync(join(folder, 'c'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const pem = makeCertificate()
const indented = pem.replace(/^/gm, '      ')

describe('entries', () => {
  test('of several registries, with all that may be said of one', () => {
    const text = [
      '- registry: https://index.docker.io/v1/',
      '  username: acme',
      '  password: "0123"',
      '- registry: quay.io',
      '  username: acme+ci',
      '  password: 0123',
      '  use: push',
      '- {registry: QUAY.io, username: reader, password: "true", use: pull}',
      '- registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      '  ecr: true',
      '- registry: corp.example:8443',
      '  ca: |',
      indented,
      '- registry: plain.example:5000',
      '  plain-http: true',
    ].join('\n')
    expect(auths(text)).toEqual([
      { registry: 'docker.io', username: 'acme', password: '0123' },
      { registry: 'quay.io', username: 'acme+ci', password: '0123', use: 'push' },
      { registry: 'quay.io', username: 'reader', password: 'true', use: 'pull' },
      { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', ecr: true },
      { registry: 'corp.example:8443', transport: { ca: pem } },
      { registry: 'plain.example:5000', transport: { plainHttp: true } },
    ])
  })
  test('indented as a whole, or as JSON', () => {
    const one = [{ registry: 'quay.io', username: 'u', password: 'p' }]
    expect(auths('\n  - registry: quay.io\n    username: u\n    password: p\n')).toEqual(one)
    expect(auths(JSON.stringify(one))).toEqual(one)
  })
  test('in a file, as is a certificate', () => {
    const files = { ...workspaceFiles, '/repo/auth.yaml': '- {registry: corp.example, ca: "@certs/ca.pem"}', '/repo/certs/ca.pem': pem }
    expect(auths('@auth.yaml', { files })).toEqual([{ registry: 'corp.example', transport: { ca: pem } }])
  })
  test('a password of any text goes through as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !/[\r\n]$/.test(text)),
        (password) => {
          expect(auths(JSON.stringify([{ registry: 'quay.io', username: 'u', password }]))?.[0]?.password).toBe(password)
        },
      ),
    )
  })
  test('without its secret where none can be expected: a fork, Dependabot', () => {
    const text = '- {registry: quay.io, username: u, password: ""}'
    for (const origin of ['fork', 'dependabot'] as const)
      expect(auths(text, { event: { origin } })).toEqual([{ registry: 'quay.io', username: 'u' }])
  })
})

describe('what is refused, all at once', () => {
  const twice = '- {registry: quay.io, username: u, password: p}\n- {registry: quay.io, username: v, password: q, use: push}'
  test.each([
    ['no list', 'registry: quay.io', ['is no list']],
    ['an empty list', '[]', ['is no list']],
    ['no map', '- quay.io', ['has an entry \\(number 1\\) that is no map']],
    ['no YAML', '- registry: "quay.io\n  password: hunter22', ['is not YAML \\(line 2']],
    ['a key twice', '- registry: quay.io\n  registry: ghcr.io', ['is not YAML \\(line 2']],
    ['a key of another action', '- {registry: quay.io, scope: push}', ['has "scope" in entry 1, which is none of registry, username']],
    [
      'a key with a slip',
      '- {registry: quay.io, user: u, pasword: p}',
      ['has "user" in entry 1', 'has "pasword" in entry 1.*; did you mean password'],
    ],
    ['no registry', '- {username: u, password: p}', ['has no registry in entry 1']],
    ['an odd registry', '- {registry: "quay.io/acme", username: u, password: p}', ['has a registry in entry 1 that has "quay.io/acme"']],
    ['another use', '- {registry: quay.io, use: both}', ['has a use in entry 1 that is not one of pull, push']],
    ['a word for a boolean', '- {registry: quay.io, plain-http: yes}', ['has a plain-http in entry 1 that is neither true nor false']],
    ['a list for a text', '- {registry: quay.io, username: [u]}', ['has a username in entry 1 that is no text']],
    ['a password alone', '- {registry: quay.io, password: p}', ['has a password and no username in entry 1 \\(quay.io\\)']],
    [
      'a secret that is not set',
      '- {registry: quay.io, username: u, password: ""}',
      ['has a username and no password in entry 1 \\(quay.io\\)'],
    ],
    ['one registry twice', twice, ['has quay.io twice, in entries 1 and 2']],
    ['no certificate', '- {registry: quay.io, ca: "MIIB"}', ['has a ca in entry 1 that holds no certificate']],
    [
      'a broken certificate',
      `- {registry: quay.io, ca: "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"}`,
      ['has a ca in entry 1 that holds a certificate that cannot be read'],
    ],
    ['a file that is not there', '- {registry: quay.io, ca: "@ca.pem"}', ['has a ca in entry 1 that names a file that cannot be read']],
    [
      'ecr: true of whichever region',
      '- {registry: corp.example, ecr: "true"}',
      ['has ecr: true in entry 1 \\(corp.example\\), whose name does not tell the region'],
    ],
  ])('%s', (_, text, expected) => {
    const told = reasons(text)
    expect(told).toHaveLength(expected.length)
    for (const [at, reason] of expected.entries()) expect(told[at]).toMatch(new RegExp(`^registry-auth ${reason}`))
  })
  test('a certificate and plain HTTP', () => {
    expect(reasons(JSON.stringify([{ registry: 'quay.io', ca: pem, 'plain-http': 'true' }]))).toEqual([
      expect.stringContaining('has both ca and plain-http in entry 1'),
    ])
  })
  test('a registry that username and password are for, too', () => {
    const given = {
      images: 'quay.io/a/b',
      username: 'u',
      password: 'p',
      'registry-auth': '- {registry: quay.io, username: v, password: q}',
    }
    expect(reasonsOf(given)).toEqual([
      expect.stringContaining('registry-auth logs in to quay.io, which username and password are for, too'),
    ])
    expect(reasonsOf({ ...given, 'registry-auth': '- {registry: ghcr.io, username: v, password: q}' })).toEqual([])
    expect(reasonsOf({ ...given, 'registry-auth': '- {registry: quay.io, plain-http: true}' })).toEqual([])
  })
  test('and never with what stands in it', () => {
    const texts = [
      '- registry: "quay.io\n  password: hunter22',
      '- {registry: quay.io, hunter22: p}',
      '- {registry: quay.io, password: hunter22}',
      'hunter22',
      '- hunter22',
    ]
    for (const text of texts) expect(JSON.stringify(problemsOf({ 'registry-auth': text }))).not.toContain('hunter22')
  })
  test('a secret of it as a build argument', () => {
    const given = { 'registry-auth': '- {registry: quay.io, username: u, password: hunter22}', 'build-args': 'A=hunter22' }
    expect(reasonsOf(given)).toEqual([expect.stringContaining('build-args gives a secret to A')])
  })
})

describe('variables of Docker Hub', () => {
  const connection = { DOCKERHUB_OIDC_CONNECTIONID: '123e4567-e89b-42d3-a456-426614174000' }
  const hub = { images: 'acme/iris', username: 'acme' }
  test('a user without a password, where an ID token is one', () => expect(reasonsOf(hub, { env: connection })).toEqual([]))
  test.each([
    [{ DOCKERHUB_OIDC_CONNECTIONID: 'mine' }, 'DOCKERHUB_OIDC_CONNECTIONID is no ID'],
    [{ ...connection, DOCKERHUB_OIDC_EXPIREIN: '60' }, 'DOCKERHUB_OIDC_EXPIREIN is not between 300 and 21600'],
    [{ ...connection, DOCKERHUB_OIDC_EXPIREIN: 'long' }, 'DOCKERHUB_OIDC_EXPIREIN is not between'],
  ])('%j', (env, reason) => expect(reasonsOf(hub, { env })).toEqual([expect.stringContaining(reason)]))
})

test('ecr: true needs a region from somewhere', () => {
  const given = { images: 'ecr.corp.example/iris', ecr: 'true' }
  expect(reasonsOf(given)).toEqual([expect.stringContaining('ecr needs AWS_REGION')])
  expect(reasonsOf(given, { env: { AWS_REGION: 'eu-west-1' } })).toEqual([])
  expect(reasonsOf({ ...given, images: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/iris' })).toEqual([])
})
