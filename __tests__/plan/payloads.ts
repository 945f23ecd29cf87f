import { completeEvent, type Event } from '../../src/plan/event.ts'
import { githubEvent } from '../../src/plan/github-event.ts'

/** Jobs in the shapes that GitHub documents: https://docs.github.com/en/webhooks/webhook-events-and-payloads */

export const commit = '90dd6032fac8bda1b6c4436a2e65de27961ed071'
/** Head of the pull requests, of which `commit` is GitHub's merge. */
export const head = '45617a1f0c2d4a9c8cbd9a2eaa5d1b2c3d4e5f60'
export const now = Date.parse('2026-07-08T09:10:11.123Z')

type Payload = Readonly<Record<string, unknown>>
type Job = Readonly<{ name: string; ref: string; payload: Payload; sha?: string }>

const sender = { login: 'octocat', id: 1, type: 'User' }
const repository = {
  id: 1_296_269,
  name: 'iris',
  full_name: 'acme/iris',
  private: false,
  owner: { login: 'acme', id: 2 },
  html_url: 'https://github.com/acme/iris',
  default_branch: 'main',
}
const headCommit = {
  id: commit,
  message: 'Better petals',
  timestamp: '2026-03-04T05:06:07+02:00',
  author: { name: 'Mona', email: 'mona@example.com' },
  added: [],
  removed: [],
  modified: ['train.py'],
}

function push(ref: string, more: Payload = {}): Job {
  const before = '0'.repeat(40)
  const said = { ref, before, after: commit, base_ref: null, created: false, deleted: false, forced: false }
  return { name: 'push', ref, payload: { ...said, commits: [headCommit], head_commit: headCommit, repository, sender, ...more } }
}

function pull(name: string, ref: string, from: string | null, more: Payload = {}): Job {
  const headRepository = from === null ? null : { full_name: from, fork: from !== 'acme/iris' }
  const request = {
    number: 17,
    state: 'open',
    merged: false,
    head: { ref: 'topic/x', sha: head, repo: headRepository },
    base: { ref: 'release/2.x', sha: 'b'.repeat(40), repo: repository },
    user: sender,
  }
  return { name, ref, payload: { action: 'synchronize', number: 17, pull_request: request, repository, sender, ...more } }
}

const on = (name: string, ref: string, more: Payload): Job => ({ name, ref, payload: { repository, sender, ...more } })
const main = 'refs/heads/main'

export const jobs = {
  main: push(main),
  dev: push('refs/heads/dev', { commits: [{ ...headCommit, id: 'f'.repeat(40) }, headCommit] }),
  'feature/a&b': push('refs/heads/feature/a&b'),
  '-ünï': push('refs/heads/-ünï', { commits: [], head_commit: null }),
  'long branch': push(`refs/heads/${'part/'.repeat(40)}`),
  'v1.2.3': push('refs/tags/v1.2.3', { base_ref: 'refs/heads/main', created: true }),
  'annotated v2.0.0': push('refs/tags/v2.0.0', { after: 'a'.repeat(40), created: true, commits: [] }),
  'v2.1.0-rc.1': push('refs/tags/v2.1.0-rc.1', { base_ref: 'refs/heads/release/2.x' }),
  '1.2.3rc2': push('refs/tags/1.2.3rc2'),
  '1.2.post1': push('refs/tags/1.2.post1'),
  '1.0.dev4': push('refs/tags/1.0.dev4'),
  '2026.7': push('refs/tags/2026.7'),
  '1.2.3+cu121': push('refs/tags/1.2.3+cu121'),
  'iris/v1.2.3': push('refs/tags/iris/v1.2.3'),
  nightly: push('refs/tags/nightly'),
  release: on('release', 'refs/tags/v1.4.2', { action: 'published', release: { tag_name: 'v1.4.2', draft: false, prerelease: false } }),
  'create tag': on('create', 'refs/tags/v1.1.1', { ref: 'v1.1.1', ref_type: 'tag', master_branch: 'main' }),
  'create branch': on('create', 'refs/heads/dev', { ref: 'dev', ref_type: 'branch', master_branch: 'main' }),
  delete: on('delete', main, { ref: 'dev', ref_type: 'branch', pusher_type: 'user' }),
  pull: pull('pull_request', 'refs/pull/17/merge', 'acme/iris'),
  fork: pull('pull_request', 'refs/pull/17/merge', 'mallory/iris'),
  'closed pull': pull('pull_request', main, 'acme/iris', { action: 'closed' }),
  'pull target': pull('pull_request_target', main, 'mallory/iris'),
  review: pull('pull_request_review', 'refs/pull/17/merge', 'acme/iris', { action: 'submitted' }),
  'review comment': pull('pull_request_review_comment', 'refs/pull/17/merge', 'mallory/iris', { action: 'created' }),
  schedule: { name: 'schedule', ref: main, payload: { schedule: '0 3 * * *', workflow: '.github/workflows/image.yml' } },
  dispatch: on('workflow_dispatch', main, { inputs: null, ref: main, workflow: '.github/workflows/image.yml' }),
  'dispatch on dev': on('workflow_dispatch', 'refs/heads/dev', { inputs: { level: 'x' }, ref: 'refs/heads/dev' }),
  'dispatch on a tag': on('workflow_dispatch', 'refs/tags/v3.2.1', { inputs: {}, ref: 'refs/tags/v3.2.1' }),
  'repository dispatch': on('repository_dispatch', main, { action: 'retrain', branch: 'main', client_payload: {} }),
  'workflow run': on('workflow_run', main, { action: 'completed', workflow_run: { id: 1, head_branch: 'dev', head_sha: head } }),
  'merge group': on('merge_group', 'refs/heads/gh-readonly-queue/main/pr-17-abc', {
    action: 'checks_requested',
    merge_group: { head_sha: commit, base_ref: main },
  }),
  'bare issues': { name: 'issues', ref: main, payload: {} },
  issues: on('issues', main, { action: 'opened', issue: { number: 4 } }),
  'issue comment': on('issue_comment', main, { action: 'created', issue: { number: 4 }, comment: { id: 1 } }),
  discussion: on('discussion', main, { action: 'created', discussion: { number: 3 } }),
  detached: on('workflow_dispatch', '', {}),
  'empty payload': { name: 'push', ref: main, payload: {} },
  nothing: { name: '', ref: '', payload: {}, sha: '' },
} as const satisfies Readonly<Record<string, Job>>

export type JobName = keyof typeof jobs

/** The event of a job, completed as a run does it: the API knows the default branch. */
export function eventOf(name: JobName): Event {
  const job: Job = jobs[name]
  const env = { GITHUB_EVENT_NAME: job.name, GITHUB_REF: job.ref, GITHUB_SHA: job.sha ?? commit, GITHUB_REPOSITORY: 'acme/iris' }
  return completeEvent(githubEvent(env, job.payload), { defaultBranch: 'main' })
}
