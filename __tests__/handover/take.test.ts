import { describe, expect, test } from '@jest/globals'
import type { Engine, ImageStore } from '../../src/build/engine.ts'
import { takeImage } from '../../src/handover/take.ts'
import type { FromInput } from '../../src/inputs/inputs.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { rootOf } from '../../src/publish/root.ts'
import { createInputs, createPlan } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { made, stocked } from '../stocked-registry.ts'

const from: FromInput = { kind: 'registry', name: parseImageName('ghcr.io/acme/iris'), digest: made.root.digest }
const { signal } = new AbortController()

type Case = Readonly<{ store?: ImageStore; architecture?: string; inputs?: Parameters<typeof createInputs>[0]; needed?: boolean }>

async function take({ store = 'containerd', architecture = 'x86_64', inputs = {}, needed = true }: Case = {}) {
  const host = createFakeHost({
    capture: { 'docker image tag': {}, 'docker image rm': {}, 'docker buildx inspect': {} },
    stream: { 'docker pull': {} },
    request: { '': stocked().answer },
  })
  const engine: Engine = { store, version: '28', buildx: '0.29', architecture, rootFolder: '', containers: 0, images: 0 }
  const notices: string[] = []
  const notice = (text: string) => void notices.push(text)
  const log = { line: () => {}, close: () => {} }
  const taker = { engine, own: 'default', env: { PATH: '/bin' }, needed, notice }
  const outcome = await takeImage(host, createInputs(inputs), createPlan(), from, undefined, taker, log, signal)
  if (outcome.kind !== 'passed') throw new Error(outcome.kind)
  return { image: outcome.value, notices, pulls: host.argvs().filter((argv) => argv.startsWith('docker pull')) }
}
const platforms = (image: Awaited<ReturnType<typeof take>>['image']) => image.runnables.map(({ platform }) => platform)

describe('of an index in a registry', () => {
  test.each(['containerd', 'classic'] as const)('every platform that the engine runs is brought, on the %s store', async (store) => {
    const { image, pulls } = await take({ store })
    expect(platforms(image)).toEqual(['linux/amd64', 'linux/386'])
    const ids = store === 'containerd' ? [made.root.digest, made.root.digest] : [made.amd64.config.digest, made.i386.config.digest]
    expect(image.runnables.map(({ id }) => id)).toEqual(ids)
    expect(pulls.map((argv) => /--platform (\S+) .*@(.*)$/.exec(argv)?.slice(1))).toEqual([
      ['linux/amd64', store === 'containerd' ? made.root.digest : made.amd64.descriptor.digest],
      ['linux/386', store === 'containerd' ? made.root.digest : made.i386.descriptor.digest],
    ])
    expect(rootOf(image)).toBe(made.root.digest)
  })
  test('one that it cannot run is red', async () =>
    await expect(take({ architecture: 'aarch64' })).rejects.toMatchObject({ code: 'platform-untested' }))
  test('or is told, where that is accepted', async () => {
    const { image, notices, pulls } = await take({ architecture: 'aarch64', inputs: { accept: new Set(['untested-platforms']) } })
    expect([image.untested, platforms(image), pulls]).toEqual([['linux/386', 'linux/amd64'], [], []])
    expect(notices.join()).toContain('linux/386')
  })
  test('without a smoke test its own platform does', async () => {
    const { pulls } = await take({ inputs: { smoke: { run: false } } })
    expect(pulls).toHaveLength(1)
    expect(pulls[0]).toContain('linux/amd64')
  })
  test('nothing, where nobody has a use for it there', async () => {
    const { image, pulls } = await take({ inputs: { smoke: { run: false } }, needed: false })
    expect(pulls).toEqual([])
    expect(image).toMatchObject({ runnables: [], config: { command: ['/server'], exposedPorts: [8080] } })
    expect(rootOf(image)).toBe(made.root.digest)
  })
})
