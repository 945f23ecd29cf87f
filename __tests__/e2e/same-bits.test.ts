import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers } from './action.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const classicHost = process.env['ML_IMAGE_CLASSIC_HOST']
const stores = [
  { store: 'containerd', host: undefined },
  { store: 'classic', host: classicHost },
] as const

/** A manifest as anybody reads it: by curl, not by the client under test. */
async function manifest(
  reference: string,
): Promise<Readonly<{ digest: string; config: string; mediaType: string; layers: readonly string[] }>> {
  const answer = await fetch(`http://${registry.host}/v2/acme/model/manifests/${reference}`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`,
      accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
    },
  })
  const body = Buffer.from(await answer.arrayBuffer())
  const json = JSON.parse(body.toString()) as { config: { digest: string }; mediaType: string; layers: { mediaType: string }[] }
  return {
    digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    config: json.config.digest,
    mediaType: json.mediaType,
    layers: json.layers.map((layer) => layer.mediaType),
  }
}

describe.each(stores)('on the $store store', ({ store, host }) => {
  test('what answered the smoke calls is what every tag holds, from one build', async () => {
    if (store === 'classic' && !host) throw new Error('ML_IMAGE_CLASSIC_HOST is not set: run this by script/test')
    const engine = host ? ['--host', host] : []
    const builds = () =>
      docker(...engine, 'buildx', 'history', 'ls', '--format', '{{.Ref}}')
        .split('\n')
        .filter(Boolean)
    using job = createJob(fixture('service'), undefined, host ? { DOCKER_HOST: host } : {})
    const before = new Set(builds())
    const since = String(Math.floor(Date.now() / 1000) - 1)
    const ran = await job.main({
      images: `${registry.host}/acme/model`,
      username: registry.username,
      password: registry.password,
      'predict-body': '{"features": [1, 2, 3, 4]}',
      'predict-expect': '{"prediction": 0, "probability": 0.97}',
      'build-args': `STEP=echo ${store}`,
    })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { result: 'passed', pushed: 'true' } })
    expect(builds().filter((ref) => !before.has(ref))).toHaveLength(1)

    // The engine itself says which image the container of the smoke calls ran.
    const events = docker(
      ...engine,
      'events',
      '--since',
      since,
      '--until',
      String(Math.floor(Date.now() / 1000) + 1),
      '--filter',
      'event=start',
      '--format',
      '{{json .Actor.Attributes}}',
    )
    const started = events
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { image: string; name: string })
      .filter(({ name }) => name.startsWith('ml-image-'))
    expect(started).toHaveLength(1)
    const answered = started[0]?.image
    const tags = ran.outputs['pushed-tags']?.split('\n').map((reference) => reference.split(':').at(-1) ?? '') ?? []
    expect(tags).toEqual(['sha-1f2e3d4', 'latest'])
    for (const tag of tags) {
      const held = await manifest(tag)
      expect(store === 'containerd' ? held.digest : held.config).toBe(answered)
      expect(held.digest).toBe(ran.outputs['digest'])
    }
    expect(ran.outputs['image']).toBe(`${registry.host}/acme/model@${ran.outputs['digest']}`)
    if (store === 'containerd') {
      const held = await manifest('latest')
      expect(held.mediaType).toBe('application/vnd.oci.image.manifest.v1+json')
      expect(held.layers.at(-1)).toBe('application/vnd.oci.image.layer.v1.tar+zstd')
    }
    expect(leftovers(ran.state, engine)).toEqual([])
  })
})

test('with push: false the image stays in the engine under its tags, and nothing is written', async () => {
  using job = createJob(fixture('service'))
  const before = registry.accessLog().length
  const ran = await job.main({ images: `${registry.host}/acme/kept`, push: 'false', test: 'false' })
  try {
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'false', result: 'passed' } })
    expect(docker('image', 'inspect', '--format', '{{.Id}}', `${registry.host}/acme/kept:sha-1f2e3d4`)).toBe(ran.outputs['digest'])
    expect(registry.accessLog()).toHaveLength(before)
  } finally {
    docker('image', 'rm', `${registry.host}/acme/kept:sha-1f2e3d4`, `${registry.host}/acme/kept:latest`)
  }
})
