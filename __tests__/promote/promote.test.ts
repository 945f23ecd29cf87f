import { describe, expect, test } from '@jest/globals'
import { main } from '../../src/main.ts'
import type { Event } from '../../src/plan/event.ts'
import { inputHashLabel } from '../../src/plan/labels.ts'
import { type GateRecord, recordArtifact, recordType } from '../../src/publish/record.ts'
import { createEvent, createRecord } from '../builders.ts'
import { type FakeRegistry, registryLogin, sha256 } from '../fake-registry.ts'
import { createWorld, givenFor, type Script } from '../whole-run.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const run = { workflow: 'acme/iris/.github/workflows/image.yml', number: 7 }
const release = { ref: { kind: 'tag', name: 'v1.2.3' }, run, committed: '2026-01-02T03:04:05Z' } as const satisfies Partial<Event>

type Given = Readonly<Record<string, string>>
type Labels = Readonly<Record<string, string>>

/** The labels that a run would give its image. */
async function labelsFor(given: Given, event: Partial<Event>, script: Script = {}): Promise<Labels> {
  const { host } = createWorld(script)
  await main(host, givenFor({ 'dry-run': 'true', ...given }), createEvent(event), new AbortController().signal)
  const lines = (host.outputs.get('labels') ?? '').split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

const bytes = (text: string) => new TextEncoder().encode(text)

function put(registry: FakeRegistry, text: string, mediaType: string, ...references: readonly string[]): string {
  for (const reference of [`acme/iris@${sha256(text)}`, ...references.map((tag) => `acme/iris:${tag}`)])
    registry.manifests.set(reference, { mediaType, body: bytes(text) })
  return sha256(text)
}

function putImage(registry: FakeRegistry, labels: Labels, tags: readonly string[], architecture = 'amd64'): string {
  const config = JSON.stringify({ architecture, config: { Labels: labels } })
  registry.blobs.set(sha256(config), config)
  return put(registry, JSON.stringify({ config: { digest: sha256(config), size: 100 }, layers: [{ size: 900 }] }), manifestType, ...tags)
}

type Setting = Readonly<{
  /** What the run on main was given, and what the release is. */
  before?: Given
  now?: Given
  event?: Partial<Event>
  labels?: (labels: Labels) => Labels
  tags?: readonly string[]
  architecture?: string
  script?: Script
}>

/** A run on main has published; then comes another. */
async function act({ before = {}, now = {}, event = release, labels = (all) => all, tags = ['sha-1f2e3d4', 'latest'], ...rest }: Setting) {
  const { registry, host } = createWorld(rest.script)
  const digest = putImage(registry, labels(await labelsFor(before, { run, committed: release.committed })), tags, rest.architecture)
  const { exitCode, report } = await main(host, givenFor(now), createEvent(event), new AbortController().signal)
  const puts = registry.log.filter((line) => line.startsWith('PUT')).map((line) => line.split('/').at(-1))
  const said = host.lines.filter((line) => /^(Not promoted|Promoted)/.test(line))
  const isFull = host.argvs().some((argv) => argv.startsWith('docker buildx build'))
  return { host, registry, exitCode, report, puts, said, isFull, digest }
}

const image = 'localhost:5000/acme/iris:sha-1f2e3d4'

describe('a release of what a run on main has published', () => {
  test('is its tags on that digest: no process but git, nothing else written', async () => {
    const { host, exitCode, report, puts, said, digest } = await act({})
    expect([exitCode, said]).toEqual([
      0,
      [`Promoted: ${image} was gated and published for this commit and these inputs; nothing is run again.`],
    ])
    expect(puts).toEqual(['1.2.3', '1.2'])
    expect(host.argvs().filter((argv) => !argv.startsWith('git'))).toEqual([])
    expect(Object.fromEntries(host.outputs)).toMatchObject({
      digest,
      pushed: 'true',
      result: 'passed',
      version: '1.2.3',
      'image-size': '1000',
    })
    expect(report).toMatchObject({
      result: 'passed',
      promoted: { digest, found: image },
      stages: [
        { stage: 'test', state: 'reused', detail: `of ${image}` },
        { stage: 'build', state: 'reused' },
        { stage: 'inspect', state: 'skipped', detail: 'leak-check: false' },
        { stage: 'smoke', state: 'reused' },
        { stage: 'publish', state: 'passed' },
      ],
    })
    expect(host.lines.at(-1)).toMatch(/^Result: passed\. promoted .*:sha-1f2e3d4 to localhost:5000\/acme\/iris:1\.2\.3 in /)
  })
  test('of an index too, which says by its first image what it is', async () => {
    const { registry, host } = createWorld()
    const child = putImage(registry, await labelsFor({}, { run, committed: release.committed }), [])
    const index = JSON.stringify({ manifests: [{ digest: child, platform: { os: 'linux', architecture: 'amd64' } }] })
    const digest = put(registry, index, indexType, 'sha-1f2e3d4')
    await main(host, givenFor(), createEvent(release), new AbortController().signal)
    expect(host.outputs.get('digest')).toBe(digest)
    expect(registry.manifests.get('acme/iris:1.2.3')?.mediaType).toBe(indexType)
  })
  test('and what is turned off is told as such', async () => {
    const off = { test: 'false' }
    const { report } = await act({ before: off, now: off })
    expect(report?.stages[0]).toMatchObject({ stage: 'test', state: 'skipped', detail: 'test: false' })
  })
  test('a re-run of that push sets what its first attempt has not', async () => {
    const event = { run, committed: release.committed }
    const { puts, isFull, said } = await act({ event, tags: ['sha-1f2e3d4'], script: { env: { GITHUB_RUN_ATTEMPT: '2' } } })
    expect([puts, isFull, said]).toEqual([['latest'], false, [expect.stringContaining('Promoted')]])
  })
  test('a registry that fails at a tag makes it red, as any push', async () => {
    const fault = (request: string) => (request === 'PUT /v2/acme/iris/manifests/1.2' ? { status: 403 } : undefined)
    const { exitCode, report } = await act({ script: { registry: { fault } } })
    expect([exitCode, report?.failure?.stage, report?.failure?.code]).toEqual([3, 'publish', 'registry-denied'])
  })
})

describe('the merge of a pull request, where push: true has published that', () => {
  const tree = '7'.repeat(40)
  const head = 'e'.repeat(40)
  const pull = { name: 'pull_request', sha: head, ref: { kind: 'pull', number: 12 }, tree, run, committed: release.committed } as const
  const merge = { run, committed: release.committed, tree, merged: 12 } as const
  const always = { push: 'true' }
  async function merged(given: Given, event: Partial<Event>, before: Partial<Event> = pull, now: Given = given) {
    const { registry, host } = createWorld()
    const digest = putImage(registry, await labelsFor(given, before), ['pr-12', 'sha-eeeeeee'])
    await main(host, givenFor(now), createEvent(event), new AbortController().signal)
    const isFull = host.argvs().some((argv) => argv.startsWith('docker buildx build'))
    return { isFull, digest, held: sha256(registry.manifests.get('acme/iris:latest')?.body ?? ''), lines: host.lines.join('\n') }
  }
  test('with the same tree gets the tags of the branch on that image', async () => {
    const { isFull, digest, held, lines } = await merged(always, merge)
    expect([isFull, held]).toEqual([false, digest])
    expect(lines).toContain('Promoted: localhost:5000/acme/iris:pr-12 was gated and published for commit eeeeeee with the tree of this one')
  })
  test.each<readonly [string, Partial<Event>, Partial<Event>, Given, string]>([
    ['with another tree', { ...merge, tree: '8'.repeat(40) }, pull, always, 'localhost:5000/acme/iris:pr-12 is of commit eeeeeee'],
    ['with a tree that was not known', merge, { ...pull, tree: '' }, always, 'localhost:5000/acme/iris:pr-12 is of commit eeeeeee'],
    [
      'with other inputs',
      merge,
      pull,
      { ...always, target: '0' },
      'localhost:5000/acme/iris:pr-12 was made with another commit, another target',
    ],
  ])('%s is a full run', async (_, event, before, now, reason) => {
    const { isFull, lines } = await merged(always, event, before, now)
    expect(isFull).toBe(true)
    expect(lines).toContain(`Not promoted: ${reason}.`)
  })
  test('is not looked for where pull requests are not published', async () => {
    const { isFull, lines } = await merged({}, merge)
    expect([isFull, lines.includes('romoted')]).toEqual([true, false])
  })
})

describe('a full run, with its reason in one line', () => {
  test.each<readonly [string, Setting, string]>([
    ['nothing is published', { tags: [] }, 'no image of this commit is there as sha-1f2e3d4'],
    ['other build-args', { now: { 'build-args': 'A=1' } }, `${image} was made with other build-args`],
    [
      'another Dockerfile',
      { script: { files: { '/repo/Dockerfile': 'FROM python:3.12-slim\n' } } },
      `${image} was made with another Dockerfile`,
    ],
    ['another target', { before: { target: '0' } }, `${image} was made with another target`],
    ['tests that were left out', { before: { test: 'false' } }, `${image} was made with other inputs of the tests`],
    ['a sample that was not asked', { now: { 'predict-body': '[1]' } }, `${image} was made with other inputs of the smoke test`],
    [
      'a smoke test and more',
      { before: { smoke: 'false', accept: 'no-tests' } },
      `${image} was made with other inputs of the smoke test, another accept`,
    ],
    ['another platform', { now: { platforms: 'linux/amd64' } }, `${image} was made with other options of the build`],
    [
      'another commit',
      { labels: (all) => ({ ...all, 'org.opencontainers.image.revision': 'f'.repeat(40) }) },
      `${image} is of commit fffffff`,
    ],
    [
      'an image of another tool',
      { labels: () => ({}) },
      `${image} has no label io.github.ml-image-action.input-hash: it is not known what was asked of it`,
    ],
    [
      'a version of this action with another hash',
      { labels: ({ 'io.github.ml-image-action.input-parts': _, ...all }) => ({ ...all, [inputHashLabel]: 'a'.repeat(64) }) },
      `${image} was made with other inputs`,
    ],
    [
      'another model in the build context',
      { labels: (all) => ({ ...all, 'io.github.ml-image-action.model.digest': 'sha256:aa' }) },
      `${image} has another model than the build context`,
    ],
    [
      'another machine',
      { architecture: 'arm64', script: { env: { RUNNER_ARCH: 'X64' } } },
      `${image} is for arm64, and this machine is amd64`,
    ],
    [
      'a file that the commit does not have',
      { script: { capture: { 'git --no-optional-locks': { stdout: '? extra.py\0' } } } },
      'the commit does not have extra.py as it is here',
    ],
    ['promote: off', { now: { promote: 'off' } }, 'promote is off'],
    ['no-cache', { before: { 'no-cache': 'true' }, now: { 'no-cache': 'true' } }, 'no-cache asks for a new image'],
    ['pull', { before: { pull: 'true' }, now: { pull: 'true' } }, 'pull asks for new base images'],
  ])('%s', async (_, setting, reason) => {
    const { isFull, said, exitCode } = await act(setting)
    expect([exitCode, isFull, said]).toEqual([0, true, [`Not promoted: ${reason}.`]])
  })
  test('a registry that says no', async () => {
    const fault = (request: string) => (request === 'GET /v2/acme/iris/manifests/sha-1f2e3d4' ? { status: 403 } : undefined)
    const { said, isFull } = await act({ script: { registry: { fault } } })
    expect([isFull, said]).toEqual([true, [expect.stringMatching(/^Not promoted: .*sha-1f2e3d4 cannot be read/)]])
  })
  test('a registry that is silent, after ten seconds', async () => {
    const fault = (request: string, count: number) =>
      request === 'GET /v2/acme/iris/manifests/sha-1f2e3d4' && count === 1 ? { takes: 3_600_000 } : undefined
    const { said, isFull } = await act({ script: { registry: { fault } } })
    expect([isFull, said]).toEqual([true, ['Not promoted: a registry has not answered in ten seconds.']])
  })
})

describe('a registry that keeps lists of what is about an image', () => {
  const script: Script = { registry: { referrers: true } }
  type Change = (record: GateRecord) => GateRecord
  async function released(change: Change | undefined) {
    const { registry, host } = createWorld(script)
    const labels = await labelsFor({}, { run, committed: release.committed })
    const digest = putImage(registry, labels, ['sha-1f2e3d4'])
    const record = createRecord({ image: digest, inputHash: labels[inputHashLabel] ?? '' })
    const subject = { digest, mediaType: manifestType, body: new Uint8Array() }
    const { manifest, blobs } = recordArtifact(change ? change(record) : record, subject)
    for (const blob of blobs) registry.blobs.set(blob.digest, new TextDecoder().decode(blob.body))
    if (change) put(registry, new TextDecoder().decode(manifest.body), manifestType)
    const { report } = await main(host, givenFor(), createEvent(release), new AbortController().signal)
    return { report, said: host.lines.filter((line) => /^(Not promoted|Promoted)/.test(line)) }
  }
  test('has the record of the gates, which says by which run', async () => {
    const { report, said } = await released((record) => record)
    expect(report?.promoted?.run).toBe('https://github.com/acme/iris/actions/runs/42')
    expect(report?.stages[0]?.detail).toBe('of https://github.com/acme/iris/actions/runs/42')
    expect(said[0]).toContain('by https://github.com/acme/iris/actions/runs/42; nothing is run again.')
  })
  test.each<readonly [string, Change | undefined]>([
    ['no record', undefined],
    ['one of other inputs', (record) => ({ ...record, inputHash: 'aa' })],
    ['one of another commit', (record) => ({ ...record, revision: 'f'.repeat(40) })],
    ['one of a run without tests', (record) => ({ ...record, gates: { ...record.gates, tests: 'skipped' } })],
    ['one of a run that started nothing', (record) => ({ ...record, gates: { ...record.gates, smoke: 'skipped' } })],
    ['one of another image', (record) => ({ ...record, image: `sha256:${'a'.repeat(64)}` })],
  ])('%s is a full run', async (_, change) =>
    expect((await released(change)).said).toEqual([
      `Not promoted: ${image} has no record that its gates were passed, which its registry would have.`,
    ]),
  )
  test('gets that record from a push, beside its tags', async () => {
    const { registry, host } = createWorld(script)
    await main(host, givenFor(), createEvent({ run, committed: release.committed }), new AbortController().signal)
    const records = [...registry.manifests.values()].filter(({ body }) => new TextDecoder().decode(body).includes(recordType))
    expect([records.length, host.outputs.get('pushed')]).toEqual([1, 'true'])
    expect(host.lines).toContain('localhost:5000/acme/iris has a record of its gates')
  })
  test('that does not take it has its tags all the same', async () => {
    const fault = (request: string) => (request.startsWith('POST /v2/acme/iris/blobs/uploads/') ? { status: 403 } : undefined)
    const { host } = createWorld({ registry: { referrers: true, fault } })
    const { exitCode } = await main(host, givenFor(), createEvent({ run }), new AbortController().signal)
    expect([exitCode, host.outputs.get('pushed')]).toEqual([0, 'true'])
    expect(host.lines.join('\n')).toContain('localhost:5000/acme/iris has not taken the record of its gates')
  })
})

describe('no registry is asked, and nothing is said', () => {
  test.each<readonly [string, Partial<Event>]>([
    ['at a push to the branch', { run }],
    ['at a schedule', { run, name: 'schedule' }],
    ['at a dispatch', { run, name: 'workflow_dispatch' }],
  ])('%s', async (_, event) => {
    const { said, isFull } = await act({ event })
    expect([isFull, said]).toEqual([true, []])
  })
})

test('where there are two registries one that lacks it gets a copy; two images are none', async () => {
  const two = { images: 'localhost:5000/acme/iris\nlocalhost:5000/acme/other', registry: 'localhost:5000', ...registryLogin }
  const before = await labelsFor(two, { run, committed: release.committed })
  const { registry, host } = createWorld()
  putImage(registry, before, ['sha-1f2e3d4'])
  registry.manifests.set('acme/other:sha-1f2e3d4', { mediaType: manifestType, body: bytes('{"config":{}}') })
  await main(host, givenFor(two), createEvent(release), new AbortController().signal)
  expect(host.lines).toContain(`Not promoted: ${image} and localhost:5000/acme/other:sha-1f2e3d4 are two images.`)
})
