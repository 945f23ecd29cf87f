import { describe, expect, test } from '@jest/globals'
import { githubEvent } from '../../src/plan/github-event.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { commit } from '../builders.ts'
import { read } from '../inputs/reading.ts'

// From the event and its payload, through the inputs, to the decision: every event, whoever's code, whatever login.

const head = 'a'.repeat(40)
const repository = { full_name: 'acme/iris', default_branch: 'main' }
const own = { full_name: 'acme/iris' }
const fork = { full_name: 'mallory/iris' }
const bot = 'dependabot[bot]'

type Happening = Readonly<{ name: string; ref: string; payload?: Readonly<Record<string, unknown>>; actor?: string; sha?: string }>

const main = 'refs/heads/main'
const merge = 'refs/pull/7/merge'
const pull = (from: unknown, author = 'octocat') => ({
  number: 7,
  pull_request: { number: 7, head: { sha: head, ref: 'topic', repo: from }, base: { ref: 'main' }, user: { login: author } },
})
const ran = (from: unknown, actor = 'octocat') => ({ workflow_run: { head_repository: from, head_sha: head, actor: { login: actor } } })

/** `push` or `no`, and the reason; `refused` before anything is done. */
type Verdict = string

const only = 'auto pushes on the default branch, tags, releases, schedule and dispatch only'
const asked = 'push push is true'
const byFork = 'no the code comes from a fork, which gets no credentials'
const byBot = 'no the run is by Dependabot, which gets no credentials'
const untold = (name: string) => `no nothing says whose code ${name} is about`

