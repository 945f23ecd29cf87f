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

/** `told`: the length that the engine says the layer has when it first sends it. */
type Made = Readonly<{ base?: string; own?: string; told?: number; env?: readonly string[]; labels?: Readonly<Record<string, string>> }>

/** An engine that pushes an image of a base layer and its own into a door, as containerd does: asked for, then sent. */
function engineWith({ base = 'x', own = 'x', told, env = [], labels = {} }: Made) {
  const layers = [tarOf('etc/base', base), tarOf('app/own', own)]
  const history = [{ created_by: 'RUN base' }, { created_by: 'COPY . . # buildkit' }]
  const config = Buffer.from(JSON.stringify({ config: { Env: env, Labels: labels }, history }))
  const named = (body: Uint8Array) => ({ digest: digestOf(body), size: body.length })
  const manifest = Buffer.from(JSON.stringify({ config: named(config), layers: layers.map(named) }))
  const sent: string[] = []
  let pushes = 0
  const host: FakeHost = createFakeHost({
    files: createFiles({ '/repo/Dockerfile': '' }),
    capture: { 'docker image': {} },
    stream: {
      'docker push': async ({ argv }) => {
        const [, port, door] = /^127\.0\.0\.1:(\d+)\/([^:]+):/.exec(argv.at(-1) ?? '') ?? []
        const relay = host.relays.find((one) => String(one.port) === port)
        pushes++
        const send = async (method: string, path: string, body?: Uint8Array, length = body?.length) => {
          const step = await relay?.send({
            method,
            path: `/v2/${door}/${path}`,
            ...(body ? { headers: { 'content-length': String(length) }, readBody: async () => body } : {}),
          })
          if (step?.kind !== 'answer') throw new Error('no answer')
          return step
        }
        for (const blob of [...layers, config]) {
          if ((await send('HEAD', `blobs/${digestOf(blob)}`)).status === 200) continue
          const { status, headers } = await send('POST', 'blobs/uploads/')
          expect(status).toBe(202)
          const place = headers?.['location']?.replace(`/v2/${door}/`, '') ?? ''
          const length = pushes === 1 && blob === layers[1] ? told : undefined
          expect((await send('PUT', `${place}?digest=${encodeURIComponent(digestOf(blob))}`, blob, length)).status).toBe(201)
          // As one that is ended.
          if (length !== undefined) return { ended: { kind: 'stopped' } }
          sent.push(blob === config ? 'config' : blob === layers[0] ? 'base' : 'own')
        }
        expect((await send('PUT', 'manifests/run', manifest)).status).toBe(201)
        return {}
      },
    },
  })
  return { host, sent, pushes: () => pushes, config: digestOf(config) }
}

const amid = (host: FakeHost, notice: (text: string) => void) => ({
  ...{ env: {}, log: host.log.stage('inspect'), signal: new AbortController().signal, notice },
  onName: () => {},
})

async function inspect(made: Made, ignore: readonly LeakIgnore[] = [], searched: readonly string[] = [], saidConfig?: string) {
  const { host, sent, pushes } = engineWith(made)
  const inputs = createInputs({ leaks: { check: true, ignore }, build: { dockerfile: 'FROM x\nCOPY . .\n', file: '/repo/Dockerfile' } })
  const { configDigest: _, ...image } = createImage()
  const names: string[] = []
  const outcome = await inspectImage(host, { ...image, ...(saidConfig === undefined ? {} : { saidConfig }) }, inputs, {
    ...amid(host, host.log.notice),
    searched: Promise.resolve(new Set(searched)),
    onName: (name) => names.push(name),
  })
  return { host, sent, outcome, names, pushes: pushes() }
}

describe('an image in an engine', () => {
  test('is handed over once: its configuration, and the layers that the build made', async () => {
    const { host, sent, outcome, names } = await inspect({ base: token })
    expect(names).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+\//)])
    expect(sent).toEqual(['config', 'own'])
    expect(outcome).toEqual({ kind: 'passed', value: { layers: 1, files: 1, bytes: 1, leftOut: [], advice: [], ignored: [] } })
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
  })
  const base = digestOf(tarOf('etc/base', 'x'))
  test('of which a layer was searched before is not asked for that', async () => {
    const own = digestOf(tarOf('app/own', 'x'))
    const { sent, outcome, pushes } = await inspect({}, [], [base, own])
    expect({ sent, pushes }).toEqual({ sent: ['config'], pushes: 1 })
    expect(outcome).toMatchObject({ kind: 'passed', value: { layers: 0, before: 1 } })
  })
  test('is asked once less where the build has said what its configuration is, and a wrong word does no harm', async () => {
    const sent = ['config', 'own']
    expect(await inspect({}, [], [], engineWith({}).config)).toMatchObject({ sent, pushes: 2 })
    expect(await inspect({}, [], [], `sha256:${'0'.repeat(64)}`)).toMatchObject({ sent, pushes: 3 })
  })
  test('is asked once for what an image before it has not', async () => {
    const { sent, outcome, pushes } = await inspect({ own: token }, [], [base])
    expect({ sent, pushes }).toEqual({ sent: ['own', 'config'], pushes: 1 })
    expect(outcome).toMatchObject({ kind: 'failed', red: { code: 'secret-in-image' } })
  })
  test('whose base is another than before is not searched in it', async () => {
    const { outcome, pushes } = await inspect({ base: token }, [], ['sha256:other'])
    expect(pushes).toBe(1)
    expect(outcome).toMatchObject({ kind: 'passed', value: { layers: 1, files: 1 } })
  })
  test('with more that is new than is looked into is asked again for what may be', async () => {
    const { sent, outcome, pushes } = await inspect({ told: 257 << 20 }, [], [base])
    expect({ sent, pushes }).toEqual({ sent: ['config', 'own'], pushes: 4 })
    expect(outcome).toMatchObject({ kind: 'passed', value: { layers: 1, files: 1 } })
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
  const outcome = await inspectImage(
    host,
    image,
    inputs,
    amid(host, () => {}),
  )
  expect(outcome).toMatchObject({ kind: 'failed', red: { evidence: ['/app/own holds a token of GitHub (github-token): ghp_***'] } })
  expect(host.argvs()).toEqual([])
})

test('on the classic store configuration and history are searched, and that is said', async () => {
  const host = createFakeHost({ capture: { 'docker image history': { stdout: `"COPY . ."\n"ARG TOKEN=k9Dj3-x02Lq"\n` } } })
  const notices: string[] = []
  const inputs = createInputs({ leaks: { check: true, ignore: [] } })
  const image = createImage({ store: 'classic' })
  const outcome = await inspectImage(
    host,
    image,
    inputs,
    amid(host, (text) => notices.push(text)),
  )
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
