import { describe, expect, test } from '@jest/globals'
import type { Comment, Comments, PackageCache } from '../../../src/host/host.ts'
import type { CommentInputs } from '../../../src/inputs/inputs.ts'
import { openComment } from '../../../src/report/comment/comment.ts'
import type { Report } from '../../../src/report/report.ts'
import { failureReport } from '../../../src/report/report.ts'
import { commit, createEvent, createInputs, createPlan, createReport, createTestReport, digest } from '../../builders.ts'
import { createFakeHost, type FakeHost, type Overrides } from '../../fake-host.ts'
import { createFiles } from '../../memory-files.ts'

const manifest = (bytes: number) => JSON.stringify({ schemaVersion: 2, config: { size: 0 }, layers: [{ size: bytes }] })
const registry = 'https://ghcr.io/v2/acme/iris/manifests/latest'
/** A registry that has an image of so many bytes under latest, and one that has none. */
type Requests = NonNullable<Overrides['request']>
const weighs = (bytes: number): Requests => ({
  'GET https://ghcr.io/v2/': { status: 200 },
  [`GET ${registry}`]: { body: manifest(bytes), headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' } },
})
const empty: Requests = { 'GET https://ghcr.io/v2/': { status: 404 } }

type Written = { pages: number; bodies: string[] }
function fakeComments(
  written: Written,
  existing: readonly Comment[] = [],
  act: Partial<Comments> = {},
): NonNullable<Overrides['comments']> {
  return () => ({
    page: async () => {
      written.pages++
      return { comments: existing, last: true }
    },
    create: async (body) => {
      written.bodies.push(body)
      return 'https://github.com/acme/iris/pull/7#issuecomment-1'
    },
    update: async (_, body) => {
      written.bodies.push(body)
      return 'https://github.com/acme/iris/pull/7#issuecomment-1'
    },
    viewer: async () => 'github-actions[bot]',
    ...act,
  })
}

const env = { GITHUB_JOB: 'image', GITHUB_RUN_ID: '42', RUNNER_TEMP: '/tmp/runner' }
const never = new AbortController().signal
const onPull = createEvent({ name: 'pull_request', ref: { kind: 'pull', number: 7 } })
const onChange: CommentInputs = { when: 'on-change' }
const always: CommentInputs = { when: 'always' }

/** One run of a pull request, from its beginning to the comment. */
async function commented(
  comment: CommentInputs,
  report: Report,
  overrides: Overrides = {},
  { event = onPull, cancel = never, existing = [] as readonly Comment[], act = {} as Partial<Comments> } = {},
): Promise<Readonly<{ host: FakeHost; written: Written }>> {
  const written: Written = { pages: 0, bodies: [] }
  const host = createFakeHost({ env, request: empty, comments: fakeComments(written, existing, act), ...overrides })
  const inputs = createInputs({ comment, credentials: { githubToken: 'ghs_t' } })
  const plan = createPlan({ event, push: { push: false, reason: 'pull_request' } })
  const conclude = openComment(host, inputs, plan, cancel)
  // The gates take longer than a registry.
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
  await conclude?.(report)
  return { host, written }
}

const green = createReport({ pushed: false, pushedTags: [] })
const red = createReport({ result: 'failed', failure: failureReport('test', { code: 'tests-failed', message: 'x', evidence: [] }) })
const kept = (figures: object): PackageCache & Readonly<{ asked: string[] }> => {
  const asked: string[] = []
  return {
    asked,
    restore: async (path, key, keys) => {
      asked.push(path, key, ...keys)
      return JSON.stringify(figures)
    },
    save: async () => undefined,
  }
}

describe('on-change', () => {
  test.each([
    ['the image of the registry weighs as much', 61_400_000, green, 0],
    ['it grew by 5 %', 58_000_000, green, 1],
    ['the run is red', 61_400_000, red, 1],
  ])('%s: %d bytes', async (_, bytes, report, comments) => {
    const { written, host } = await commented(onChange, report, { request: weighs(bytes) })
    expect(written.bodies).toHaveLength(comments)
    expect(host.notices).toEqual([])
    expect(host.lines.at(-1)).toMatch(comments === 0 ? /^Comment: none, nothing moved/ : /^Comment: https:/)
  })
  test('nothing to compare with: nothing is written', async () => expect((await commented(onChange, green)).written.bodies).toEqual([]))
  test('a comment that is there is kept up to date', async () => {
    const first = await commented(always, green)
    const marker = first.written.bodies[0]?.split('\n')[0] ?? ''
    const own = { id: 1, body: `${marker}\nred`, author: 'github-actions[bot]', url: 'https://x' }
    const { written, host } = await commented(onChange, green, {}, { existing: [own] })
    expect(written.bodies).toHaveLength(1)
    expect(host.lines).toEqual(['Comment: https://github.com/acme/iris/pull/7#issuecomment-1 (updated)'])
  })
})

test('always: what is written begins with the marker, and tells both images', async () => {
  const { written } = await commented(always, green, { request: weighs(61_400_000) })
  expect(written.bodies).toEqual([
    expect.stringMatching(
      /^<!-- ml-image-action:ghcr\.io\/acme\/iris:image:[0-9a-f]{12} -->\n<!-- run 42\.1 -->\n### ML image: gates passed\n[\s\S]*\| Image, compressed \| 61\.4 MB \| 61\.4 MB \| {2}\|\n[\s\S]*compared with `ghcr\.io\/acme\/iris:latest` \(`sha256:/,
    ),
  ])
})

test('what is hidden is hidden, but for the marker that the comment is found by', async () => {
  const written: Written = { pages: 0, bodies: [] }
  const host = createFakeHost({ env, request: empty, comments: fakeComments(written) })
  host.hide('acme/iris')
  const inputs = createInputs({ comment: always, credentials: { githubToken: 'ghs_t' } })
  await openComment(host, inputs, createPlan({ event: onPull }), never)?.(green)
  expect(written.bodies[0]).toMatch(/^<!-- ml-image-action:ghcr\.io\/acme\/iris:/)
  expect(written.bodies[0]?.split('\n').slice(1).join('\n')).not.toContain('acme/iris')
})

describe('figures of the branch', () => {
  const figures = { version: 1, digest, revision: commit, bytes: 40_000_000, tests: { passed: 9, skipped: 0 } }
  test('are compared with; the size is that of the image in the registry', async () => {
    const files = createFiles()
    const cache = kept(figures)
    const restore: PackageCache['restore'] = async (path, key, keys) => {
      files.makeFolder(path)
      files.writePrivate(`${path}/figures.json`, JSON.stringify(figures))
      return await cache.restore(path, key, keys)
    }
    const { written } = await commented(onChange, green, { files, packageCache: { ...cache, restore }, request: weighs(61_400_000) })
    expect(cache.asked).toEqual([
      expect.stringMatching(/^\/tmp\/runner\/ml-image-figures-1-[0-9a-f]{12}$/),
      expect.stringMatching(/-of-none$/),
      expect.stringMatching(/^ml-image-figures-1-[0-9a-f]{12}-$/),
    ])
    expect(files.list(cache.asked[0] ?? '')).toEqual([])
    expect(written.bodies[0]).toContain('### ML image: gates passed, 4 fewer tests passed\n')
    expect(written.bodies[0]).toContain('| Image, compressed | 61.4 MB | 61.4 MB |  |')
    expect(written.bodies[0]).toContain('and the published run of `1f2e3d4`.')
  })
  test('that the gate for the size has win', async () => {
    const size = { bytes: 61e6, layers: [], previous: { reference: 'ghcr.io/acme/iris:1.0', digest, bytes: 30e6 } }
    const { written } = await commented(onChange, { ...green, size }, { request: weighs(61_400_000) })
    expect(written.bodies[0]).toContain('| Image, compressed | 30.0 MB | 61.0 MB |')
    expect(written.bodies[0]).toContain('compared with `ghcr.io/acme/iris:1.0`')
  })
  test('that do not come are not waited for', async () => {
    const packageCache: PackageCache = { restore: () => new Promise(() => undefined), save: async () => undefined }
    const { written, host } = await commented(always, green, { packageCache })
    expect(written.bodies).toHaveLength(1)
    expect(host.notices).toEqual([])
  })
  test('a cache that breaks is no fault', async () => {
    const packageCache: PackageCache = { restore: () => Promise.reject(new Error('503')), save: async () => undefined }
    expect((await commented(always, green, { packageCache })).host.notices).toEqual([])
  })
})

describe('a run that publishes a branch', () => {
  const onMain = createEvent()
  const run = async (report: Report, more: Overrides = {}, event = onMain) => {
    const saved: string[] = []
    const files = createFiles()
    const packageCache: PackageCache = {
      restore: async () => undefined,
      save: async (path, key) => void saved.push(key, files.readText(`${path}/figures.json`) ?? ''),
    }
    const host = createFakeHost({ env, files, packageCache, ...more })
    const plan = createPlan({ event })
    await openComment(host, createInputs({ comment: onChange }), plan, never)?.(report)
    return { saved, host }
  }
  test('keeps its figures, and takes its file away', async () => {
    const { saved, host } = await run(createReport())
    expect(saved[0]).toMatch(/^ml-image-figures-1-[0-9a-f]{12}-42\.1$/)
    expect(JSON.parse(saved[1] ?? '')).toEqual({
      version: 1,
      digest,
      revision: commit,
      bytes: 61_400_000,
      tests: { passed: 5, skipped: 0 },
    })
    expect(host.files.list(`/tmp/runner/${saved[0]?.slice(0, -5)}`)).toEqual([])
    expect(host.lines).toEqual([])
  })
  test.each([
    ['red', red],
    ['nothing pushed', createReport({ pushed: false })],
    ['promoted', createReport({ promoted: { digest, found: 'x', revision: commit } })],
  ])('keeps none that are no news: %s', async (_, report) => expect((await run(report)).saved).toEqual([]))
  test('keeps none of a tag', async () => {
    expect((await run(createReport(), {}, createEvent({ ref: { kind: 'tag', name: 'v1' } }))).saved).toEqual([])
  })
  test('is not held up by a cache that breaks or hangs', async () => {
    const breaks: PackageCache = { restore: async () => undefined, save: () => Promise.reject(new Error('x')) }
    const hangs: PackageCache = { restore: async () => undefined, save: () => new Promise(() => undefined) }
    for (const packageCache of [breaks, hangs]) expect((await run(createReport(), { packageCache })).host.notices).toEqual([])
  })
})

describe('no comment', () => {
  test('of a push', async () => expect((await commented(always, green, {}, { event: createEvent() })).written.pages).toBe(0))
  test('on a laptop', async () =>
    expect(
      (await commented(always, green, {}, { event: createEvent({ source: 'git', ref: { kind: 'branch', name: 'x' } }) })).written.pages,
    ).toBe(0))
  test('of a run that was cancelled, whenever that was', async () => {
    const cancel = new AbortController()
    const cancelled = createReport({ failure: failureReport('build', { code: 'cancelled', message: 'x', evidence: [] }) })
    expect((await commented(always, cancelled)).written.pages).toBe(0)
    const page = () => {
      cancel.abort()
      return new Promise<never>(() => undefined)
    }
    const stopping = commented(always, green, {}, { cancel: cancel.signal, act: { page } })
    expect((await stopping).host.notices).toEqual([])
  })
  test('an answer that does not come is waited for ten seconds, and is one notice', async () => {
    const start = createFakeHost().now()
    const { host } = await commented(always, green, {}, { act: { page: () => new Promise(() => undefined) } })
    expect(host.now() - start).toBe(10_000)
    expect(host.notices).toEqual(['No comment on the pull request: GitHub gave no answer within 10 s.'])
  })
  test.each([
    ['own', ' The job needs permissions: pull-requests: write.'],
    ['fork', ' A run for a fork or by Dependabot may only read.'],
    ['dependabot', ' A run for a fork or by Dependabot may only read.'],
  ] as const)('where the token may not: one notice (%s)', async (origin, fix) => {
    const refusal = Object.assign(new Error('Resource not accessible by integration - https://docs.github.com/rest/issues'), {
      status: 403,
    })
    const event = createEvent({ ...onPull, origin })
    const { host } = await commented(always, red, {}, { event, act: { create: () => Promise.reject(refusal) } })
    expect(host.notices).toEqual([`No comment on the pull request: 403, Resource not accessible by integration.${fix}`])
  })
  test('without a token: one notice', async () => {
    const host = createFakeHost({ env, comments: fakeComments({ pages: 0, bodies: [] }) })
    await openComment(host, createInputs({ comment: always }), createPlan({ event: onPull }), never)?.(green)
    expect(host.notices).toEqual(['No comment on the pull request: there is no github-token.'])
  })
})

test('failed tests are in it', async () => {
  const failures = [{ name: 'tests/test_a::test_x', message: 'assert 1 == 2' }]
  const { written } = await commented(onChange, { ...red, tests: createTestReport({ failed: 1, failures }) })
  expect(written.bodies[0]).toContain('tests/test_a::test_x\n    assert 1 == 2')
})
