import { describe, expect, test } from '@jest/globals'
import { blobPath } from '../../src/build/layout.ts'
import { type Arrived, savingRules } from '../../src/handover/saving-rules.ts'
import type { RelayRequest, RelayStep } from '../../src/host/host.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { createFiles } from '../memory-files.ts'

const door = 'b7e1'
const encode = (text: string) => new TextEncoder().encode(text)

function setUp() {
  const files = createFiles({ '/l/x': '' })
  const arrived: Arrived = {}
  const rules = savingRules(files, '/l', door, 'RUN', arrived)
  /** As the relay goes about it: a body is put behind what is there. */
  const send = async (method: string, rest: string, body = '', headers: RelayRequest['headers'] = {}): Promise<RelayStep> => {
    const step = await rules.route({ method, path: `/v2/${door}/${rest}`, headers, readBody: async () => encode(body) })
    if (step.kind !== 'save') return step
    files.writeText(step.path, (files.entries.get(step.path) ?? '') + body)
    return await step.answer({ bytes: body.length, digest: digestOf(body) })
  }
  const open = async () => {
    const step = await send('POST', 'blobs/uploads/')
    if (step.kind !== 'answer') throw new Error('an upload is answered')
    return step.headers?.['location']?.slice(`/v2/${door}/`.length) ?? ''
  }
  return { files, arrived, rules, send, open }
}
const status = (step: RelayStep) => (step.kind === 'answer' ? step.status : step.kind)

describe('a blob is kept under the digest of its bytes', () => {
  const text = 'a layer of weights'
  const digest = digestOf(text)
  test.each<readonly [string, readonly (readonly [string, string])[]]>([
    ['in one PUT, as containerd sends it', [['PUT', text]]],
    [
      'in a PATCH and an empty PUT, as Docker does',
      [
        ['PATCH', text],
        ['PUT', ''],
      ],
    ],
    [
      'in pieces',
      [
        ['PATCH', text.slice(0, 3)],
        ['PATCH', text.slice(3, 9)],
        ['PUT', text.slice(9)],
      ],
    ],
    [
      'behind an empty PATCH',
      [
        ['PATCH', ''],
        ['PATCH', text],
        ['PUT', ''],
      ],
    ],
  ])('%s', async (_, pieces) => {
    const { files, send, open } = setUp()
    const at = await open()
    const statuses: unknown[] = []
    for (const [method, body] of pieces)
      statuses.push(status(await send(method, `${at}${method === 'PUT' ? `?digest=${digest}` : ''}`, body)))
    expect(statuses).toEqual(pieces.map(([method]) => (method === 'PUT' ? 201 : 202)))
    expect(files.entries.get(blobPath('/l', digest))).toBe(text)
    expect(status(await send('HEAD', `blobs/${digest}`))).toBe('file')
    expect([...files.entries.keys()].filter((path) => path.includes('upload-'))).toEqual([])
  })
  test('Docker is told how far it has come, which it takes for a broken answer else', async () => {
    const { send, open } = setUp()
    const at = await open()
    expect(await send('PATCH', at, text)).toMatchObject({ headers: { range: `0-${text.length - 1}` } })
  })
  test('and refused, with nothing left of it, under another', async () => {
    const { files, send, open } = setUp()
    const before = [...files.entries.keys()]
    for (const wanted of [digestOf('other'), '', 'sha256:..%2f..%2fx', '../../x']) {
      const step = await send('PUT', `${await open()}?digest=${wanted}`, text)
      expect(step).toMatchObject({ status: 400, body: expect.stringContaining('DIGEST_INVALID') })
    }
    expect([...files.entries.keys()]).toEqual(before)
  })
})

describe('a manifest', () => {
  const text = '{"config":{}}'
  const digest = digestOf(text)
  const headers = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }
  test('that the run tag is put to is the root', async () => {
    const { files, send, arrived } = setUp()
    expect(await send('PUT', 'manifests/RUN', text, headers)).toMatchObject({ status: 201, headers: { 'docker-content-digest': digest } })
    expect(arrived.root).toEqual({ digest, mediaType: headers['content-type'], size: text.length })
    expect(files.entries.get(blobPath('/l', digest))).toBe(text)
    expect(await send('GET', `manifests/${digest}`)).toMatchObject({ kind: 'file', headers })
  })
  test('of a part is kept by its digest, and is not the root', async () => {
    const { send, arrived } = setUp()
    expect(status(await send('PUT', `manifests/${digest}`, text, headers))).toBe(201)
    expect(arrived.root).toBeUndefined()
  })
  test.each(['manifests/latest', `manifests/${digestOf('x')}`, 'manifests/..%2f..'])('is refused as %s', async (path) => {
    const { send } = setUp()
    expect(status(await send('PUT', path, text, headers))).toBe(400)
  })
})

test.each<readonly [string, string, unknown]>([
  ['GET', `blobs/${digestOf('not there')}`, 404],
  ['GET', `manifests/${digestOf('not there')}`, 404],
  ['GET', 'manifests/RUN', 404],
  ['GET', 'blobs/..%2f..%2fetc', 404],
  ['GET', 'blobs/../../etc/passwd', 405],
  ['DELETE', `blobs/${digestOf('x')}`, 405],
  ['GET', 'tags/list', 405],
  ['PATCH', 'blobs/uploads/upload-9', 404],
  ['GET', 'blobs/uploads/upload-9', 404],
])('%s %s is answered %s', async (method, rest, expected) => {
  const { send } = setUp()
  expect(status(await send(method, rest))).toBe(expected)
})
test('nobody comes in by another name', async () => {
  const { rules } = setUp()
  const ask = (path: string) => rules.route({ method: 'POST', path, headers: {}, readBody: async () => new Uint8Array() })
  expect(await ask('/v2/other/blobs/uploads/')).toMatchObject({ status: 404 })
  expect(await ask('/v2/')).toMatchObject({ status: 200 })
})