const rows: readonly (readonly [what: string, happening: Happening, auto: Verdict, always: Verdict])[] = [
  ['push to the default branch', { name: 'push', ref: main }, 'push push to the default branch main', asked],
  [
    'push to another branch',
    { name: 'push', ref: 'refs/heads/topic' },
    'no push to topic, which is not the default branch (push: true would)',
    asked,
  ],
  ['push of a tag', { name: 'push', ref: 'refs/tags/v1.2.3' }, 'push push of the tag v1.2.3', asked],
  ['push of a tag by another bot', { name: 'push', ref: 'refs/tags/v1', actor: 'release-please[bot]' }, 'push push of the tag v1', asked],
  ['push by Dependabot to its own branch', { name: 'push', ref: 'refs/heads/dependabot/pip/x', actor: bot }, byBot, byBot],
  ['push by Dependabot to main (its merge command)', { name: 'push', ref: main, actor: bot }, byBot, byBot],
  ['push of a tag by Dependabot', { name: 'push', ref: 'refs/tags/v1', actor: bot }, byBot, byBot],
  [
    'push that deleted a branch',
    { name: 'push', ref: main, sha: '0'.repeat(40), payload: { deleted: true } },
    'no push without a commit, as of a ref that was deleted',
    asked,
  ],
  ['push without a ref', { name: 'push', ref: '' }, 'no push to no branch, which is not the default branch (push: true would)', asked],
  ['release published', { name: 'release', ref: 'refs/tags/v1', payload: { action: 'published' } }, 'push a published release', asked],
  ['release released', { name: 'release', ref: 'refs/tags/v1', payload: { action: 'released' } }, 'push a published release', asked],
  [
    'release prereleased',
    { name: 'release', ref: 'refs/tags/v1', payload: { action: 'prereleased' } },
    'push a published pre-release',
    asked,
  ],
  ...['created', 'edited', 'deleted', 'unpublished'].map(
    (action) =>
      [
        `release ${action}`,
        { name: 'release', ref: 'refs/tags/v1', payload: { action } },
        `no release ${action}, not published`,
        asked,
      ] as const,
  ),
  [
    'schedule',
    { name: 'schedule', ref: main, payload: { schedule: '0 3 * * *' } },
    'push schedule, which runs on the default branch',
    asked,
  ],
  ['dispatch on the default branch', { name: 'workflow_dispatch', ref: main }, 'push dispatch on the default branch main', asked],
  [
    'dispatch on another branch',
    { name: 'workflow_dispatch', ref: 'refs/heads/topic' },
    'no dispatch on another ref than the default branch (push: true would)',
    asked,
  ],
  [
    'dispatch on a tag',
    { name: 'workflow_dispatch', ref: 'refs/tags/v1' },
    'no dispatch on another ref than the default branch (push: true would)',
    asked,
  ],
  ['dispatch by another repository', { name: 'repository_dispatch', ref: main }, 'push dispatch on the default branch main', asked],
  ...['pull_request', 'pull_request_review', 'pull_request_review_comment'].flatMap((name) => [
    [`${name}, own`, { name, ref: merge, payload: pull(own) }, `no ${name}: ${only}`, asked] as const,
    [`${name}, fork`, { name, ref: merge, payload: pull(fork) }, byFork, byFork] as const,
    [`${name}, fork that is gone`, { name, ref: merge, payload: pull(null) }, byFork, byFork] as const,
    [`${name}, fork, by Dependabot`, { name, ref: merge, payload: pull(fork, bot), actor: bot }, byFork, byFork] as const,
    [`${name}, Dependabot`, { name, ref: merge, payload: pull(own, bot), actor: bot }, byBot, byBot] as const,
    [`${name}, Dependabot's, set off by a person`, { name, ref: merge, payload: pull(own, bot) }, byBot, byBot] as const,
    [`${name}, without a payload`, { name, ref: merge }, untold(name), untold(name)] as const,
  ]),
  ['pull_request_target, own', { name: 'pull_request_target', ref: main, payload: pull(own) }, `no pull_request_target: ${only}`, asked],
  ['pull_request_target, fork', { name: 'pull_request_target', ref: main, payload: pull(fork) }, `refused ${byFork}`, `refused ${byFork}`],
  ['pull_request_target, gone', { name: 'pull_request_target', ref: main, payload: pull(null) }, `refused ${byFork}`, `refused ${byFork}`],
  ['pull_request_target, Dependabot', { name: 'pull_request_target', ref: main, payload: pull(own, bot), actor: bot }, byBot, byBot],
  [
    'pull_request_target, without a payload',
    { name: 'pull_request_target', ref: main },
    `refused ${untold('pull_request_target')}`,
    `refused ${untold('pull_request_target')}`,
  ],
  ['workflow_run, own', { name: 'workflow_run', ref: main, payload: ran(own) }, `no workflow_run: ${only}`, asked],
  ['workflow_run, fork', { name: 'workflow_run', ref: main, payload: ran(fork) }, `refused ${byFork}`, `refused ${byFork}`],
  ['workflow_run, gone', { name: 'workflow_run', ref: main, payload: ran(null) }, `refused ${byFork}`, `refused ${byFork}`],
  ['workflow_run, Dependabot', { name: 'workflow_run', ref: main, payload: ran(own, bot) }, byBot, byBot],
  [
    'workflow_run, without a payload',
    { name: 'workflow_run', ref: main },
    `refused ${untold('workflow_run')}`,
    `refused ${untold('workflow_run')}`,
  ],
  [
    'merge_group',
    { name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' },
    'no a merge group is not merged yet',
    'no a merge group is not merged yet',
  ],
  ['merge_group, Dependabot', { name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7', actor: bot }, byBot, byBot],
  ...['create', 'delete', 'issues', 'issue_comment', 'discussion', 'deployment', 'registry_package', 'fork', 'watch', 'page_build'].map(
    (name) => [name, { name, ref: main }, `no ${name}: ${only}`, asked] as const,
  ),
  ['an event without a name', { name: '', ref: main }, `no no event: ${only}`, asked],
]

type Login = Readonly<{ what: string; given: Readonly<Record<string, string>>; config?: string; enough: boolean }>

const hub = { images: 'acme/iris' }
const ghcr = { images: 'ghcr.io/acme/iris' }
const auth = (server: string) => JSON.stringify({ auths: { [server]: { auth: Buffer.from('u:p').toString('base64') } } })
const logins: readonly Login[] = [
  { what: 'GHCR, the token of the job', given: { ...ghcr, 'github-token': 't' }, enough: true },
  { what: 'GHCR, no token', given: ghcr, enough: false },
  { what: 'Docker Hub, username and password', given: { ...hub, username: 'u', password: 'p' }, enough: true },
  { what: 'Docker Hub, the login of the job', given: hub, config: auth('https://index.docker.io/v1/'), enough: true },
  { what: 'Docker Hub, a login to another registry', given: { ...hub, 'github-token': 't' }, config: auth('quay.io'), enough: false },
  { what: 'Docker Hub, a secret that is not there', given: { ...hub, username: 'u', password: '' }, enough: false },
  { what: 'a registry on the loopback, none', given: { images: 'localhost:5000/iris' }, enough: true },
]

function verdictOf({ name, ref, payload = {}, actor = 'octocat', sha = commit }: Happening, login: Login, push: string): Verdict {
  const job = { GITHUB_EVENT_NAME: name, GITHUB_REF: ref, GITHUB_SHA: sha, GITHUB_REPOSITORY: 'acme/iris', GITHUB_ACTOR: actor }
  const event = githubEvent(job, { repository, ...payload })
  const reading = read({ tags: 'type=raw,value=v1', push, ...login.given }, { event })
  if (reading.kind === 'problems') return `missing ${reading.problems.map(({ input }) => input).join()}`
  const planning = makePlan(reading.inputs, event, login.config, undefined)
  if (planning.kind === 'problems') return `missing ${planning.problems.map(({ input }) => input).join()}`
  const { push: decision } = planning.plan
  return `${event.foreignCode ? 'refused ' : ''}${decision.push ? 'push' : 'no'} ${decision.reason}`
}

describe.each(rows)('%s', (_, happening, auto, always) => {
  test.each(logins)('$what', (login) => {
    for (const [push, expected] of [
      ['auto', auto],
      ['true', always],
    ] as const) {
      const [verdict, secretMissing] = [verdictOf(happening, login, push), login.given['password'] === '']
      // Only where the code is the repository's own is a secret that is not there a mistake, also without a push.
      const mayHaveSecrets = /^push |: auto pushes on|\(push: true would\)|not published$|not merged yet$|was deleted$/.test(expected)
      const missing = login.enough ? false : expected.startsWith('push ') || (secretMissing && mayHaveSecrets)
      expect([push, verdict]).toEqual([push, missing ? `missing ${login.given === ghcr ? 'github-token' : 'password'}` : expected])
    }
  })
  test('push: false', () => {
    for (const login of logins)
      expect(verdictOf(happening, login, 'false')).toBe(`${auto.startsWith('refused') ? 'refused ' : ''}no push is false`)
  })
})
