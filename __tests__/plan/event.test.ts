import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { completeEvent, onDefaultBranch, refText } from '../../src/plan/event.ts'
import { committedTime, gitEvent } from '../../src/plan/git-event.ts'
import { githubEvent } from '../../src/plan/github-event.ts'
import { parsePayload, readRepository } from '../../src/plan/payload.ts'
import { commit, createEvent } from '../builders.ts'

const head = 'a'.repeat(40)
const job = {
  GITHUB_REPOSITORY: 'acme/iris',
  GITHUB_ACTOR: 'octocat',
  GITHUB_SHA: commit,
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '42',
}
const repository = { full_name: 'acme/iris', default_branch: 'main' }
const pull = (headRepository: unknown, user = 'octocat') => ({
  number: 7,
  repository,
  pull_request: { number: 7, head: { sha: head, ref: 'topic', repo: headRepository }, base: { ref: 'main' }, user: { login: user } },
})
const run = (headRepository: unknown) => ({ repository, workflow_run: { head_repository: headRepository, head_sha: head } })
const own = { full_name: 'acme/iris' }
const fork = { full_name: 'mallory/iris' }

const on = (name: string, ref: string, payload: unknown, more: Readonly<Record<string, string>> = {}) =>
  githubEvent({ ...job, GITHUB_EVENT_NAME: name, GITHUB_REF: ref, ...more }, payload)

describe('what has happened, on which ref, and whose code it is', () => {
  const branch = { kind: 'branch', name: 'main' } as const
  const pr = { kind: 'pull', number: 7 } as const
  test.each([
    ['push', 'refs/heads/main', { repository }, branch, 'own', commit],
    ['push', 'refs/heads/feature/x', { repository }, { kind: 'branch', name: 'feature/x' }, 'own', commit],
    ['push', 'refs/tags/v1.2.3', { repository }, { kind: 'tag', name: 'v1.2.3' }, 'own', commit],
    ['pull_request', 'refs/pull/7/merge', pull(own), pr, 'own', head],
    ['pull_request', 'refs/pull/7/merge', pull(fork), pr, 'fork', head],
    ['pull_request', 'refs/pull/7/merge', pull(null), pr, 'fork', head],
    ['pull_request', 'refs/pull/7/merge', pull(own, 'dependabot[bot]'), pr, 'dependabot', head],
    ['pull_request', 'refs/pull/7/merge', {}, pr, 'unknown', commit],
    ['pull_request_review', 'refs/pull/7/merge', pull(fork), pr, 'fork', head],
    ['pull_request_review_comment', 'refs/pull/7/merge', pull(fork), pr, 'fork', head],
    ['pull_request_target', 'refs/heads/main', pull(fork), pr, 'fork', head],
    ['workflow_run', 'refs/heads/main', run(own), branch, 'own', commit],
    ['workflow_run', 'refs/heads/main', run(fork), branch, 'fork', commit],
    ['schedule', 'refs/heads/main', { repository, schedule: '0 3 * * *' }, branch, 'own', commit],
    ['workflow_dispatch', 'refs/heads/main', { repository, inputs: {} }, branch, 'own', commit],
    ['release', 'refs/tags/v1', { repository, action: 'published' }, { kind: 'tag', name: 'v1' }, 'own', commit],
    [
      'merge_group',
      'refs/heads/gh-readonly-queue/main/pr-7-abc',
      { repository },
      { kind: 'branch', name: 'gh-readonly-queue/main/pr-7-abc' },
      'own',
      commit,
    ],
    ['push', '', {}, { kind: 'none' }, 'own', commit],
    ['push', 'refs/notes/x', {}, { kind: 'none' }, 'own', commit],
  ])('%s on "%s" with %j', (name, ref, payload, expectedRef, origin, sha) => {
    expect(on(name, ref, payload)).toMatchObject({ source: 'github', name, ref: expectedRef, origin, sha })
  })
  test('a push by Dependabot is told by its actor', () =>
    expect(on('push', 'refs/heads/dependabot/pip/x', { repository }, { GITHUB_ACTOR: 'dependabot[bot]' }).origin).toBe('dependabot'))
  test('a run of a workflow for a fork that is gone is not the code of the repository', () =>
    expect(on('workflow_run', 'refs/heads/main', run(null))).toMatchObject({ origin: 'fork', foreignCode: true }))
})

