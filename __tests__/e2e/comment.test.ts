import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { type CacheService, startCacheService } from '../doubles/cache-service.ts'
import { type CommentService, jobToken, startCommentService } from '../doubles/pull-comments.ts'
import { commit, createJob, docker, fixture, type Job, pushToMain, type Ran } from './action.ts'

let registry: Registry
let github: CommentService
let cache: CacheService
/** The same for every run, as on GitHub's runners: it is part of what a cache is found by. */
let temp: string
beforeAll(async () => {
  registry = await startRegistry()
  github = await startCommentService()
  cache = await startCacheService()
  temp = mkdtempSync(join(tmpdir(), 'ml-image-comment-'))
})
afterAll(async () => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${registry.host}/comment/shop`)
  if (left !== '') docker('image', 'rm', '--force', ...left.split('\n'))
  registry.stop()
  await github[Symbol.asyncDispose]()
  await cache[Symbol.asyncDispose]()
  rmSync(temp, { recursive: true, force: true })
})
beforeEach(() => github.heal())

const variables = (run: number) => ({
  ...cache.environment,
  GITHUB_API_URL: github.url,
  GITHUB_ACTION: '__org_ml-image-action',
  GITHUB_JOB: 'image',
  GITHUB_RUN_ID: String(run),
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/image.yml@refs/heads/main',
  RUNNER_TEMP: temp,
})

const pullOf = (number: number, from: string) => ({
  number,
  repository: pushToMain.repository,
  pull_request: {
    number,
    head: { sha: commit, ref: 'bigger', repo: { full_name: from } },
    base: { ref: 'main', repo: { full_name: 'acme/shop' } },
    user: { login: 'octocat' },
  },
})

const onMain = (run: number) => createJob(fixture('service'), pushToMain, variables(run))
const onPull = (run: number, number: number, from = 'acme/shop') =>
  createJob(fixture('service'), pullOf(number, from), {
    ...variables(run),
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: `refs/pull/${number}/merge`,
  })

const inputs = (more: Readonly<Record<string, string>> = {}) => ({
  images: `${registry.host}/comment/shop`,
  username: registry.username,
  password: registry.password,
  'github-token': jobToken,
  matrix: 'null',
  cache: 'none',
  'test-command':
    'echo \'<testsuites><testsuite><testcase classname="tests.test_a" name="test_a"/><testcase classname="tests.test_a" name="test_b"/></testsuite></testsuites>\' >junit.xml',
  'test-report': 'junit.xml',
  'test-requirements': 'none',
  'predict-body': '{"features": [1]}',
  comment: 'on-change',
  ...more,
})

const green = (ran: Ran) =>
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })

/** So many bytes that no compression makes fewer. */
function grow(job: Job, bytes: number): void {
  writeFileSync(join(job.workspace, 'model.bin'), randomBytes(bytes))
  appendFileSync(join(job.workspace, 'Dockerfile'), 'COPY model.bin .\n')
}
const on = (pull: number) => github.comments().filter((comment) => comment.pull === pull)
/** What is asked about comments: there are other questions to GitHub. */
const calls = () =>
  github
    .requests()
    .filter(({ call }) => call !== 'unknown')
    .map(({ call, status }) => `${call} ${status}`)

describe('a pull request', () => {
  test('whose image grows is told so in one comment, which every run edits', async () => {
    using main = onMain(100)
    const published = await main.main(inputs())
    green(published)
    expect(published.log).not.toContain('Comment:')
    expect(calls()).toEqual([])
    expect(cache.entries().map(({ key }) => key)).toEqual([expect.stringMatching(/^ml-image-figures-1-[0-9a-f]{12}-100\.1$/)])

    // As it is: silent.
    using same = onPull(101, 1)
    const unchanged = await same.main(inputs())
    green(unchanged)
    expect(unchanged.log).toContain('Comment: none, nothing moved (comment: on-change).')
    expect(on(1)).toEqual([])
    expect(calls()).toEqual(['list 200'])

    using larger = onPull(102, 1)
    grow(larger, 11 << 20)
    const grown = await larger.main(inputs())
    green(grown)
    const [comment] = on(1)
    expect(grown.log).toContain(`Comment: https://github.com/acme/shop/pull/1#issuecomment-${comment?.id}`)
    expect(grown.log.indexOf('Comment: ')).toBeLessThan(grown.log.indexOf('Result: '))
    expect(comment?.body).toMatch(
      /^<!-- ml-image-action:127\.0\.0\.1:\d+\/comment\/shop:image:[0-9a-f]{12} -->\n<!-- run 102\.1 -->\n### ML image: gates passed, image grew by 11\.5 MB \(\d+\.\d %\)\n/,
    )
    expect(comment?.body).toContain('| Tests | 2 passed | 2 passed |  |')
    expect(comment?.body).toMatch(
      /<summary>Layers that are new \(1\)<\/summary>\n\n```text\n +11\.5 MB {2}Dockerfile:10 COPY model\.bin \.\n```/,
    )
    expect(comment?.body).toMatch(/\| Warm prediction, median \| [\d.]+ ms \| [\d.]+ ms \|/)
    expect(comment?.body).toMatch(
      /compared with `127\.0\.0\.1:\d+\/comment\/shop:latest` \(`sha256:[0-9a-f]{12}`\) and the published run of `1f2e3d4`/,
    )

    // Two tests fewer than before, and small again.
    using fewer = onPull(103, 1)
    const edited = await fewer.main(
      inputs({ 'test-command': 'echo \'<testsuites><testsuite><testcase name="test_a"/></testsuite></testsuites>\' >junit.xml' }),
    )
    green(edited)
    expect(edited.log).toContain('(updated)')
    expect(on(1)).toHaveLength(1)
    expect(on(1)[0]?.body).toContain('### ML image: gates passed, 1 fewer test passed\n')

    // A run that was overtaken.
    using late = onPull(102, 1)
    green(await late.main(inputs()))
    expect(on(1)[0]?.body).toContain('<!-- run 103.1 -->')
    expect(readdirSync(temp).filter((name) => name.includes('figures'))).toEqual([])
  })

  test('that is red is told why, whatever its tests are called; another job of the matrix has a comment of its own', async () => {
    using job = onPull(110, 2)
    const hostile = '--&gt;&lt;/details&gt;&lt;img src=x&gt; @everyone fixes #1 ```'
    const red = await job.main(
      inputs({
        matrix: '{"python": "3.12"}',
        smoke: 'false',
        'test-command': `echo '<testsuites><testsuite><testcase classname="tests.test_a" name="${hostile}"><failure message="${hostile}">x</failure></testcase></testsuite></testsuites>' >junit.xml; exit 1`,
      }),
    )
    expect(red.exitCode).toBe(1)
    const body = on(2)[0]?.body ?? ''
    expect(body).toContain('### ML image: stopped at test (tests-failed)\n')
    expect(body).toContain('job `image` (`3.12`)')
    const prose = body.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
    expect(prose).not.toMatch(/@everyone|#1|<img|```/)
    expect(body).toContain('@everyone')

    using other = onPull(110, 2)
    green(await other.main(inputs({ matrix: '{"python": "3.13"}', comment: 'always' })))
    expect(on(2)).toHaveLength(2)
    expect(on(2)[0]?.body).toBe(body)
  })

  test('of a fork, whose token may only read: one notice, and the run is green', async () => {
    github.fail({ on: 'create', status: 403, message: 'Resource not accessible by integration' })
    using job = onPull(120, 3, 'mallory/shop')
    const ran = await job.main(inputs({ username: '', password: '', comment: 'always' }))
    green(ran)
    expect(ran.log.match(/^::notice.*$/gm)?.filter((line) => line.includes('omment'))).toEqual([
      '::notice::No comment on the pull request: 403, Resource not accessible by integration. A run for a fork or by Dependabot may only read.',
    ])
    expect(on(3)).toEqual([])
  })

  test('whose run is cancelled while GitHub hangs ends by that, and not by its patience', async () => {
    github.fail({ on: 'list', hang: true })
    using job = onPull(130, 4)
    const { child, ended } = job.start(inputs({ comment: 'always', smoke: 'false' }))
    while (calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGTERM')
    const { log } = await ended
    expect(log).toContain('Result: passed')
    expect(log).not.toMatch(/No comment|Comment:|was cancelled, and what it was doing/)
  })
})
