import { describe, expect, test } from '@jest/globals'
import type { Comparison } from '../../src/host/host.ts'
import type { Event } from '../../src/plan/event.ts'
import { createHistory } from '../../src/publish/history.ts'
import { createEvent } from '../builders.ts'
import { type CaptureScript, createFakeHost, type Overrides } from '../fake-host.ts'

const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]
const run = { workflow: 'acme/iris/.github/workflows/image.yml', number: 7 }
const httpError = (status: number) => Object.assign(new Error(`HTTP ${status}`), { status })
const noGit: Readonly<Record<string, CaptureScript>> = { git: { exitCode: 128 } }

/** A history whose API answers what is scripted, one question after the other; the last answer stays. */
function setUp(answers: readonly (Comparison | number[] | Error)[], event: Partial<Event> = {}, more: Overrides = {}) {
  const asked: string[] = []
  const next = () => {
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('not asked for')
    return answer
  }
  const host = createFakeHost({
    capture: noGit,
    compareCommits: async (repository, base, head, token) => {
      asked.push(`${token}: ${repository} ${base.slice(0, 4)}...${head.slice(0, 40)}`)
      return next() as Comparison
    },
    runNumbers: async (repository, workflow, commit, token) => {
      asked.push(`${token}: ${repository} ${workflow} ${commit.slice(0, 4)}`)
      return next() as number[]
    },
    ...more,
  })
  return { host, asked, history: createHistory(host, createEvent({ run, ...event }), 'ghs_t', '/repo', {}) }
}

describe('how two commits stand to each other, by GitHub', () => {
  test.each(['ahead', 'behind', 'identical', 'diverged'] as const)('%s', async (status) => {
    const { history, asked } = setUp([{ status, missing: [] }])
    expect(await history.relation(one, other)).toEqual({ kind: status })
    expect(asked).toEqual([`ghs_t: acme/iris aaaa...${other}`])
  })
  test('a commit and itself need no asking, and nothing is asked twice', async () => {
    const { history, asked } = setUp([{ status: 'ahead', missing: [] }])
    expect(await history.relation(one, one)).toEqual({ kind: 'identical' })
    expect(await Promise.all([history.relation(one, other), history.relation(one, other)])).toHaveLength(2)
    expect(asked).toHaveLength(1)
  })
  test('a server that fails is asked again, for a while', async () => {
    const { history, host } = setUp([httpError(502), new Error('socket hang up'), { status: 'behind', missing: [] }])
    const start = host.now()
    expect(await history.relation(one, other)).toEqual({ kind: 'behind' })
    expect(host.now() - start).toBe(900)
  })
  test.each([
    [httpError(503), 3, 'GitHub was not to be asked (HTTP 503)'],
    [httpError(404), 1, 'GitHub knows nothing of it (HTTP 404)'],
    [httpError(403), 1, 'GitHub does not tell it to this token (HTTP 403), which "permissions: contents: read" would let'],
    [httpError(401), 1, 'GitHub was not to be asked (HTTP 401)'],
  ])('%s: not known, and why', async (error, times, reason) => {
    const { history, asked } = setUp([error])
    expect(await history.relation(one, other)).toEqual({ kind: 'unknown', reason })
    expect(asked).toHaveLength(times)
  })
  test('a server that lets one wait is not asked beyond 10 s', async () => {
    let asked = 0
    const host = createFakeHost({
      capture: noGit,
      compareCommits: async () => {
        asked++
        await host.sleep(10_000)
        throw new Error('timed out')
      },
    })
    expect(await createHistory(host, createEvent(), 'ghs_t', '/repo', {}).relation(one, other)).toMatchObject({ kind: 'unknown' })
    expect(asked).toBe(1)
  })
})

