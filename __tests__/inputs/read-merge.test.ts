import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { declaredMergeInputs } from '../../src/inputs/declared-merge.ts'
import { Invalid } from '../../src/inputs/parse.ts'
import { type MergeReading, parseDigests, readMerge } from '../../src/inputs/read-merge.ts'
import { createEvent } from '../builders.ts'
import { createFiles } from '../memory-files.ts'
import { authParser } from './reading.ts'

const one = `sha256:${'1'.repeat(64)}`
const two = `sha256:${'2'.repeat(64)}`

function read(given: Readonly<Record<string, string>>): MergeReading {
  const around = { files: createFiles({}), env: {}, workspace: '/repo', kind: 'runner', ...authParser } as const
  return readMerge(new Map(Object.entries({ images: 'ghcr.io/acme/iris', ...given })), createEvent(), around)
}
const reasons = (given: Readonly<Record<string, string>>) => {
  const reading = read(given)
  return reading.kind === 'problems' ? reading.problems.map(({ input, reason }) => `${input} ${reason}`) : []
}

describe('digests', () => {
  test.each([
    ['a line each', `${one}\n${two}\n`, [one, two]],
    ['with commas, one twice', `${one}, ${two},${one}`, [one, two]],
    ['with the name', `ghcr.io/acme/iris@${one}`, [one]],
    [
      'outputs of all jobs',
      JSON.stringify({ amd64: { result: 'success', outputs: { digest: one } }, arm64: { outputs: { image: `a/b@${two}` } } }),
      [one, two],
    ],
    ['a list', JSON.stringify([one, two]), [one, two]],
  ])('%s', (_, text, digests) => expect(parseDigests(text)).toEqual(digests))
  test.each([
    ['a tag', 'ghcr.io/acme/iris:latest', 'which is not a digest'],
    ['a short one', 'sha256:1234', 'which is not a digest'],
    ['outputs without any', '{"amd64":{"result":"success","outputs":{}}}', 'has no digest in it'],
    ['no JSON', '{"amd64":', 'is not JSON'],
  ])('%s', (_, text, reason) => {
    expect(() => parseDigests(text)).toThrow(Invalid)
    expect(reasons({ digests: text }).join()).toContain(reason)
  })
  test('come out of whatever JSON is around them', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (around) => {
        expect(parseDigests(JSON.stringify({ ...around, last: { digest: one } }))).toEqual([one])
      }),
    ))
})

describe('inputs', () => {
  test('of nothing but a name: what the run has pushed', () =>
    expect(read({})).toMatchObject({ kind: 'inputs', inputs: { digests: [], platforms: [], push: 'auto', summary: true, tags: [] } }))
  test('platforms as buildx writes them', () =>
    expect(read({ platforms: 'linux/x86_64, linux/arm64/v8' })).toMatchObject({ inputs: { platforms: ['linux/amd64', 'linux/arm64'] } }))
  test('every problem at once, those of the action by their names', () =>
    expect(reasons({ platforms: 'windows', push: 'digest', digest: one, context: '.', flavor: 'x' })).toEqual([
      'digest is no input of this action; did you mean digests',
      'context is no input of this action',
      'push is not one of auto, true, false',
      expect.stringMatching(/^flavor /),
      expect.stringMatching(/^platforms has "windows"/),
    ]))
  test('a push that is none is told once', () => expect(reasons({ push: 'yes' })).toEqual(['push is not one of auto, true, false']))
  test.each(Object.entries(declaredMergeInputs).filter(([name]) => name !== 'digests'))(
    'the example of %s is a good one',
    (name, { example }) => {
      const along: Readonly<Record<string, Readonly<Record<string, string>>>> = { username: { password: 'p' }, password: { username: 'u' } }
      expect(reasons({ ...along[name], [name]: example })).toEqual([])
    },
  )
})
