import { describe, expect, test } from '@jest/globals'
import { type MountOrder, openMounts } from '../../../src/build/cache/kept-mounts.ts'
import type { PackageCache } from '../../../src/host/host.ts'
import { createInputs } from '../../builders.ts'
import { createFakeHost, type StreamAnswer } from '../../fake-host.ts'
import { createFiles } from '../../memory-files.ts'

const dockerfile = 'FROM python:3.11-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n'
const ran = { name: '[2/2] RUN --mount=type=cache,target=/root/.cache/pip pip install', cached: false }
const folder = '/home/ci/.cache/ml-image-action/mounts/iris'

type Case = Partial<MountOrder> &
  Readonly<{ text?: string; requirements?: string; kept?: readonly string[]; stream?: StreamAnswer; broken?: boolean }>

function open({ text = dockerfile, requirements = 'fastapi', kept = [], stream = {}, broken, ...order }: Case = {}) {
  const files = createFiles({ '/repo/requirements.txt': requirements })
  const saved: string[] = []
  const restored: string[] = []
  const service: PackageCache = {
    has: async (_, key) => kept.includes(key),
    restore: async (path, key, [prefix = '']) => {
      if (broken) throw new Error('no answer within 30 s')
      restored.push(path)
      return kept.includes(key) ? key : kept.find((one) => one.startsWith(prefix))
    },
    save: async (_, key) => void saved.push(key),
  }
  const host = createFakeHost({ files, packageCache: service, stream: { 'docker buildx build': stream } })
  const notices: string[] = []
  const { build: inputs } = createInputs({ build: { dockerfile: text } })
  const given: MountOrder = { build: inputs, builder: 'default', scope: 'iris', write: true, layers: true, ...order }
  const mounts = openMounts(host, given, { PATH: '/bin' }, (notice) => notices.push(notice))
  return { mounts, host, saved, restored, notices, signal: new AbortController().signal }
}

/** The key that a first run keeps its mounts by. */
async function firstKey(requirements?: string): Promise<string> {
  const { mounts, saved, signal } = open(requirements === undefined ? {} : { requirements })
  await mounts?.fill(signal)
  await mounts?.keep([ran])
  return saved[0] ?? ''
}

test('a Dockerfile without such mounts has none to keep', () => expect(open({ text: 'FROM a\n' }).mounts).toBeUndefined())

describe('the first run', () => {
  test('fills nothing, and keeps what its steps left', async () => {
    const { mounts, host, saved, signal, notices } = open()
    await mounts?.fill(signal)
    expect(host.commands).toEqual([])
    await mounts?.keep([ran])
    expect(host.argvs()).toEqual([
      `docker buildx build --builder default --progress quiet --provenance=false --output type=local,dest=${folder} --file /temp/ml-image-mounts-2/Dockerfile /home/ci/.cache/ml-image-action/mounts/iris`,
    ])
    expect(saved).toEqual([expect.stringMatching(/^ml-image-mounts-iris-[0-9a-f]{32}$/)])
    expect(notices).toEqual([])
    expect(host.files.kind(folder)).toBeUndefined()
  })
  test.each([
    ['no such step was run', {}, [{ ...ran, cached: true }]],
    ['nobody would read it again', { write: false }, [ran]],
  ])('keeps nothing where %s', async (_, order, steps) => {
    const { mounts, saved, host } = open(order)
    await mounts?.keep(steps)
    expect([saved, host.commands]).toEqual([[], []])
  })
})

describe('a run after it', () => {
  test('transfers nothing where nothing has changed', async () => {
    const { mounts, host, restored, saved, signal } = open({ kept: [await firstKey()] })
    await mounts?.fill(signal)
    await mounts?.keep([ran])
    expect([host.commands, restored, saved]).toEqual([[], [], []])
  })
  test.each([
    ['requirements have changed', { requirements: 'fastapi\nidna' }, 1],
    ['no layer comes from a cache', { layers: false }, 0],
  ])('fills the mounts where %s', async (_, order, savedAgain) => {
    const { mounts, host, restored, saved, signal } = open({ kept: [await firstKey()], ...order })
    await mounts?.fill(signal)
    expect(restored).toEqual([folder])
    expect(host.argvs()).toEqual([
      expect.stringMatching(/--output type=cacheonly --file \/temp\/\S+ \/home\/ci\/\.cache\/ml-image-action\/mounts\/iris$/),
    ])
    await mounts?.keep([ran])
    expect(saved).toHaveLength(savedAgain)
  })
})

test.each<readonly [string, Case, string]>([
  ['the service does not answer', { broken: true }, 'were not filled (no answer within 30 s)'],
  [
    'the image has no tar',
    { kept: ['ml-image-mounts-iris-old'], stream: { ended: { kind: 'exited', exitCode: 1 }, lines: ['tar: not found'] } },
    'were not filled (tar: not found)',
  ],
  ['it takes too long', { kept: ['ml-image-mounts-iris-old'], stream: { takes: 3_600_000 } }, 'were not filled (timeout)'],
])('trouble is a notice: %s', async (_, more, words) => {
  const { mounts, notices, signal } = open(more)
  await mounts?.fill(signal)
  expect(notices).toEqual([expect.stringContaining(words)])
})
