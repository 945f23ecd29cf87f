import { describe, expect, test } from '@jest/globals'
import { bring, localNames } from '../../src/build/bring.ts'
import { brought, wholeOf } from '../../src/build/brought.ts'
import type { ImageStore } from '../../src/build/engine.ts'
import { readLayout } from '../../src/build/layout.ts'
import { createLayout } from '../a-layout.ts'
import { type CaptureScript, createFakeHost, type FakeHost, type StreamScript } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const made = createLayout('/l')
const localName = 'ml-image-action/run:f00d'

type Case = Readonly<{ store?: ImageStore; pull?: StreamScript; tag?: CaptureScript; untested?: readonly string[]; signal?: AbortSignal }>

function setUp({ store = 'containerd', pull = {}, tag = {}, untested = [], signal = new AbortController().signal }: Case) {
  const host: FakeHost = createFakeHost({
    files: createFiles(made.files),
    capture: { 'docker image tag': tag, 'docker image rm': {} },
    stream: { 'docker pull': pull },
  })
  const layout = readLayout(host.files, '/l', made.root.digest)
  const whole = wholeOf(host.files, layout)
  return { host, whole, image: brought(host, whole, untested, 'linux/amd64', { store, localName, env: { PATH: '/bin' }, signal }) }
}
const plain = (host: FakeHost) => host.argvs().map((argv) => argv.replace(/127\.0\.0\.1:41001\/[0-9a-f-]{36}/, 'DOOR'))

describe('the engine takes each platform through a door, its own first, and keeps it by a name of the run', () => {
  test('of the index, on the containerd store', async () => {
    const { host, image } = setUp({})
    const { digest } = made.root
    expect(await image).toEqual({
      digest,
      runnables: ['linux/amd64', 'linux/386'].map((platform) => ({ platform, id: digest })),
      config: { exposedPorts: [8080], workingDirectory: '/', command: ['/server'], env: {}, labels: {} },
    })
    expect(plain(host)).toEqual(
      ['linux/amd64', 'linux/386'].flatMap((platform) => [
        `docker pull --quiet --platform ${platform} DOOR@${digest}`,
        `docker image tag DOOR@${digest} ${localName}`,
        `docker image rm DOOR@${digest}`,
      ]),
    )
    expect(host.relays.map((relay) => relay.isClosed())).toEqual([true])
    expect(localNames(localName, (await image).runnables)).toEqual([localName])
  })
  test('by itself, on the classic store', async () => {
    const { host, image } = setUp({ store: 'classic' })
    const { runnables, digest } = await image
    expect(runnables).toEqual([
      { platform: 'linux/amd64', id: made.amd64.config.digest },
      { platform: 'linux/386', id: made.i386.config.digest },
    ])
    expect(digest).toBe(made.amd64.config.digest)
    expect(plain(host).filter((argv) => argv.includes(' tag '))).toEqual([
      `docker image tag DOOR@${made.amd64.descriptor.digest} ${localName}`,
      `docker image tag DOOR@${made.i386.descriptor.digest} ${localName}-1`,
    ])
    expect(localNames(localName, runnables)).toEqual([localName, `${localName}-1`])
    const noted = host.traces.flatMap((trace) => (trace.kind === 'image' ? [trace.name] : []))
    expect(noted).toEqual(expect.arrayContaining([localName, `${localName}-1`]))
  })
  test('but not one that it cannot run', async () => {
    const { host, image } = setUp({ untested: ['linux/386'] })
    expect((await image).runnables).toEqual([{ platform: 'linux/amd64', id: made.root.digest }])
    expect(host.argvs().filter((argv) => argv.startsWith('docker pull'))).toHaveLength(1)
  })
  test('and where it can run none, nothing', async () => {
    const { host, image } = setUp({ untested: ['linux/386', 'linux/amd64'] })
    expect(await image).toMatchObject({ digest: made.root.digest, runnables: [] })
    expect(host.argvs()).toEqual([])
  })
})

describe('an engine that does not take it is told', () => {
  test.each<readonly [string, Case, string]>([
    ['by its last line', { pull: { lines: ['a', 'no space left'], ended: { kind: 'exited', exitCode: 1 } } }, 'engine-unavailable'],
    ['when it cannot name it', { tag: { exitCode: 1, stderr: 'no space left' } }, 'engine-unavailable'],
    ['when the run was stopped', { signal: AbortSignal.abort() }, 'cancelled'],
  ])('%s', async (_, given, code) => {
    const { host, image } = setUp(given)
    await expect(image).rejects.toMatchObject({
      code,
      ...(code === 'cancelled' ? {} : { message: expect.stringContaining('no space left') }),
    })
    expect(host.relays.every((relay) => relay.isClosed())).toBe(true)
  })
})

test('nothing to bring needs no name', async () => {
  const { host, whole } = setUp({})
  expect(await bring(host, whole, [], { store: 'classic', localName, env: {}, signal: new AbortController().signal })).toEqual([])
})
