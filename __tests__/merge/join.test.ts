import { describe, expect, test } from '@jest/globals'
import { faultOf, indexOf, join } from '../../src/merge/join.ts'
import type { Part } from '../../src/merge/part.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { commit, createRecord } from '../builders.ts'

const copy = async () => {}
const other = 'e'.repeat(40)

function part(platform: string, overrides: Partial<Part> = {}): Part {
  const [os = '', architecture = ''] = platform.split('/')
  const digest = digestOf(platform)
  const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 7, platform: { architecture, os } }
  return { platform, entries: [entry], revision: commit, record: createRecord({ image: digest }), ...overrides }
}
const [amd, arm] = [part('linux/amd64'), part('linux/arm64')]

describe('parts make one image', () => {
  test.each([
    ['two platforms', [amd, arm], [], commit],
    ['those that are named', [amd, arm], ['linux/arm64', 'linux/amd64'], commit],
    ['one alone', [amd], [], commit],
    ['of a commit that the run does not know', [amd, arm], [], ''],
    ['of labels that name no commit, but records that do', [part('linux/amd64', { revision: '' }), arm], [], commit],
  ])('%s', (_, parts, platforms, revision) => expect(faultOf(parts, platforms, revision)).toBeUndefined())
})

describe('parts make no image', () => {
  const rows: readonly (readonly [string, readonly Part[], readonly string[], string, string])[] = [
    ['a platform twice', [amd, arm, { ...amd }], [], commit, `linux/amd64 is there 2 times: ${digestOf('linux/amd64')}, `],
    ['one missing', [amd], ['linux/amd64', 'linux/arm64', 'linux/386'], commit, 'linux/arm64, linux/386 is missing: there is linux/amd64.'],
    ['one too many', [amd, arm], ['linux/amd64'], commit, 'linux/arm64 is there, which platforms does not name.'],
    [
      'of another commit',
      [amd, part('linux/arm64', { revision: other })],
      [],
      commit,
      'linux/arm64 is of eeeeeeeeeeee, this run is about 1f2e3d4c5b6a.',
    ],
    [
      'of two commits',
      [amd, part('linux/arm64', { revision: other })],
      [],
      '',
      'linux/amd64 is of 1f2e3d4c5b6a, linux/arm64 of eeeeeeeeeeee.',
    ],
    [
      'a record of another commit, where the labels are silent',
      [amd, part('linux/arm64', { revision: '', record: createRecord({ revision: other }) })],
      [],
      commit,
      'linux/arm64 is of eeeeeeeeeeee',
    ],
    ['nothing', [], ['linux/amd64'], commit, 'linux/amd64 is missing: there is nothing.'],
  ]
  test.each(rows)('%s', (_, parts, platforms, revision, reason) => {
    expect(faultOf(parts, platforms, revision)).toContain(reason)
    expect(() => join(parts, platforms, revision, {}, copy)).toThrow(expect.objectContaining({ code: 'merge-mismatch' }))
  })
})

describe('the index', () => {
  const attestation = {
    mediaType: 'x',
    digest: digestOf('a'),
    size: 1,
    annotations: { 'vnd.docker.reference.digest': digestOf('linux/amd64') },
  }
  const attested: Part = { ...amd, entries: [amd.entries[0], attestation] }
  test('has every image behind its attestations, by platform, and annotations by name', () => {
    const { mediaType, body, digest } = indexOf([arm, attested], { b: '2', a: '1' })
    expect(JSON.parse(new TextDecoder().decode(body))).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [amd.entries[0], attestation, arm.entries[0]],
      annotations: { a: '1', b: '2' },
    })
    expect([mediaType, digest]).toEqual(['application/vnd.oci.image.index.v1+json', digestOf(body)])
  })
  test('is the same bytes whatever the order', () =>
    expect(indexOf([arm, amd], { b: '2', a: '1' })).toEqual(indexOf([amd, arm], { a: '1', b: '2' })))
  test('of no annotations has none', () => expect(new TextDecoder().decode(indexOf([amd], {}).body)).not.toContain('annotations'))
  test('asks of a registry all that it names', () =>
    expect(join([attested, arm], [], commit, {}, copy).index?.parts).toEqual([amd.entries[0].digest, digestOf('a'), arm.entries[0].digest]))
})