describe('how two commits stand to each other, by the working copy', () => {
  const ancestor = (ahead: number, behind: number, shallow = 'false\n') => ({
    [`git -c safe.directory=* merge-base --is-ancestor ${one} ${other}`]: { exitCode: ahead },
    [`git -c safe.directory=* merge-base --is-ancestor ${other} ${one}`]: { exitCode: behind },
    'git -c safe.directory=* rev-parse --is-shallow-repository': { stdout: shallow },
  })
  test.each([
    ['ahead', ancestor(0, 1), { kind: 'ahead' }],
    ['behind', ancestor(1, 0), { kind: 'behind' }],
    ['diverged', ancestor(1, 1), { kind: 'diverged' }],
    ['ahead, in a shallow copy', ancestor(0, 1, 'true\n'), { kind: 'ahead' }],
    ['not ahead, in a shallow copy', ancestor(1, 1, 'true\n'), { kind: 'unknown', reason: 'the working copy is shallow' }],
    ['a commit that is not there', ancestor(128, 128), { kind: 'unknown', reason: 'the working copy does not have both commits' }],
  ])('%s', async (_, capture, expected) => {
    const { history, asked } = setUp([], { source: 'git' }, { capture })
    expect(await history.relation(one, other)).toEqual(expected)
    expect(asked).toEqual([])
  })
  test('also where GitHub does not tell', async () => {
    const { history } = setUp([httpError(404)], {}, { capture: ancestor(0, 1) })
    expect(await history.relation(one, other)).toEqual({ kind: 'ahead' })
  })
})

describe('what the branch has that a commit has not', () => {
  test('is asked of the branch of the run, newest first, each time anew', async () => {
    const { history, asked } = setUp([{ status: 'ahead', missing: ['1', '2', '3'] }])
    expect(await history.since(one)).toEqual({ kind: 'known', commits: ['3', '2', '1'], whole: true })
    await history.since(one)
    expect(asked).toEqual(['ghs_t: acme/iris aaaa...main', 'ghs_t: acme/iris aaaa...main'])
  })
  test.each<readonly [Event['ref'], string]>([
    [{ kind: 'branch', name: 'feature/x' }, 'feature/x'],
    [{ kind: 'tag', name: 'v1' }, 'main'],
    [{ kind: 'pull', number: 12 }, 'refs/pull/12/head'],
  ])('on %j it is asked of %s', async (ref, branch) => {
    const { history, asked } = setUp([{ status: 'identical', missing: [] }], { ref })
    await history.since(one)
    expect(asked).toEqual([`ghs_t: acme/iris aaaa...${branch}`])
  })
  test.each<readonly [string, Partial<Event>, string]>([
    ['a laptop', { source: 'git' }, 'this is no workflow'],
    ['no repository', { repository: '' }, 'there is no github-token'],
  ])('%s', async (_, event, reason) => expect(await setUp([], event).history.since(one)).toEqual({ kind: 'unknown', reason }))
  test('may be more than GitHub tells', async () =>
    expect(await setUp([{ status: 'ahead', missing: Array(250).fill('1') }]).history.since(one)).toMatchObject({ whole: false }))
  test('a branch that is gone', async () =>
    expect(await setUp([httpError(404)]).history.since(one)).toEqual({ kind: 'unknown', reason: 'GitHub knows nothing of it (HTTP 404)' }))
})

describe('the last run that our workflow had for a commit', () => {
  test('is the highest number', async () => {
    const { history, asked } = setUp([[3, 9, 4]])
    expect(await history.latestRun(one)).toEqual({ kind: 'number', number: 9 })
    expect(asked).toEqual(['ghs_t: acme/iris image.yml aaaa'])
  })
  test('may be none', async () => expect(await setUp([[]]).history.latestRun(one)).toEqual({ kind: 'none' }))
  test('is not asked for where there is no workflow', async () =>
    expect(await setUp([], { source: 'git' }).history.latestRun(one)).toEqual({ kind: 'none' }))
  test('may not be told', async () =>
    expect(await setUp([httpError(403)]).history.latestRun(one)).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('(HTTP 403), which "permissions: actions: read" would let'),
    }))
})
