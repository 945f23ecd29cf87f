import { describe, expect, test } from '@jest/globals'
import type { Builder } from '../../src/build/builder.ts'
import type { ImageStore } from '../../src/build/engine.ts'
import { chooseStrategy, decideStrategy } from '../../src/build/strategy.ts'
import type { BuildOptions } from '../../src/inputs/build-options.ts'
import { buildOptions } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'

const of = (driver: string, name = 'mine'): Builder => ({
  name,
  driver,
  nodes: [{ name: `${name}0`, status: 'running', platforms: ['linux/amd64', 'linux/386'] }],
})
const decide = (store: ImageStore, builder: Builder | undefined, options: Partial<BuildOptions>, exportsCache = false) =>
  decideStrategy({ engine: { store }, own: 'default', builder, exportsCache }, { ...buildOptions, ...options })

const asked = { builder: 'mine' }
const two = { platforms: ['linux/amd64', 'linux/386'] }

describe('who builds', () => {
  test.each<readonly [string, ImageStore, Builder | undefined, Partial<BuildOptions>, string]>([
    ['the engine itself on the containerd store', 'containerd', undefined, {}, 'default'],
    ['for several platforms too', 'containerd', undefined, two, 'default'],
    ['and with attestations', 'containerd', undefined, { provenance: 'mode=max' }, 'default'],
    ['its own builder may be named', 'containerd', of('docker', 'default'), { builder: 'default' }, 'default'],
    ['the engine itself on the classic store', 'classic', of('docker', 'default'), {}, 'default'],
    ['attestations that are switched off are none', 'classic', undefined, { provenance: 'disabled=true' }, 'default'],
    ['a builder that was asked for', 'containerd', of('docker-container'), asked, 'mine elsewhere'],
    ['a remote one', 'classic', of('remote'), { ...asked, ...two }, 'mine elsewhere'],
    ['one in a cluster', 'containerd', of('kubernetes'), asked, 'mine elsewhere'],
    ['on the classic store one that the job has set up, where it is needed', 'classic', of('docker-container'), two, 'mine elsewhere'],
    ['and where nothing asks for it the engine itself', 'classic', of('docker-container'), {}, 'default'],
  ])('%s', (_, store, builder, options, expected) => {
    const { builder: name, elsewhere, says } = decide(store, builder, options)
    expect(`${name}${elsewhere ? ' elsewhere' : ''}`).toBe(expected)
    expect(says).not.toContain('\n')
  })
})

describe('what an engine cannot do is refused', () => {
  test.each<readonly [string, ImageStore, Builder | undefined, Partial<BuildOptions>, RegExp]>([
    ['several platforms', 'classic', undefined, two, /classic one, whose builder cannot do several platforms \(linux\/amd64, linux\/386\)/],
    ['provenance', 'classic', of('docker', 'default'), { provenance: 'mode=min' }, /cannot do provenance or sbom/],
    ['an SBOM', 'classic', undefined, { sbom: 'true' }, /cannot do provenance or sbom/],
    ['the engine of another context', 'containerd', of('docker'), asked, /mine is the engine of another docker context/],
  ])('%s', (_, store, builder, options, message) => {
    expect(() => decide(store, builder, options)).toThrow(
      expect.objectContaining({ code: 'build-unsupported', message: expect.stringMatching(message) }),
    )
  })
})

test('on the classic store a layer cache that is asked for is worth a builder that the job has set up', () => {
  expect(decide('classic', of('docker-container'), {}, true)).toMatchObject({ builder: 'mine', elsewhere: true })
  expect(decide('classic', of('docker', 'default'), {}, true)).toMatchObject({ builder: 'default', elsewhere: false })
})

test('the platform of an image by another builder is that of its machine, where none is asked for', () => {
  expect(decide('containerd', of('remote'), asked).platforms).toEqual(['linux/amd64'])
  expect(decide('containerd', of('remote'), { ...asked, platforms: ['linux/arm64'] }).platforms).toEqual(['linux/arm64'])
  expect(decide('containerd', undefined, {}).platforms).toEqual([])
})

describe('a builder is looked for only where that can matter', () => {
  const engine = { version: '28', buildx: '0.29.1', architecture: 'x86_64', rootFolder: '', containers: 0, images: 0 }
  const choose = async (store: ImageStore, options: Partial<BuildOptions>, exportsCache = false) => {
    const host = createFakeHost({ capture: { 'docker buildx inspect': { exitCode: 1, stderr: 'ERROR: gone' } } })
    const strategy = await chooseStrategy(host, { ...engine, store }, 'default', { ...buildOptions, ...options }, exportsCache, {}).catch(
      (error: { code: string }) => error.code,
    )
    return { asked: host.argvs(), strategy }
  }
  test('not on the containerd store', async () => expect((await choose('containerd', {})).asked).toEqual([]))
  test('nor on the classic one where nothing asks for more', async () => expect((await choose('classic', {})).asked).toEqual([]))
  test('on the classic store for a cache, where one that is gone does no harm', async () =>
    expect(await choose('classic', {}, true)).toMatchObject({
      asked: ['docker buildx inspect --bootstrap'],
      strategy: { builder: 'default', elsewhere: false },
    }))
  test('by the name that was given, without which nothing is built', async () =>
    expect(await choose('containerd', asked)).toEqual({
      asked: ['docker buildx inspect mine --bootstrap'],
      strategy: 'builder-unavailable',
    }))
})