describe('the context is that of docker/metadata-action', () => {
  const headCommit = { id: commit, timestamp: '2026-01-02T03:04:05Z' }
  const empty = { ref: 'refs/heads/main', sha: commit, baseRef: '', commitTimes: {} }
  test.each([
    ['push', 'refs/heads/main', {}, empty],
    ['push', 'refs/heads/main', { repository, base_ref: 'refs/heads/x' }, { ...empty, defaultBranch: 'main' }],
    ['push', 'refs/tags/v1', { base_ref: 'refs/heads/x/y' }, { ...empty, ref: 'refs/tags/v1', baseRef: 'x/y' }],
    ['push', 'refs/tags/v1', { base_ref: null }, { ...empty, ref: 'refs/tags/v1' }],
    ['push', 'refs/heads/main', { head_commit: headCommit }, { ...empty, commitTimes: { [commit]: '2026-01-02T03:04:05Z' } }],
    [
      'push',
      'refs/heads/main',
      { head_commit: headCommit, commits: [{ id: commit, timestamp: 'first' }, { id: commit, timestamp: 'second' }, { id: head }, 7] },
      { ...empty, commitTimes: { [commit]: 'first' } },
    ],
    [
      'pull_request',
      'refs/pull/7/merge',
      pull(own),
      { ...empty, ref: 'refs/pull/7/merge', pullHeadSha: head, baseRef: 'main', defaultBranch: 'main' },
    ],
    [
      'pull_request_target',
      'refs/heads/main',
      pull(fork),
      { ...empty, ref: 'refs/pull/7/merge', pullHeadSha: head, baseRef: 'main', defaultBranch: 'main' },
    ],
    ['issues', 'refs/heads/main', pull(own), { ...empty, defaultBranch: 'main' }],
  ])('%s on %s with %j', (name, ref, payload, context) => expect(on(name, ref, payload).context).toEqual(context))
  test('git makes one, too', () => {
    expect(gitEvent({ branch: 'main', sha: commit }).context).toEqual(empty)
    expect(gitEvent({ tag: 'v1' }).context).toMatchObject({ ref: 'refs/tags/v1', sha: '' })
  })
  test('times of commits are added, and those of the payload stay', () => {
    const said = createEvent({ context: { ...empty, commitTimes: { a: 'said' } } })
    expect(completeEvent(said, { commitTimes: { a: 'known', b: 'known' } }).context.commitTimes).toEqual({ a: 'said', b: 'known' })
  })
  test.each([
    [{ kind: 'branch', name: 'a/b' }, 'refs/heads/a/b'],
    [{ kind: 'tag', name: 'v1' }, 'refs/tags/v1'],
    [{ kind: 'pull', number: 7 }, 'refs/pull/7/merge'],
    [{ kind: 'none' }, ''],
  ] as const)('%j is %s', (ref, text) => expect(refText(ref)).toBe(text))
})

describe('code from outside with the rights of the repository is foreign', () => {
  test.each([
    ['pull_request_target', pull(fork), true],
    ['pull_request_target', pull(null), true],
    ['pull_request_target', pull(own), false],
    ['pull_request', pull(fork), false],
    ['workflow_run', run(fork), true],
    ['workflow_run', run(own), false],
    ['push', {}, false],
  ])('%s', (name, payload, foreign) => expect(on(name, 'refs/heads/main', payload).foreignCode).toBe(foreign))
})

