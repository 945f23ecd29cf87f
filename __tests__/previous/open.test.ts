import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import { openPrevious } from '../../src/previous/open.ts'
import { createSeek } from '../../src/previous/seek.ts'
import { parseRequirement } from '../../src/quality/requirement.ts'
import { commit, createInputs, createPlan } from '../builders.ts'
import { createFakeHost, type FakeHost, type StreamAnswer } from '../fake-host.ts'
import { createFakeRegistry, sha256 } from '../fake-registry.ts'

const config = JSON.stringify({
  config: { Labels: { 'org.opencontainers.image.revision': commit, 'io.github.ml-image-action.metric.f1': '0.9' } },
})
const manifest = JSON.stringify({ config: { digest: sha256(config) } })
const lines = (...text: readonly string[]) => text.map(parseRequirement)
const inImage = { kind: 'image', path: '/m.json' } as const
const inWorkspace = { kind: 'workspace', path: '/repo/m.json', given: 'm.json' } as const

async function open(given: Parameters<typeof createInputs>[0], pull: StreamAnswer = {}, file: string | undefined = '{"f1": 0.8}') {
  const registry = createFakeRegistry()
  registry.manifests.set('acme/iris:latest', { mediaType: 'application/x', body: new TextEncoder().encode(manifest) })
  registry.manifests.set('other/model:1.4', { mediaType: 'application/x', body: new TextEncoder().encode(manifest) })
  registry.blobs.set(sha256(config), config)
  const host: FakeHost = createFakeHost({
    capture: { docker: {} },
    stream: {
      'docker pull': pull,
      'docker cp': { act: ({ argv }) => file !== undefined && host.files.entries.set(argv.at(-1) ?? '', file) },
    },
    request: { '': registry.answer },
  })
  const inputs: Inputs = createInputs(given)
  const scope = new AsyncDisposableStack()
  const signal = new AbortController().signal
  const plan = createPlan()
  const seek = createSeek(host, () => plan, {})
  const previous = openPrevious({ host, inputs, plan, env: {}, signal, scope, notice: () => {}, seek })
  const metrics = await previous.metrics()
  const rival = await previous.rivalOf?.({ 'io.github.ml-image-action.model.digest': 'sha256:m' }).pulled
  await scope.disposeAsync()
  return { metrics, rival, did: host.argvs().map((argv) => argv.split(' ').slice(1, 3).join(' ')), registry }
}

describe('of the image before this one', () => {
  test('the labels are enough for metrics of the workspace', async () => {
    const { metrics, did } = await open({ quality: { file: inWorkspace, requirements: lines('f1 >= previous') } })
    expect(metrics).toEqual({ kind: 'known', reference: 'ghcr.io/acme/iris:latest', metrics: new Map([['f1', 0.9]]) })
    expect(did).toEqual([])
  })
  test('metrics in the image are read from it, and it is removed again', async () => {
    const { metrics, did } = await open({ quality: { file: inImage, requirements: lines('f1 >= previous') } })
    expect(metrics).toEqual({ kind: 'known', reference: 'ghcr.io/acme/iris:latest', metrics: new Map([['f1', 0.8]]) })
    expect(did).toEqual(['pull --quiet', 'create --pull', 'cp --follow-link', 'rm --force', 'image rm'])
  })
  test.each<readonly [string, StreamAnswer, string]>([
    ['that cannot be pulled', { ended: { kind: 'exited', exitCode: 1 } }, '{"f1": 0.8}'],
    ['that has no such file', {}, 'no JSON'],
  ])('%s what the labels say is taken', async (_, pull, file) => {
    const { metrics } = await open({ quality: { file: inImage, requirements: lines('f1 >= previous') } }, pull, file)
    expect(metrics).toMatchObject({ metrics: new Map([['f1', 0.9]]) })
  })
  test('predictions need itself, once for both', async () => {
    const smoke = { compare: { kind: 'previous' }, predictBody: '{}' } as const
    const { rival, did } = await open({ smoke, quality: { file: inImage, requirements: lines('f1 >= previous') } })
    expect(rival).toMatchObject({ kind: 'pulled', image: { reference: 'ghcr.io/acme/iris:latest' } })
    expect(did.filter((command) => command.startsWith('pull'))).toHaveLength(1)
  })
  test('predictions need it also where no sample is given: one may be found', async () =>
    expect((await open({ smoke: { compare: { kind: 'previous' } } })).rival).toMatchObject({ kind: 'pulled' }))
  test('nothing is pulled where nothing is started', async () => {
    const smoke = { compare: { kind: 'previous' }, predictBody: '{}', run: false } as const
    expect(await open({ smoke })).toMatchObject({ rival: undefined, did: [] })
  })
})

test('an image by its name is compared with in its place', async () => {
  const name = { registry: 'ghcr.io', path: 'other/model', given: 'ghcr.io/other/model' }
  const { rival } = await open({ smoke: { compare: { kind: 'image', name, reference: '1.4' }, predictBody: '{}' } })
  expect(rival).toMatchObject({ kind: 'pulled', image: { reference: 'ghcr.io/other/model:1.4' } })
})
