import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CommentService, jobToken, startCommentService } from '../doubles/pull-comments.ts'
import { commitAll, installAction } from './act.ts'
import { docker, fixture } from './action.ts'

let github: CommentService
let root: string
beforeAll(async () => {
  github = await startCommentService()
  root = mkdtempSync(join(tmpdir(), 'ml-image-comment-matrix-'))
  installAction(root)
})
afterAll(async () => {
  docker('image', 'rm', '--force', 'registry.invalid/comment/matrix:of-3.11', 'registry.invalid/comment/matrix:of-3.12')
  await github[Symbol.asyncDispose]()
  rmSync(root, { recursive: true, force: true })
})

const workflow = `
name: image
on: pull_request
jobs:
  image:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        python: ['3.11', '3.12']
    steps:
      - uses: actions/checkout@v5
      - uses: org/ml-image-action@v1
        with:
          images: registry.invalid/comment/matrix
          tags: type=raw,value=of-\${{ matrix.python }}
          test: false
          smoke: false
          push: false
          comment: always
`

/** A runner beside this process, which answers for GitHub. It has an address of GitHub's API of its own, so that of the action is set by node. */
async function act(folder: string, payload: unknown): Promise<number | null> {
  writeFileSync(join(root, 'event.json'), JSON.stringify(payload))
  writeFileSync(join(root, 'github.mjs'), `process.env.GITHUB_API_URL = '${github.url}'`)
  const child = spawn(
    'act',
    [
      ...['pull_request', '--platform', 'ubuntu-latest=-self-hosted', '--pull=false', '--action-offline-mode', '--no-cache-server'],
      ...[
        '--local-repository',
        `org/ml-image-action@v1=${join(root, 'action')}`,
        '--env',
        `NODE_OPTIONS=--import=${join(root, 'github.mjs')}`,
      ],
      ...['--secret', `GITHUB_TOKEN=${jobToken}`, '--eventpath', join(root, 'event.json')],
    ],
    { cwd: folder, env: { ...process.env, XDG_CACHE_HOME: join(root, 'cache') }, stdio: 'ignore' },
  )
  return await new Promise((resolve) => child.on('close', resolve))
}

test('each job of a matrix has a comment of its own, and its next run finds it', async () => {
  const folder = join(root, 'shop')
  cpSync(fixture('service'), folder, { recursive: true })
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
  writeFileSync(join(folder, '.github', 'workflows', 'image.yml'), workflow)
  const sha = commitAll(folder, 'acme/shop')
  const repository = { full_name: 'acme/shop', default_branch: 'main' }
  const payload = {
    ...{ number: 7, repository },
    pull_request: { number: 7, head: { sha, repo: repository }, base: { ref: 'main' }, user: { login: 'octocat' } },
  }
  const jobs = () => github.comments().map(({ body }) => /job `image` \(`([\d.]+)`\)/.exec(body)?.[1])
  expect(await act(folder, payload)).toBe(0)
  expect(jobs().toSorted()).toEqual(['3.11', '3.12'])
  const ids = github.comments().map(({ id }) => id)
  expect(await act(folder, payload)).toBe(0)
  expect(github.comments().map(({ id }) => id)).toEqual(ids)
  expect(github.requests().filter(({ call, status }) => call === 'update' && status === 200)).toHaveLength(2)
})
