import { describe, expect, test } from '@jest/globals'
import { blobPath } from '../../src/build/layout.ts'
import { main } from '../../src/main.ts'
import type { Event } from '../../src/plan/event.ts'
import { recordArtifact, recordType } from '../../src/publish/record.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { createEvent, createRecord } from '../builders.ts'
import { pushed } from '../fake-engine.ts'
import { createWorld, givenFor, type Script } from '../whole-run.ts'

const labels = { 'org.opencontainers.image.revision': 'e'.repeat(40), maker: 'cog' }
const inspected = {
  Id: pushed.digest,
  Os: 'linux',
  Architecture: 'amd64',
  Size: 43_000,
  Config: { ExposedPorts: { '8000/tcp': {} }, Labels: labels },
}
const named = { 'docker image inspect': { stdout: JSON.stringify([{ ...inspected, RepoTags: ['iris:built'] }]) } }
const run42 = { GITHUB_RUN_ID: '42' }

async function act(given: Readonly<Record<string, string>>, script: Script = {}, event: Partial<Event> = {}) {
  const world = createWorld(script)
  const without = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '-'))
  const all = new Map([...givenFor(without)].filter(([name]) => given[name] !== '-'))
  const result = await main(world.host, all, createEvent(event), new AbortController().signal)
  const states = Object.fromEntries(result.report?.stages.map(({ stage, state, detail }) => [stage, `${state} ${detail}`]) ?? [])
  return { ...world, ...result, states, outputs: Object.fromEntries(world.host.outputs), argvs: world.host.argvs() }
}
const noBuild = (argvs: readonly string[]) => expect(argvs.filter((argv) => /buildx (build|bake)/.test(argv))).toEqual([])

describe('an image of the engine', () => {
  test('is pinned to its id, gated and published, and keeps its names and labels', async () => {
    const { exitCode, registry, argvs, states, outputs, host } = await act({ from: 'iris:built' }, { capture: named })
    expect(exitCode).toBe(0)
    noBuild(argvs)
    expect(argvs).toContain(`docker image tag ${pushed.digest} ml-image-action/run:f00dcafe0001`)
    expect(argvs.filter((argv) => argv.startsWith('docker image rm') && argv.includes('iris'))).toEqual([])
    expect(states).toMatchObject({
      build: expect.stringMatching(/^passed .*taken from iris:built/),
      smoke: expect.stringMatching(/^passed/),
      test: expect.stringMatching(/^passed/),
    })
    expect([...registry.manifests.keys()]).toContain('acme/iris:latest')
    expect(outputs).toMatchObject({ digest: pushed.digest, labels: expect.stringContaining('maker=cog'), pushed: 'true' })
    expect(outputs).not.toHaveProperty('cache-hits')
    expect(host.traces).toContainEqual({ kind: 'image', name: 'ml-image-action/run:f00dcafe0001' })
  })
  test('without a name of its own keeps that of the run: to take it away would remove the image', async () => {
    const script = { capture: { 'docker image inspect': { stdout: JSON.stringify([{ ...inspected, RepoTags: [] }]) } } }
    const { exitCode, argvs, host } = await act({ from: pushed.digest }, script)
    expect(exitCode).toBe(0)
    expect(argvs.filter((argv) => argv.endsWith('rm ml-image-action/run:f00dcafe0001'))).toEqual([])
    expect(host.traces).not.toContainEqual({ kind: 'image', name: 'ml-image-action/run:f00dcafe0001' })
  })
  test('that is not there is told, with how one in a registry is named', async () => {
    const script = { capture: { 'docker image inspect': { exitCode: 1, stderr: 'No such image: iris:nope' } } }
    const { exitCode, outputs, host } = await act({ from: 'iris:nope' }, script)
    expect([exitCode, outputs['failure-code'], outputs['failed-stage']]).toEqual([3, 'image-not-found', 'build'])
    expect(host.annotations.map(({ message }) => message).join()).toMatch(/No such image.*given by its digest/s)
  })
  test('for another kind of processor is red, as one that was built', async () => {
    const script = {
      capture: {
        ...named,
        'docker image inspect': { stdout: JSON.stringify([{ ...inspected, Architecture: 'riscv64', RepoTags: ['a'] }]) },
        'docker buildx inspect': {},
      },
    }
    expect((await act({ from: 'iris:built' }, script)).outputs['failure-code']).toBe('platform-untested')
  })
  test('in a folder without tests and without a command has nothing to test', async () => {
    const given = { from: 'iris:built', 'test-command': '-', 'test-requirements': '-', 'working-directory': 'empty' }
    const { states, exitCode } = await act(given, { capture: named, files: { '/repo/empty/x': '' } })
    expect(exitCode).toBe(0)
    expect(states['test']).toMatch(/^skipped no tests here/)
  })
})

