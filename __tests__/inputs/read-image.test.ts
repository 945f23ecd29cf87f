import { describe, expect, test } from '@jest/globals'
import { inputsOf, problemsOf, reasonsOf } from './reading.ts'

const hub = { images: 'acme/iris' }
const pair = { username: 'shipper', password: 'correct horse' }

describe('username and password go together, but where a registry or an event needs less', () => {
  test.each([
    ['both', { ...hub, ...pair }, {}],
    ['neither', hub, {}],
    ['GHCR with a password alone', { password: 'x' }, {}],
    ['GHCR with a username and the token of the job', { username: 'shipper', 'github-token': 't' }, {}],
    ['a fork, which gets no secrets', { ...hub, username: 'shipper', password: '' }, { event: { origin: 'fork' } as const }],
    ['Dependabot, which gets no secrets', { ...hub, username: 'shipper', password: '' }, { event: { origin: 'dependabot' } as const }],
    ['push: false', { ...hub, username: 'shipper', push: 'false' }, {}],
    ['a dry run', { ...hub, username: 'shipper', 'dry-run': 'true' }, {}],
    ['two registries and the one they are for', { ...pair, images: 'acme/iris\nghcr.io/acme/iris', registry: 'docker.io' }, {}],
  ])('%s is no problem', (_, given, circumstances) => expect(reasonsOf(given, circumstances)).toEqual([]))
  test.each([
    [{ ...hub, username: 'shipper' }, 'password though username is given'],
    [{ ...hub, username: 'shipper', password: '' }, 'password though username is given'],
    [{ ...hub, username: 'shipper', 'github-token': 't' }, 'password though username is given'],
    [{ ...hub, password: 'x' }, 'username though password is given'],
    [{ ...pair, images: 'acme/iris\nghcr.io/acme/iris' }, 'registry is needed to tell which of docker.io, ghcr.io'],
    [{ ...pair, registry: 'quay.io' }, 'registry is not the registry of any image in images \\(ghcr.io\\)'],
  ])('%j: %s', (given, reason) => expect(reasonsOf(given)).toEqual([expect.stringMatching(`^${reason}`)]))
})

test('the line break that a secret often ends in is no part of a password', () => {
  expect(inputsOf({ ...hub, username: 'shipper', password: ' pass word\r\n' }).credentials.password).toBe(' pass word')
})

test('a registry is known by all of its names', () => {
  expect(inputsOf({ ...hub, ...pair, registry: 'https://index.docker.io/v1/' }).credentials.registry).toBe('docker.io')
})

test('an expression that nobody evaluated counts as not given', () => {
  expect(inputsOf({ 'github-token': '${{ github.token }}' }).credentials.githubToken).toBeUndefined()
})

describe('secrets are never shown in a problem', () => {
  test('a password without a user', () => {
    const told = JSON.stringify(problemsOf({ ...hub, password: 'hunter22' }))
    expect(told).toContain('username')
    expect(told).not.toContain('hunter22')
  })
  test('a secret that is given as a build argument, which stays in the history of the image', () => {
    const problems = problemsOf({ ...pair, ...hub, 'github-token': 'ghs_1234', 'build-args': 'A=correct horse\nB=ghs_1234\nC=1' })
    expect(problems.map(({ input, value }) => [input, value])).toEqual([
      ['build-args', 'A'],
      ['build-args', 'B'],
    ])
    expect(JSON.stringify(problems)).not.toMatch(/correct horse|ghs_1234/)
  })
  test('values of variables, in a line that could not be read', () => {
    expect(JSON.stringify(problemsOf({ 'run-env': 'KEY=-----BEGIN\nMIIEvQIBADANBg' }))).not.toContain('MIIEvQ')
  })
})

test('an image name that is wrong does not make a problem of credentials that are right for it', () => {
  expect(problemsOf({ images: 'ghcr.io/acme/iris:v1', password: 'x' }).map(({ input }) => input)).toEqual(['images'])
})