test('a comment is about a pull request, or about an issue', () => {
  const on7 = { repository, issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/acme/iris/pulls/7' } } }
  expect(on('issue_comment', 'refs/heads/main', on7).commentOnPull).toBe(true)
  expect(on('issue_comment', 'refs/heads/main', { repository, issue: { number: 8 } }).commentOnPull).toBeUndefined()
})

test('the rest of an event comes from the payload where it says it', () => {
  const payload = { repository, action: 'published', head_commit: { id: commit, timestamp: '2026-01-02T03:04:05+02:00' } }
  expect(on('push', 'refs/heads/main', payload)).toMatchObject({
    action: 'published',
    defaultBranch: 'main',
    committed: '2026-01-02T03:04:05+02:00',
    runUrl: 'https://github.com/acme/iris/actions/runs/42',
  })
  expect(on('push', 'refs/heads/main', { head_commit: { id: head, timestamp: 'x' } }).committed).toBeUndefined()
})

describe('the tree, and the pull request that was merged', () => {
  const tree = '7'.repeat(40)
  const pushed = (message: string, id = commit) =>
    on('push', 'refs/heads/main', { repository, head_commit: { id, tree_id: tree, message } })
  test.each<readonly [string, number | undefined]>([
    ['Merge pull request #12 from acme/topic\n\nTitle (#3)', 12],
    ['Title of it (#12)\n\n* one\n* two (#7)', 12],
    ['Fixes (#12) for good', undefined],
    ['Revert "Title (#12)"', undefined],
    ['Merge branch topic', undefined],
    ['', undefined],
  ])('%j: %s', (message, merged) => expect(pushed(message)).toMatchObject({ tree, ...(merged === undefined ? {} : { merged }) }))
  test('of no merge there is none', () => expect(pushed('Fixes (#12) for good').merged).toBeUndefined())
  test('not those of another commit', () => expect(pushed('Title (#12)', head)).not.toHaveProperty('tree'))

  const [ofGit, pull] = ['8'.repeat(40), { ref: { kind: 'pull', number: 7 } } as const]
  test.each<readonly [string, Parameters<typeof createEvent>[0], string, string | undefined]>([
    ['git says it of the commit that is checked out', {}, commit, ofGit],
    ['and of a pull request as it is merged', pull, head, ofGit],
    ['not of another commit', {}, head, undefined],
    ['what the payload says stays', { tree }, commit, tree],
  ])('%s', (_, event, checkedOut, expected) => expect(completeEvent(createEvent(event), { checkedOut, tree: ofGit }).tree).toBe(expected))
})

describe('what a repository is, when all of it is said', () => {
  const full = { name: 'iris', html_url: 'https://github.com/acme/iris', description: 'Flowers', license: { key: 'mit', spdx_id: 'MIT' } }
  const about = { name: 'iris', url: 'https://github.com/acme/iris', description: 'Flowers', license: 'MIT' }
  test.each<readonly [string, unknown, unknown]>([
    ['all', { ...full, default_branch: 'main' }, { defaultBranch: 'main', about }],
    ['no description, no licence', { ...full, description: null, license: null }, { about: { ...about, description: '', license: '' } }],
    [
      'a licence that GitHub does not know',
      { ...full, license: { spdx_id: 'NOASSERTION' } },
      { about: { ...about, license: 'NOASSERTION' } },
    ],
    ['a licence not said', { ...full, license: undefined }, {}],
    ['a description not said', { ...full, description: undefined }, {}],
    ['no page', { ...full, html_url: 7 }, {}],
    ['no name', { ...full, name: '' }, {}],
    ['nothing', null, {}],
    ['something else', 'acme/iris', {}],
  ])('%s', (_, value, facts) => expect(readRepository(value)).toEqual(facts))
  test('the payload says it', () => {
    expect(on('push', 'refs/heads/main', { repository: full }).about).toEqual(about)
    expect(on('push', 'refs/heads/main', { repository }).about).toBeUndefined()
  })
  test('and goes before the API', () => {
    const other = { ...about, name: 'other' }
    expect(completeEvent(createEvent({ about }), { about: other }).about).toEqual(about)
    expect(completeEvent(createEvent(), { about: other }).about).toEqual(other)
  })
})

describe('the time of the commit that is built is that of git', () => {
  const git = { sha: commit, committed: '2026-01-02T03:04:05Z' }
  test('when git has that commit', () => expect(committedTime(createEvent(), git)).toBe(git.committed))
  test('not when it has another', () => expect(committedTime(createEvent({ sha: head }), git)).toBeUndefined())
  test('but for a pull request, which is built as GitHub merged it', () =>
    expect(committedTime(createEvent({ sha: head, ref: { kind: 'pull', number: 7 } }), git)).toBe(git.committed))
})

test('an empty environment and an empty payload make an event that says nothing', () => {
  const context = { ref: '', sha: '', baseRef: '', commitTimes: {} }
  const { defaultBranch: _, ...silent } = createEvent({ name: '', ref: { kind: 'none' }, sha: '', repository: '', actor: '' })
  expect(githubEvent({}, {})).toEqual({ ...silent, context })
})

test('a payload of any shape makes an event', () => {
  const names = fc.constantFrom('push', 'pull_request', 'pull_request_target', 'workflow_run', 'release')
  fc.assert(fc.property(names, fc.jsonValue(), (name, payload) => on(name, 'refs/heads/main', payload).name === name))
  expect(['', '{', 'null', undefined].map(parsePayload)).toEqual([{}, {}, null, {}])
})

describe('a run by hand has its event from git', () => {
  test.each([
    ['git@github.com:acme/iris.git', 'acme/iris'],
    ['https://github.com/acme/iris', 'acme/iris'],
    ['https://user:pw@example.com/acme/iris.git/', 'acme/iris'],
    ['/srv/git/acme/iris', 'acme/iris'],
    [undefined, ''],
  ])('%s is %s', (originUrl, expected) => expect(gitEvent(originUrl === undefined ? {} : { originUrl }).repository).toBe(expected))
  test('the address of the source is where the origin is', () =>
    expect(gitEvent({ originUrl: 'git@gitlab.com:acme/iris.git' }).serverUrl).toBe('https://gitlab.com'))
  test('a branch before a tag, a tag before nothing', () => {
    expect(gitEvent({ branch: 'main', tag: 'v1', sha: commit }).ref).toEqual({ kind: 'branch', name: 'main' })
    expect(gitEvent({ tag: 'v1' }).ref).toEqual({ kind: 'tag', name: 'v1' })
    expect(gitEvent({})).toMatchObject({ source: 'git', name: 'local', ref: { kind: 'none' }, sha: '', origin: 'own' })
  })
})

describe('the default branch is the one that is said, else known, else guessed from its name', () => {
  const unsaid = (name: string) => {
    const { defaultBranch: _, ...event } = createEvent({ ref: { kind: 'branch', name } })
    return event
  }
  test.each([
    [createEvent(), { defaultBranch: 'trunk' }, 'main', false],
    [unsaid('trunk'), { defaultBranch: 'trunk' }, 'trunk', false],
    [unsaid('main'), {}, 'main', true],
    [unsaid('master'), {}, 'master', true],
    [unsaid('topic'), {}, undefined, false],
  ])('%#', (event, known, defaultBranch, guessed) => {
    const whole = completeEvent(event, known)
    expect([whole.defaultBranch, whole.defaultBranchGuessed]).toEqual([defaultBranch, guessed])
    expect(onDefaultBranch(whole)).toBe(defaultBranch !== undefined)
  })
  test('the time of the commit is added where it is missing', () => {
    expect(completeEvent(createEvent(), { committed: '2026-01-01T00:00:00Z' }).committed).toBe('2026-01-01T00:00:00Z')
    expect(completeEvent(createEvent({ committed: 'said' }), { committed: 'known' }).committed).toBe('said')
  })
})

describe('the run of the workflow', () => {
  const runOf = (ref: string, number: string) => githubEvent({ GITHUB_WORKFLOW_REF: ref, GITHUB_RUN_NUMBER: number }, {}).run
  test('its file, without the ref it was taken from', () =>
    expect(runOf('acme/iris/.github/workflows/image.yml@refs/heads/main', '7')).toEqual({
      workflow: 'acme/iris/.github/workflows/image.yml',
      number: 7,
    }))
  test.each([
    ['', '7'],
    ['acme/iris/.github/workflows/image.yml@refs/heads/main', ''],
    ['acme/iris/.github/workflows/image.yml@refs/heads/main', 'seven'],
  ])('"%s", "%s": not known', (ref, number) => expect(runOf(ref, number)).toBeUndefined())
})
