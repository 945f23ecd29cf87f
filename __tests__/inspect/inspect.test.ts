import { describe, expect, test } from '@jest/globals'
import type { LeakIgnore } from '../../src/inputs/leak-ignore.ts'
import { parseLeakIgnore } from '../../src/inputs/leak-ignore.ts'
import { inspectImage } from '../../src/inspect/inspect.ts'
import { digestOf } from '../../src/registry/digest.ts'
import { createImage, createInputs } from '../builders.ts'
import { createFakeHost, type FakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`

/** A tar archive with one file of less than a block. */
function tarOf(path: string, text: string): Uint8Array {
  const archive = Buffer.alloc(2_048)
  archive.write(path)
  archive.write(text.length.toString(8).padStart(11, '0'), 124)
  archive.write('0ustar', 156)
  archive.write(text, 512)
  return archive
}

type Made = Readonly<{ base?: string; own?: string; env?: readonly string[]; labels?: Readonly<Record<string, string>> }>

/** An engine that pushes an image of a base layer and its own into a door, as containerd does: asked for, then sent. */
function engineWith({ base = 'x', own = 'x', env = [], labels = {} }: Made) {
  const layers = [tarOf('etc/base', base), tarOf('app/own', own)]
  const history = [{ created_by: 'RUN base' }, { created_by: 'COPY . . # buildkit' }]
  const config = Buffer.from(JSON.stringify({ config: { Env: env, Labels: labels }, history }))
  const named = (body: Uint8Array) => ({ digest: digestOf(body), size: body.length })
  const manifest = Buffer.from(JSON.stringify({ config: named(config), layers: layers.map(named) }))
  const sent: string[] = []
  const host: FakeHost = createFakeHost({
    files: createFiles({ '/repo/Dockerfile': '' }),
    capture: { 'docker image': {} },
    stream: {
      'docker push': async ({ argv }) => {
        const [, port, door] = /^127\.0\.0\.1:(\d+)\/([^:]+):/.exec(argv.at(-1) ?? '') ?? []
        const relay = host.relays.find((one) => String(one.port) === port)
        const send = async (method: string, path: string, body?: Uint8Array) => {
          const step = await relay?.send({
            method,
            path: `/v2/${door}/${path}`,
            ...(body ? { headers: { 'content-length': String(body.length) }, readBody: async () => body } : {}),
          })
          if (step?.kind !== 'answer') throw new Error('no answer')
          return step
        }
        for (const blob of [...layers, config]) {
          if ((await send('HEAD', `blobs/${digestOf(blob)}`)).status === 200) continue
          const { status, headers } = await send('POST', 'blobs/uploads/')
          expect(status).toBe(202)
          const place = headers?.['location']?.replace(`/v2/${door}/`, '') ?? ''
          expect((await send('PUT', `${place}?digest=${encodeURIComponent(digestOf(blob))}`, blob)).status).toBe(201)
          sent.push(blob === config ? 'config' : blob === layers[0] ? 'base' : 'own')
        }
        expect((await send('PUT', 'manifests/run', manifest)).status).toBe(201)
        return {}
      },
    },
  })
  return { host, sent }
}

async function inspect(made: Made, ignore: readonly LeakIgnore[] = [], searched: readonly string[] = []) {
  const { host, sent } = engineWith(made)
  const inputs = createInputs({ leaks: { check: true, ignore }, build: { dockerfile: 'FROM x\nCOPY . .\n', file: '/repo/Dockerfile' } })
  const { configDigest: _, ...image } = createImage()
  const outcome = await inspectImage(
    ...([host, image, inputs, {}, host.log.stage('inspect'), new AbortController().signal, host.log.notice] as const),
    Promise.resolve(new Set(searched)),
  )
  return { host, sent, outcome }
}

describe('an image in an engine', () => {
  test('is handed over once: its configuration, and the layers that the build made', async () => {
    const { host, sent, outcome } = await inspect({ base: token })
    expect(sent).toEqual(['config', 'own'])
    expect(outcome).toEqual({ kind: 'passed', value: { layers: 1, files: 1, bytes: 1, leftOut: [], advice: [], ignored: [] } })
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
  })
  test('of which a layer was searched before is not asked for that', async () => {
    const own = digestOf(tarOf('app/own', 'x'))
    const { sent, outcome } = await inspect({}, [], [own])
    expect(sent).toEqual(['config'])
    expect(outcome).toMatchObject({ kind: 'passed', value: { layers: 0, before: 1 } })
  })
  test.each<readonly [string, Made, string, number | undefined]>([
    ['a file', { own: `x ${token}` }, '/app/own holds a token of GitHub (github-token): x ghp_***, by COPY . . (Dockerfile:2)', 2],
    ['a label', { labels: { note: token } }, 'label:note holds a token of GitHub (github-token): ghp_***', undefined],
  ])('with a secret in %s is red, and the secret is not shown', async (_, made, text, line) => {
    const { host, outcome } = await inspect(made)
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'secret-in-image', evidence: [text] } })
    expect(JSON.stringify([outcome, host.lines, host.notices])).not.toContain(token)
    expect(host.hidden).toContain(token)
    if (line !== undefined) expect(outcome).toMatchObject({ red: { at: { file: 'Dockerfile', line } } })
  })
  test.each(['/app/**', 'own', 'rule:github-token'])('what leak-ignore leaves out (%s) is said', async (entry) => {
    const { host, outcome } = await inspect({ own: token }, [parseLeakIgnore(entry)])
    expect(outcome).toMatchObject({ kind: 'passed', value: { ignored: ['/app/own'] } })
    expect(host.lines).toContain('left out by leak-ignore: /app/own')
  })
})

test('an image that another builder has left as files is read from there', async () => {
  const text = (body: Uint8Array | string) => Buffer.from(body).toString()
  const layer = tarOf('app/own', token)
  const config = JSON.stringify({ config: {}, history: [{ created_by: 'COPY . .' }] })
  const manifest = JSON.stringify({ config: { digest: digestOf(config) }, layers: [{ digest: digestOf(layer), size: 9 }] })
  const at = (body: Uint8Array | string) => [`/layout/blobs/sha256/${digestOf(body).slice(7)}`, text(body)] as const
  const host = createFakeHost({ files: createFiles(Object.fromEntries([at(layer), at(config), at(manifest)])) })
  const root = { digest: digestOf(manifest), mediaType: '', bytes: 1 }
  const image = createImage({ layout: { folder: '/layout', root, children: [], manifests: [root], blobs: [] } })
  const inputs = createInputs({ leaks: { check: true, ignore: [] } })
  const outcome = await inspectImage(host, image, inputs, {}, host.log.stage('inspect'), new AbortController().signal, () => {})
  expect(outcome).toMatchObject({ kind: 'failed', red: { evidence: ['/app/own holds a token of GitHub (github-token): ghp_***'] } })
  expect(host.argvs()).toEqual([])
})

test('on the classic store configuration and history are searched, and that is said', async () => {
  const host = createFakeHost({ capture: { 'docker image history': { stdout: `"COPY . ."\n"ARG TOKEN=k9Dj3-x02Lq"\n` } } })
  const notices: string[] = []
  const inputs = createInputs({ leaks: { check: true, ignore: [] } })
  const signal = new AbortController().signal
  const image = createImage({ store: 'classic' })
  const outcome = await inspectImage(host, image, inputs, {}, host.log.stage('inspect'), signal, (text) => notices.push(text))
  expect(outcome).toMatchObject({ kind: 'failed', red: { evidence: [expect.stringMatching(/^arg:TOKEN holds a secret in a variable/)] } })
  expect(notices).toEqual([expect.stringContaining('Files of the image were not searched for secrets')])
})

test.each([
  ['*.pem', ['/a.pem', '/x/y.pem', '/x.pem/deep'], ['/a.pem2', '/pem']],
  ['/app/tests/**', ['/app/tests/a', '/app/tests/.b/c'], ['/app/test', '/x/app/tests/a']],
  ['app/*.env', ['/app/x.env', '/app/.env'], ['/app/x/y.env', '/srv/app/x.env']],
  ['**/fixtures/', ['/fixtures/a', '/a/b/fixtures/c/d'], ['/fixture/a']],
])('%s matches as in .gitignore', (glob, inside, outside) => {
  const entry = parseLeakIgnore(glob)
  const matches = (path: string) => entry.kind === 'path' && entry.pattern.test(path)
  expect([inside.filter(matches), outside.filter(matches)]).toEqual([inside, []])
})
test.each([
  ['rule:github-tokn', /names no rule.*did you mean rule:github-token/],
  ['**', /leaves out every file/],
  ['env:', /has no name behind env:/],
  ['file:/x', /begins with none of/],
  ['!x', /takes nothing back/],
])('%s is refused', (entry, reason) => expect(() => parseLeakIgnore(entry)).toThrow(reason))
