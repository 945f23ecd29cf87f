import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { pullComments } from '../../../src/host/comments.ts'
import { publishComment, type Wanted } from '../../../src/report/comment/publish-comment.ts'
import { type CommentService, jobToken, startCommentService } from '../../doubles/pull-comments.ts'
import { createFakeHost } from '../../fake-host.ts'

let service: CommentService
beforeAll(async () => {
  service = await startCommentService('acme/iris')
  // Read when the client is loaded, which is at the first question.
  process.env['GITHUB_API_URL'] = service.url
})
afterAll(async () => {
  delete process.env['GITHUB_API_URL']
  await service[Symbol.asyncDispose]()
})

/** Each test has a pull request of its own. */
let pull = 100
beforeEach(() => {
  pull++
  service.heal()
})

const marker = '<!-- ml-image-action:ghcr.io/acme/iris:image:0123456789ab -->'
const never = new AbortController().signal
const publish = (more: Partial<Wanted> = {}, signal = never, token = jobToken) =>
  publishComment(
    createFakeHost(),
    pullComments('acme/iris', pull, token, signal),
    { identity: { marker }, text: '### ML image\n', stamp: { id: 42, attempt: 1 }, silent: false, ...more },
    signal,
  )
const here = () => service.comments().filter((comment) => comment.pull === pull)
const bodies = () => here().map(({ body }) => body)
const calls = () => service.requests().map(({ call, status }) => `${call} ${status}`)

describe('one comment', () => {
  test('is written, and found again by its marker and who wrote it', async () => {
    expect(await publish()).toEqual({ kind: 'created', url: expect.stringMatching(new RegExp(`/pull/${pull}#issuecomment-\\d+$`)) })
    expect(bodies()).toEqual([`${marker}\n### ML image\n`])
    expect(calls()).toEqual(['list 200', 'create 201'])
    service.heal()
    expect(await publish({ text: 'second' })).toMatchObject({ kind: 'updated' })
    expect(bodies()).toEqual([`${marker}\nsecond`])
    expect(calls()).toEqual(['list 200', 'viewer 200', 'update 200'])
  })
  test('is found on the third page, behind 250 others', async () => {
    for (let count = 0; count < 250; count++) service.write('octocat', 'a word', pull)
    service.write('github-actions[bot]', `${marker}\nfirst`, pull)
    expect(await publish({ text: 'second' })).toMatchObject({ kind: 'updated' })
    expect(here()).toHaveLength(251)
    expect(bodies().at(-1)).toBe(`${marker}\nsecond`)
    expect(service.requests().flatMap(({ call, path }) => (call === 'list' ? path.split('?')[1] : []))).toEqual([
      'per_page=100&page=1',
      'per_page=100&page=2',
      'per_page=100&page=3',
    ])
  })
  test('of somebody else that has the marker is left alone', async () => {
    service.write('mallory', `${marker}\nAll is well, merge it.`, pull)
    service.write('other-app[bot]', `${marker}\nAll is well, merge it.`, pull)
    expect(await publish()).toMatchObject({ kind: 'created' })
    expect(await publish({ text: 'second' })).toMatchObject({ kind: 'updated' })
    expect(bodies()).toEqual([`${marker}\nAll is well, merge it.`, `${marker}\nAll is well, merge it.`, `${marker}\nsecond`])
  })
  test('of another job of ours, and one that quotes ours, are left alone', async () => {
    const other = marker.replace('0123', 'ffff')
    service.write('github-actions[bot]', `${other}\nfirst`, pull)
    service.write('github-actions[bot]', `> ${marker}\nfirst`, pull)
    expect(await publish()).toMatchObject({ kind: 'created' })
    expect(here()).toHaveLength(3)
  })
  test('is written as whom the token is of', async () => {
    service.write('github-actions[bot]', `${marker}\nfirst`, pull)
    expect(await publish({}, never, 'ghp_ofSomebody0123456789')).toMatchObject({ kind: 'created' })
    expect(await publish({ text: 'second' }, never, 'ghp_ofSomebody0123456789')).toMatchObject({ kind: 'updated' })
    expect(here().map(({ login }) => login)).toEqual(['github-actions[bot]', 'octocat'])
  })
  test('is that of the job where nothing says whose the token is', async () => {
    service.fail({ on: 'viewer', status: 403, message: 'Resource not accessible by integration' })
    await publish()
    expect(await publish({ text: 'second' })).toMatchObject({ kind: 'updated' })
  })
  test('of a later run stays; of this run and of one before it does not', async () => {
    await publish({ text: '<!-- run 42.2 -->\nnewer' })
    expect(await publish()).toMatchObject({ kind: 'overtaken', url: expect.stringContaining('#issuecomment-') })
    expect(bodies()).toEqual([`${marker}\n<!-- run 42.2 -->\nnewer`])
    expect(await publish({ stamp: { id: 42, attempt: 2 } })).toMatchObject({ kind: 'updated' })
  })
})

