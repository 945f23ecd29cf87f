import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { identify, isLater, readStamp, stampOf, stampText } from '../../../src/report/comment/identity.ts'

const image = 'ghcr.io/acme/iris'
const env = {
  GITHUB_JOB: 'image',
  GITHUB_ACTION: '__org_ml-image-action',
  GITHUB_WORKFLOW_REF: 'acme/iris/.github/workflows/image.yml@refs/pull/7/merge',
}

describe('the marker', () => {
  const { marker, figures } = identify(env, image)
  test('says what it is of', () => expect(marker).toMatch(/^<!-- ml-image-action:ghcr\.io\/acme\/iris:image:[0-9a-f]{12} -->$/))
  test('is the same in every run', () =>
    expect(identify({ ...env, GITHUB_WORKFLOW_REF: env.GITHUB_WORKFLOW_REF.replace('7', '8') }, image).marker).toBe(marker))
  test.each([
    ['image', env, 'ghcr.io/acme/churn', undefined],
    ['job', { ...env, GITHUB_JOB: 'other' }, image, undefined],
    ['step', { ...env, GITHUB_ACTION: '__org_ml-image-action_2' }, image, undefined],
    ['workflow', { ...env, GITHUB_WORKFLOW_REF: 'acme/iris/.github/workflows/other.yml@x' }, image, undefined],
    ['value of the matrix', env, image, { python: '3.12' }],
  ])('is another for another %s', (_, job, name, matrix) => expect(identify(job, name, matrix).marker).not.toBe(marker))
  test('is the same for a matrix in another order', () =>
    expect(identify(env, image, { a: 1, b: [2] })).toEqual({ ...identify(env, image, { b: [2], a: 1 }), leg: '1, [2]' }))
  test('cannot be ended by a name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (job, name) => {
        const { marker: text } = identify({ GITHUB_JOB: `${job}-->` }, `${name}--!>`)
        expect(text.slice(4, -3)).not.toMatch(/--|[<>\n\r]/)
      }),
    )
  })
  test('figures are those of the variant, whichever workflow it is in', () => {
    expect(identify({ ...env, GITHUB_WORKFLOW_REF: 'x', GITHUB_JOB: 'publish' }, image).figures).toBe(figures)
    expect(identify(env, image, {}, ['Dockerfile', 'gpu']).figures).not.toBe(identify(env, image, {}, ['Dockerfile', 'cpu']).figures)
  })
})

test('the values of a matrix are told in one line', () =>
  expect(identify(env, image, { python: '3.12', gpu: false, model: { name: 'iris' }, long: 'x'.repeat(99) }).leg).toBe(
    `3.12, false, {"name":"iris"}, ${'x'.repeat(40)}`,
  ))

describe('the stamp of a run', () => {
  test('is read again', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(99), (id, attempt) =>
        expect(readStamp(`<!-- marker -->\n${stampText({ id, attempt })}\n### x`)).toEqual({ id, attempt }),
      ),
    )
  })
  test.each([
    [
      { GITHUB_RUN_ID: '42', GITHUB_RUN_ATTEMPT: '2' },
      { id: 42, attempt: 2 },
    ],
    [{ GITHUB_RUN_ID: '42' }, { id: 42, attempt: 1 }],
    [{}, undefined],
    [{ GITHUB_RUN_ID: 'x' }, undefined],
  ])('of %j', (variables, stamp) => expect(stampOf(variables)).toEqual(stamp))
  test.each([
    [{ id: 43, attempt: 1 }, { id: 42, attempt: 2 }, true],
    [{ id: 42, attempt: 2 }, { id: 42, attempt: 1 }, true],
    [{ id: 42, attempt: 1 }, { id: 42, attempt: 1 }, false],
    [{ id: 41, attempt: 9 }, { id: 42, attempt: 1 }, false],
    [undefined, { id: 42, attempt: 1 }, false],
    [{ id: 42, attempt: 1 }, undefined, false],
  ])('%j is later than %j: %s', (one, than, later) => expect(isLater(one, than)).toBe(later))
})
