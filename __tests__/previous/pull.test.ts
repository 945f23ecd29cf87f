import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import type { Sought } from '../../src/previous/find.ts'
import { pullPrevious } from '../../src/previous/pull.ts'
import { pullRules } from '../../src/previous/pull-rules.ts'
import { createClient } from '../../src/registry/client.ts'
import { digest } from '../builders.ts'
import { createFakeHost, type StreamAnswer, type StreamScript } from '../fake-host.ts'
import { createFakeRegistry, registryLogin } from '../fake-registry.ts'

const name = parseImageName('ghcr.io/acme/iris')

function clientOf() {
  const registry = createFakeRegistry({ auth: 'bearer' })
  return createClient(createFakeHost({ request: { '': registry.answer } }), name, registryLogin)
}

describe('the door that the engine pulls through', () => {
  const rules = pullRules(clientOf(), 'acme/iris', 'door')
  const send = (method: string, path: string) => rules.route({ method, path, headers: {}, readBody: async () => new Uint8Array() })
  test.each([`manifests/${digest}`, `blobs/${digest}`])('sends %s on with our login', async (rest) =>
    expect(await send('GET', `/v2/door/${rest}`)).toEqual({
      ...{ kind: 'forward', method: 'GET', url: `https://ghcr.io/v2/acme/iris/${rest}` },
      headers: { authorization: expect.stringMatching(/^Bearer token-/) },
    }),
  )
  test.each([
    ['GET', '/v2/', 200],
    ['GET', '/v2/door/manifests/latest', 404],
    ['GET', `/v2/other/manifests/${digest}`, 404],
    ['GET', `/v2/door/../other/blobs/${digest}`, 404],
    ['GET', `/v2/door/blobs/${digest}/../../x`, 404],
    ['GET', '/v2/door/tags/list', 404],
    ['PUT', `/v2/door/manifests/${digest}`, 405],
    ['DELETE', `/v2/door/blobs/${digest}`, 405],
    ['POST', '/v2/door/blobs/uploads/', 405],
  ])('%s %s is answered with %d', async (method, path, status) =>
    expect(await send(method, path)).toMatchObject({ kind: 'answer', status }),
  )
  test.each([
    ['https://storage.example/a?sig=1', 'https://storage.example/a?sig=1'],
    [`/v2/acme/iris/blobs/${digest}?x=1`, `/v2/door/blobs/${digest}?x=1`],
    ['https://ghcr.io/elsewhere', 'https://ghcr.io/elsewhere'],
  ])('a layer that is at %s is looked for at %s', (location, ours) =>
    expect(rules.location(location, `https://ghcr.io/v2/acme/iris/blobs/${digest}`)).toBe(ours),
  )
})

describe('the image is pulled', () => {
  const found: Sought = {
    kind: 'found',
    image: {
      name,
      reference: 'ghcr.io/acme/iris:latest',
      digest,
      manifest: { digest, mediaType: '', body: new Uint8Array() },
      labels: {},
      client: clientOf(),
    },
  }
  async function pull(script: StreamScript, seeking: Promise<Sought> = Promise.resolve(found), platform?: string) {
    const host = createFakeHost({ stream: { 'docker pull': script } })
    return { host, pulled: await pullPrevious(host, seeking, platform, {}, new AbortController().signal) }
  }
  const failing: StreamAnswer = { lines: ['no space left on device'], ended: { kind: 'exited', exitCode: 1 } }

  test('by its digest, of the platform that was asked for; the door is closed again', async () => {
    const { host, pulled } = await pull({}, undefined, 'linux/arm64')
    expect(pulled).toMatchObject({
      kind: 'pulled',
      localName: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:41001/[0-9a-f-]{36}@${digest}$`)),
    })
    expect(host.argvs()).toEqual([expect.stringMatching(/^docker pull --quiet --platform linux\/arm64 127\.0\.0\.1:41001\//)])
    expect(host.traces).toEqual([{ kind: 'image', name: expect.stringContaining(digest) }])
    expect(host.relays.map((relay) => relay.isClosed())).toEqual([true])
  })
  test('or not: the reason is told', async () => {
    expect((await pull(failing)).pulled).toEqual({
      kind: 'none',
      why: 'ghcr.io/acme/iris:latest cannot be pulled: the engine does not reach this machine',
    })
    const none: Sought = { kind: 'none', why: 'there is none' }
    expect((await pull({}, Promise.resolve(none))).pulled).toEqual(none)
    expect((await pull({}, Promise.reject(new Error('gone')))).pulled).toEqual({
      kind: 'none',
      why: 'the image to compare with cannot be had: gone',
    })
  })
  test('a registry that refuses a layer is told in the words of the engine', async () => {
    const host = createFakeHost({
      stream: {
        'docker pull': async () => {
          await host.relays[0]?.send({ path: '/v2/' })
          return failing
        },
      },
    })
    expect(await pullPrevious(host, Promise.resolve(found), undefined, {}, new AbortController().signal)).toMatchObject({
      why: 'ghcr.io/acme/iris:latest cannot be pulled: no space left on device',
    })
  })
})
