import { describe, expect, test } from '@jest/globals'
import { recordType } from '../../src/publish/record.ts'
import { createEvent } from '../builders.ts'
import { inputsOf, problemsOf, reasonsOf, workspaceFiles } from './reading.ts'

const digest = `sha256:${'ab'.repeat(32)}`
const own = { '/repo/image/index.json': JSON.stringify({ manifests: [{}, { artifactType: recordType }] }), '/repo/image/oci-layout': '{}' }
const env = { RUNNER_TEMP: '/temp' }
const around = { files: { ...workspaceFiles, ...own, '/temp/x': '' }, env }

describe('from', () => {
  test.each([
    ['oci:image', { kind: 'layout', folder: '/repo/image', given: 'image' }],
    ['oci:/repo/image', { kind: 'layout', folder: '/repo/image', given: '/repo/image' }],
    [`oci:image@${digest}`, { kind: 'layout', folder: '/repo/image', given: 'image', digest }],
    [
      `ghcr.io/acme/iris@${digest}`,
      { kind: 'registry', name: { registry: 'ghcr.io', path: 'acme/iris', given: 'ghcr.io/acme/iris' }, digest },
    ],
    [
      `localhost:5000/iris:1.4@${digest}`,
      { kind: 'registry', name: { registry: 'localhost:5000', path: 'iris', given: 'localhost:5000/iris' }, digest },
    ],
    ['iris:built', { kind: 'engine', reference: 'iris:built' }],
    ['r8.im/acme/cog-model', { kind: 'engine', reference: 'r8.im/acme/cog-model' }],
    ['3f1c9a0b7d2e', { kind: 'engine', reference: '3f1c9a0b7d2e' }],
    [digest, { kind: 'engine', reference: digest }],
  ])('%s', (from, expected) => expect(inputsOf({ from }, around).from).toEqual(expected))

  test.each([
    ['oci:', /names no folder/],
    ['oci:nowhere', /not there/],
    ['oci:.', /whole workspace/],
    ['oci:/temp', /whole workspace or RUNNER_TEMP/],
    ['oci:../other', /leads out/],
    ['oci:/etc', /leads out/],
    ['oci:away', /leads out/],
    ['docker://iris:built', /scheme/],
    ['--privileged', /none of/],
    ['iris built', /none of/],
    ['iris@sha256:abc', /no digest/],
    ['sha256:abc', /no whole id/],
    [`IRIS/${'a/'.repeat(2)}@${digest}`, /\//],
  ])('%s is refused', (from, reason) => {
    const problems = problemsOf(
      { from },
      { ...around, links: { '/repo/away': '/elsewhere' }, files: { ...around.files, '/elsewhere/index.json': '' } },
    )
    expect(problems).toEqual([expect.objectContaining({ input: 'from', reason: expect.stringMatching(reason) })])
  })

  test('that is none is the only problem, though there is nothing to be built', () =>
    expect(reasonsOf({ from: 'oci:nowhere' }, { files: { '/repo/x': '' } })).toEqual([expect.stringMatching(/^from .*not there/)]))
  test('needs no Dockerfile, and no folder of code', () =>
    expect(inputsOf({ from: 'iris:built' }, { files: { '/repo/x': '' } }).build.dockerfile).toBe(''))
  test.each([
    ['file', 'Dockerfile'],
    ['target', 'serve'],
    ['context', 'tests'],
    ['build-args', 'A=1'],
    ['platforms', 'linux/arm64'],
    ['builder', 'mine'],
    ['no-cache', 'true'],
    ['provenance', 'true'],
    ['cache', 'gha'],
    ['cache-image', 'ghcr.io/acme/iris:cache'],
    ['labels', 'a=1'],
    ['annotations', 'a=1'],
    ['test-first', 'true'],
    ['test-in', 'target:serve'],
  ])('has no use for %s', (name, value) =>
    expect(reasonsOf({ from: 'iris:built', [name]: value }, around)).toContainEqual(
      expect.stringMatching(new RegExp(`^${name} .*nothing is built`)),
    ),
  )
  test('defaults that the runner gives are no mistake', () =>
    expect(
      inputsOf({
        from: 'iris:built',
        cache: 'auto',
        provenance: 'false',
        'no-cache': 'false',
        'test-first': 'false',
        'build-timeout': '60m',
      }).from,
    ).toBeDefined())
})

describe('push: oci', () => {
  test.each(['oci:new', 'oci:image', 'oci:/temp/image', 'oci:deep/er/image'])('%s', (push) =>
    expect(inputsOf({ push }, around).push).toMatchObject({ kind: 'layout', given: push.slice(4) }),
  )
  test.each([
    ['oci:tests', /something else/],
    ['oci:Dockerfile', /names a file/],
    ['oci:../x', /leads out/],
    ['oci:.', /whole workspace/],
    ['oci', /not one of auto, true, false, digest, oci:DIR/],
  ])('%s is refused', (push, reason) =>
    expect(problemsOf({ push }, around)).toEqual([expect.objectContaining({ input: 'push', reason: expect.stringMatching(reason) })]),
  )
  test('a layout with something of the user beside it is not overwritten', () =>
    expect(reasonsOf({ push: 'oci:image' }, { ...around, files: { ...around.files, '/repo/image/notes.txt': '' } })).toHaveLength(1))
  test('on a laptop it may be anywhere', () =>
    expect(inputsOf({ push: 'oci:/srv/image' }, { ...around, kind: 'terminal' }).push).toMatchObject({ folder: '/srv/image' }))
  test('a fork needs no login for it', () =>
    expect(problemsOf({ push: 'oci:new', username: 'shipper' }, { ...around, event: { ...createEvent(), origin: 'fork' } })).toEqual([]))
})