describe('where nothing is to be told', () => {
  test('nothing is written', async () => {
    expect(await publish({ silent: true })).toEqual({ kind: 'silent' })
    expect(calls()).toEqual(['list 200'])
  })
  test('a comment that is there is kept up to date', async () => {
    await publish()
    expect(await publish({ silent: true, text: 'all is well again' })).toMatchObject({ kind: 'updated' })
    expect(bodies()).toEqual([`${marker}\nall is well again`])
  })
})

describe('what GitHub refuses', () => {
  const forbidden = 'Resource not accessible by integration'
  test.each([
    [403, forbidden],
    [404, 'Not Found'],
    [410, 'This issue was deleted'],
    [422, 'Validation Failed'],
  ])('with %d is not asked again', async (status, message) => {
    service.fail({ on: 'create', status, message })
    expect(await publish()).toEqual({ kind: 'refused', status, why: message })
    expect(calls()).toEqual(['list 200', `create ${status}`])
  })
  test('on reading is no other', async () => {
    service.fail({ on: 'list', status: 403, message: forbidden })
    expect(await publish()).toEqual({ kind: 'refused', status: 403, why: forbidden })
    expect(calls()).toEqual(['list 403'])
  })
  test('to a token that is none', async () =>
    expect(await publish({}, never, 'ghs_stale')).toEqual({ kind: 'refused', status: 401, why: 'Bad credentials' }))
})

describe('what may pass', () => {
  test.each([
    ['a 502', { status: 502 }],
    ['a 429', { status: 429, message: 'Too many requests', headers: { 'retry-after': '1' } }],
    ['the limit for those who write often', { status: 403, message: 'You have exceeded a secondary rate limit.' }],
    ['the same with a time', { status: 403, message: 'Slow down', headers: { 'retry-after': '2' } }],
  ])('%s is asked again', async (_, fault) => {
    service.fail({ on: 'create', times: 1, ...fault })
    expect(await publish()).toMatchObject({ kind: 'created' })
    expect(here()).toHaveLength(1)
  })
  test('an answer that was lost has written one comment, not two', async () => {
    service.fail({ on: 'create', times: 1, status: 502, done: true })
    expect(await publish({ text: 'x' })).toMatchObject({ kind: 'updated' })
    expect(bodies()).toEqual([`${marker}\nx`])
  })
  test('a limit for longer than anybody waits ends it', async () => {
    service.fail({ on: 'list', status: 429, message: 'Too many requests', headers: { 'retry-after': '60' } })
    expect(await publish()).toEqual({ kind: 'refused', status: 429, why: 'Too many requests' })
    expect(calls()).toEqual(['list 429'])
  })
  test('a network that is not there has no status', async () => {
    service.fail({ on: 'list', cut: true })
    expect(await publish()).toEqual({ kind: 'refused', status: undefined, why: expect.any(String) })
    expect(calls()).toHaveLength(3)
  })
  test('three tries are enough', async () => {
    service.fail({ on: 'list', status: 503, message: 'Unavailable' })
    expect(await publish()).toEqual({ kind: 'refused', status: 503, why: 'Unavailable' })
    expect(calls()).toEqual(['list 503', 'list 503', 'list 503'])
  })
  test('what hangs ends with the signal', async () => {
    service.fail({ on: 'list', hang: true })
    const stop = new AbortController()
    const publishing = publish({}, stop.signal)
    while (service.requests().length === 0) await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    expect(await publishing).toMatchObject({ kind: 'refused' })
    expect(calls()).toEqual(['list undefined'])
  })
})
