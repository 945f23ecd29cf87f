import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type GateRecord,
  handedOn,
  isRecordIn,
  isRecordOf,
  parseRecord,
  readArtifact,
  recordArtifact,
  recordOf,
  recordTag,
  recordType,
  runNumber,
} from '../../src/publish/record.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { commit, createEvent, createImage, createRecord, digest } from '../builders.ts'

const image = { digest, mediaType: 'application/vnd.oci.image.manifest.v1+json', body: new TextEncoder().encode('{}') }
const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const state = fc.constantFrom('passed' as const, 'skipped' as const)
const records: fc.Arbitrary<GateRecord> = fc.record(
  {
    version: fc.constant(1 as const),
    image: hex(64).map((text) => `sha256:${text}`),
    gates: fc.record({ tests: state, smoke: state }),
    smoked: fc.array(fc.string()),
    untested: fc.array(fc.string()),
    revision: fc.string(),
    repository: fc.string(),
    run: fc.record({ id: fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String), attempt: fc.integer({ min: 1, max: 99 }) }),
    inputHash: fc.string(),
  },
  { requiredKeys: ['version', 'image', 'gates', 'smoked', 'untested', 'revision', 'repository', 'inputHash'] },
)

test('what an artifact was made of is read from it again', () =>
  fc.assert(
    fc.property(records, (record) => {
      const { manifest, blobs } = recordArtifact(record, image)
      const artifact = readArtifact(manifest.body)
      const content = blobs.find(({ digest: own }) => own === artifact?.content)
      expect(artifact?.subject).toBe(image.digest)
      expect(parseRecord(content?.body ?? new Uint8Array())).toEqual(record)
    }),
  ))

test('the artifact is one by the specification: empty configuration, type, subject, each by its digest and size', () => {
  const { manifest, blobs } = recordArtifact(createRecord(), image)
  const json = JSON.parse(new TextDecoder().decode(manifest.body)) as Record<string, unknown>
  expect(json).toMatchObject({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: recordType,
    config: {
      mediaType: 'application/vnd.oci.empty.v1+json',
      digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      size: 2,
    },
    layers: [{ mediaType: recordType, digest: blobs[1]?.digest, size: blobs[1]?.body.length }],
    subject: { mediaType: image.mediaType, digest: image.digest, size: 2 },
  })
  expect(manifest.digest).toBe(digestOf(manifest.body))
})

describe('what is no record is none', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
  const good = createRecord()
  test.each([
    ['no JSON', '{'],
    ['null', null],
    ['another version', { ...good, version: 2 }],
    ['no digest', { ...good, image: 'sha256:x' }],
    ['a gate of another state', { ...good, gates: { tests: 'failed', smoke: 'passed' } }],
    ['a gate missing', { ...good, gates: { tests: 'passed' } }],
    ['no gates', { ...good, gates: null }],
  ])('%s', (_, value) => expect(parseRecord(bytes(value))).toBeUndefined())
  test.each([
    ['no JSON', '{'],
    ['an image', { config: {}, layers: [{ digest }] }],
    ['an artifact of another type', { artifactType: 'x/y', layers: [{ digest }], subject: { digest } }],
    ['without a subject', { artifactType: recordType, layers: [{ digest }] }],
  ])('the manifest: %s', (_, value) => expect(readArtifact(bytes(value))).toBeUndefined())
  test('whatever the bytes are', () => fc.assert(fc.property(fc.uint8Array(), (body) => parseRecord(body) === undefined)))
})

describe('the tag of a record', () => {
  test('names run, attempt and image, and is a tag', () =>
    fc.assert(
      fc.property(records, (record) => {
        const tag = recordTag(record)
        expect(tag).toMatch(/^[\w][\w.-]{0,127}$/)
        expect(isRecordOf(record.image)(tag)).toBe(true)
        if (record.run) expect(isRecordIn(record.run)(tag)).toBe(true)
      }),
    ))
  test.each([
    [{}, `gate-42.2-${'d1'.repeat(6)}`],
    [{ run: undefined as never }, `gate-local-${'d1'.repeat(6)}`],
  ])('%j', (overrides, tag) => expect(recordTag(createRecord(overrides))).toBe(tag))
  test('of run 4 is none of run 42', () => expect(isRecordIn({ id: '4', attempt: 1 })('gate-42.1-d1d1d1d1d1d1')).toBe(false))
})

describe('a run', () => {
  test.each([
    [
      { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '3' },
      { id: '7', attempt: 3 },
    ],
    [{ GITHUB_RUN_ID: '7' }, { id: '7', attempt: 1 }],
    [
      { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '' },
      { id: '7', attempt: 1 },
    ],
    [{ GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: 'x' }, undefined],
    [{ GITHUB_RUN_ID: 'a/b' }, undefined],
    [{}, undefined],
  ])('%j is %j', (env, run) => expect(runNumber(env)).toEqual(run))
})

describe('the record of an image', () => {
  const plan = { event: createEvent(), labels: { 'io.github.ml-image-action.input-hash': 'aa' } }
  const run = { id: '42', attempt: 2 }
  const gates = { tests: 'passed', smoke: 'passed' } as const
  test('that is of the platform of its engine', () =>
    expect(recordOf(digest, createImage() as never, gates, plan, 'linux/amd64', run)).toEqual(createRecord()))
  test('whose platforms were named, one of them untested', () => {
    const image = createImage({ runnables: [{ platform: 'linux/386', id: digest }], untested: ['linux/arm64'] })
    expect(recordOf(digest, image as never, gates, plan, 'linux/amd64', undefined)).toEqual({
      version: 1,
      image: digest,
      gates,
      smoked: ['linux/386'],
      untested: ['linux/arm64'],
      revision: commit,
      repository: 'acme/iris',
      inputHash: 'aa',
    })
  })
  test('that was not started has been smoked nowhere', () =>
    expect(recordOf(digest, createImage() as never, { ...gates, smoke: 'skipped' }, plan, 'linux/amd64', run).smoked).toEqual([]))
})

describe('the record of an image that a job before has gated in part', () => {
  const now = createRecord({
    gates: { tests: 'skipped', smoke: 'passed' },
    smoked: ['linux/386'],
    inputHash: 'bb',
    run: { id: '43', attempt: 1 },
  })
  test('counts what was passed in either, and is of this run', () =>
    expect(handedOn(now, createRecord({ gates: { tests: 'passed', smoke: 'skipped' } }))).toEqual({
      ...now,
      gates: { tests: 'passed', smoke: 'passed' },
      smoked: ['linux/amd64', 'linux/386'],
      inputHash: 'aa',
    }))
  test('calls nothing passed that was left out in both', () =>
    expect(handedOn(now, createRecord({ gates: { tests: 'skipped', smoke: 'skipped' } })).gates.tests).toBe('skipped'))
  test('is its own where there was none', () => expect(handedOn(now, undefined)).toBe(now))
})