const config = JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: labels, ExposedPorts: { '8000/tcp': {} } } })
const layer = 'weights'
const part = (text: string) => ({ mediaType: 'x', digest: digestOf(text), size: text.length })
const manifest = JSON.stringify({ config: part(config), layers: [part(layer)] })
const root = { ...part(manifest), mediaType: pushed.mediaType }

/** What another job has handed over, with what its record says. */
function handed(record: Parameters<typeof createRecord>[0] = {}): Readonly<Record<string, string>> {
  const image = { digest: root.digest, mediaType: root.mediaType, body: new TextEncoder().encode(manifest) }
  const artifact = recordArtifact(createRecord({ image: root.digest, ...record }), image)
  const texts = [config, layer, manifest, ...[...artifact.blobs, artifact.manifest].map(({ body }) => new TextDecoder().decode(body))]
  const entry = { digest: artifact.manifest.digest, artifactType: recordType }
  return {
    ...Object.fromEntries(texts.map((text) => [blobPath('/repo/image', digestOf(text)), text])),
    '/repo/image/index.json': JSON.stringify({ manifests: [root, entry] }),
  }
}

describe('a layout', () => {
  test('that was gated in this run is published, and the engine is not asked for it', async () => {
    const { exitCode, registry, argvs, states, outputs } = await act({ from: 'oci:image' }, { files: handed(), env: run42 })
    expect(exitCode).toBe(0)
    noBuild(argvs)
    expect(argvs.filter((argv) => /^docker (run|pull|push|image tag)/.test(argv))).toEqual([])
    expect(states).toMatchObject({
      test: expect.stringMatching(/^skipped passed in the job/),
      smoke: expect.stringMatching(/^skipped passed in the job/),
    })
    expect([...registry.manifests.keys()]).toContain('acme/iris:latest')
    expect(outputs).toMatchObject({ digest: root.digest, pushed: 'true' })
  })
  test('stays where it is', async () => {
    const { host } = await act({ from: 'oci:image' }, { files: handed(), env: run42 })
    expect(host.files.entries.has('/repo/image/index.json')).toBe(true)
  })
  test('of which a layer has changed publishes nothing', async () => {
    const files = { ...handed(), [blobPath('/repo/image', digestOf(layer))]: 'WEIGHTS' }
    const { outputs, registry } = await act({ from: 'oci:image' }, { files, env: run42 })
    expect(outputs['failure-code']).toBe('digest-mismatch')
    expect(registry.log.filter((request) => /^(PUT|POST)/.test(request))).toEqual([])
  })
  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['of another run', handed({ run: { id: '41', attempt: 1 } }), run42],
    ['of another commit', handed({ revision: 'f'.repeat(40) }), run42],
    ['on a laptop', handed(), {}],
  ])('%s is refused where the gates are left out', async (_, files, env) => {
    const { outputs, exitCode, registry } = await act({ from: 'oci:image', smoke: 'false', test: 'false' }, { files, env })
    expect([exitCode, outputs['failure-code'], registry.log.filter((request) => request.startsWith('P'))]).toEqual([
      1,
      'layout-ungated',
      [],
    ])
  })
  test('whose job left the smoke test out is smoked here', async () => {
    const pulled = {
      ...named,
      'docker container inspect': {
        stdout: JSON.stringify([
          {
            Image: root.digest,
            State: { Running: true, ExitCode: 0 },
            NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] } },
          },
        ]),
      },
    }
    const { states, argvs } = await act(
      { from: 'oci:image' },
      { files: handed({ gates: { tests: 'passed', smoke: 'skipped' } }), env: run42, capture: pulled },
    )
    expect(argvs.some((argv) => argv.startsWith('docker pull') && argv.includes(root.digest))).toBe(true)
    expect(states).toMatchObject({ test: expect.stringMatching(/^skipped passed in/), smoke: expect.stringMatching(/^passed/) })
  })
  test('that is none is told in the stage of the build, and no test is run for it', async () => {
    const { outputs, states } = await act({ from: 'oci:image' }, { files: { '/repo/image/x': '' }, env: run42 })
    expect([outputs['failure-code'], outputs['failed-stage']]).toEqual(['layout-unusable', 'build'])
    expect(states['test']).toMatch(/^skipped there is no image/)
  })
})

test('what a dry run tells of it', async () => {
  const { host, exitCode } = await act({ from: 'iris:built', push: 'oci:out', 'dry-run': 'true' })
  expect(exitCode).toBe(0)
  expect(host.lines.join('\n')).toMatch(/take {4}iris:built[\s\S]*into the folder out/)
})
