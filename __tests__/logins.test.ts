import { describe, expect, test } from '@jest/globals'
import type { Host } from '../src/host/host.ts'
import { main } from '../src/main.ts'
import { createEvent } from './builders.ts'
import { registryLogin } from './fake-registry.ts'
import { createWorld, givenFor, type Script } from './whole-run.ts'

// Whole runs: which login is known to whom, and when.

const registry = 'localhost:5000'
const reader = { username: 'reader', password: 'reads-only-1' }
const auth = (...entries: readonly Readonly<Record<string, string>>[]) => JSON.stringify(entries.map((entry) => ({ registry, ...entry })))
const onBase = { '/repo/Dockerfile': 'FROM localhost:5000/acme/base\n' }

async function runWith(given: Readonly<Record<string, string>>, script: Script = {}, overrides: Partial<Host> = {}) {
  const { host, registry: holds } = createWorld(script)
  /** Every config.json that was written, by whoever. */
  const configs: string[] = []
  const files = {
    ...host.files,
    writePrivate: (path: string, text: string) => {
      if (path.endsWith('/config.json')) configs.push(text)
      host.files.writePrivate(path, text)
    },
  }
  const inputs = new Map([...givenFor(given)].filter(([, value]) => value !== ''))
  const { exitCode } = await main({ ...host, files, ...overrides }, inputs, createEvent(), new AbortController().signal)
  const builds = host.commands.find(({ argv }) => argv.join(' ').startsWith('docker buildx build'))
  return { exitCode, host, holds, configs, buildHasConfig: builds?.env['DOCKER_CONFIG'] !== undefined }
}
const noPair = { username: '', password: '' }
const authOf = (config: string) =>
  Buffer.from((JSON.parse(config) as { auths: Record<string, { auth: string }> }).auths[registry]?.auth ?? '', 'base64').toString()

describe('registry-auth', () => {
  test('a login to push is not shown to the build, and pushes', async () => {
    const given = { ...noPair, 'registry-auth': auth({ ...registryLogin, use: 'push' }) }
    const { exitCode, configs, buildHasConfig, holds, host } = await runWith(given, { files: onBase })
    expect({ exitCode, configs, buildHasConfig }).toEqual({ exitCode: 0, configs: [], buildHasConfig: false })
    expect([...holds.manifests.keys()]).toContain('acme/iris:latest')
    expect(host.hidden).toEqual(
      expect.arrayContaining([registryLogin.password, Buffer.from(`shipper:${registryLogin.password}`).toString('base64')]),
    )
  })
  test('a login to read is what the build gets, and the push another', async () => {
    const given = { ...noPair, 'registry-auth': auth({ ...registryLogin, use: 'push' }, { ...reader, use: 'pull' }) }
    const { exitCode, configs, holds } = await runWith(given, { files: onBase })
    expect({ exitCode, logins: configs.map(authOf) }).toEqual({ exitCode: 0, logins: ['reader:reads-only-1'] })
    expect([...holds.manifests.keys()]).toContain('acme/iris:latest')
  })
  test('a login for another registry is there for base images', async () => {
    const given = { 'registry-auth': JSON.stringify([{ registry: 'corp.example', ...reader }]) }
    const { exitCode, configs } = await runWith(given, { files: { '/repo/Dockerfile': 'FROM corp.example/base\n' } })
    expect(exitCode).toBe(0)
    expect(configs).toHaveLength(1)
    expect(configs[0]).toContain('corp.example')
    expect(configs[0]).not.toContain(registry)
  })
})

describe('a cloud', () => {
  const ecr = { ...noPair, ecr: 'true' }
  const env = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' }
  /** What had been run when the cloud was asked. */
  const asking =
    (host: () => readonly string[], asked: string[][]): Host['cloudToken'] =>
    async () => {
      asked.push(host().map((argv) => argv.split(' ').slice(0, 2).join(' ')))
      return registryLogin
    }
  test('is asked for a login when the gates are green', async () => {
    const world = createWorld({ env })
    const asked: string[][] = []
    const given = new Map([...givenFor(ecr)].filter(([, value]) => value !== ''))
    const host = { ...world.host, cloudToken: asking(world.host.argvs, asked) }
    const { exitCode } = await main(host, given, createEvent(), new AbortController().signal)
    expect(exitCode).toBe(0)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toEqual(expect.arrayContaining(['docker buildx', 'docker run']))
    expect(asked[0]).not.toContain('docker push')
    expect([...world.registry.manifests.keys()]).toContain('acme/iris:latest')
  })
  test('is not asked where a gate is red', async () => {
    const asked: string[][] = []
    const { exitCode } = await runWith(ecr, { env, predict: { status: 500 } }, { cloudToken: asking(() => [], asked) })
    expect({ exitCode, asked }).toEqual({ exitCode: 1, asked: [] })
  })
  test('is asked earlier to read a base image, and one that gives nothing does not end the run before the build', async () => {
    const asked: string[][] = []
    const { configs } = await runWith(ecr, { env, files: onBase }, { cloudToken: asking(() => [], asked) })
    expect({ logins: configs.map(authOf), asked: asked.length }).toEqual({ logins: [`shipper:${registryLogin.password}`], asked: 2 })
    const silent = await runWith(ecr, { env, files: onBase }, { cloudToken: async () => Promise.reject(new Error('nothing')) })
    expect({ exitCode: silent.exitCode, configs: silent.configs }).toEqual({ exitCode: 3, configs: [] })
    expect(silent.host.notices.join()).toContain('Nobody logs in to localhost:5000 for the build')
  })
})
