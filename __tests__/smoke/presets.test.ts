import { describe, expect, test } from '@jest/globals'
import type { SmokeInputs } from '../../src/inputs/inputs.ts'
import { awaitService } from '../../src/smoke/await-service.ts'
import { expectService } from '../../src/smoke/contract.ts'
import { presetNames } from '../../src/smoke/presets/names.ts'
import { presets } from '../../src/smoke/presets/table.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { type Answers, type Double, doubles } from '../doubles/presets.ts'
import { createFakeHost, type FakeHost } from '../fake-host.ts'

const baseUrl = 'http://127.0.0.1:32768'
const readyMs = 2_000

/** Waits for a server that refuses for a second, loads for another, and then answers so. */
async function wait(double: Pick<Double, 'loading' | 'env'>, then: Answers, given: Partial<SmokeInputs>) {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const host: FakeHost = createFakeHost({
    request: {
      '': ({ method, url }) => {
        const ms = host.now() - start
        if (ms < 1_000) throw refused
        return (ms < readyMs ? double.loading : then)[`${method} ${url.slice(baseUrl.length)}`] ?? { status: 404, body: 'Not Found' }
      },
    },
  })
  const start = host.now()
  const { smoke } = createInputs({ smoke: { port: 8000, startTimeoutMs: 5_000, ...given } })
  const image = { ...createImage().config, env: double.env ?? {} }
  const container = { name: 'c', baseUrl, port: 8000, imageId: digest }
  const said: string[] = []
  const never = new Promise(() => {})
  const awaited = await awaitService(host, container, expectService(smoke, image), smoke, image, {}, never, (text) => said.push(text))
  return { ...awaited, tookMs: host.now() - start, said }
}

test('every preset has a double that was written from its contract, and tells its proof and its source', () => {
  const without = presetNames.filter((name) => name !== 'none' && !doubles.some(({ preset }) => preset === name))
  expect(without).toEqual([])
  for (const [name, preset] of Object.entries(presets))
    expect(preset).toMatchObject({ name, proof: /^(proven|by contract)$/.exec(preset.proof)?.[0] })
})

describe.each(doubles)('$preset', (double) => {
  test('is ready when its model is, noticed within 100 ms, and predicts where it says', async () => {
    const { readiness, contract, tookMs } = await wait(double, double.good, { preset: double.preset })
    expect(readiness).toMatchObject({ kind: 'ready' })
    expect(tookMs).toBeGreaterThanOrEqual(readyMs)
    expect(tookMs).toBeLessThanOrEqual(readyMs + 100)
    expect(readiness.kind === 'ready' && readiness.goods.map(({ path }) => path)).toContain(double.ready)
    expect(contract.predict.path).toBe(double.predict)
  })
  test.each(Object.entries(double.lies))('is not taken in by: %s', async (_, answers) => {
    const { readiness } = await wait(double, answers, { preset: double.preset })
    expect(['late', 'never']).toContain(readiness.kind)
    expect(readiness).toHaveProperty('seen.kind', 'answer')
  })
  test('explicit paths win', async () => {
    const given = { preset: double.preset, healthPath: '/mine', readyPath: '/my-ready', predictPath: '/my-predict' }
    const good = { 'GET /mine': {}, 'GET /my-ready': { body: '{"ready": true}' } }
    const { readiness, contract } = await wait(double, good, given)
    expect(readiness).toMatchObject({ kind: 'ready', goods: [{ path: '/mine' }, { path: '/my-ready' }] })
    expect(contract.predict.path).toBe('/my-predict')
  })
})

describe('what is recognised by nothing is recognised by what it answers', () => {
  test.each(doubles.filter(({ preset }) => ['cog', 'kserve-v1', 'oip-v2', 'litserve', 'ray-serve'].includes(preset)))(
    '$preset',
    async (double) => {
      const { readiness, contract, said } = await wait(double, double.good, {})
      expect(readiness.kind).toBe('ready')
      expect(contract).toMatchObject({ preset: double.preset, predict: { path: double.predict } })
      expect(said).toHaveLength(1)
    },
  )
  test.each(doubles.flatMap((double) => Object.entries(double.lies).map(([lie, answers]) => ({ double, lie, answers }))))(
    'and $double.preset is not ready either: $lie',
    async ({ double, answers }) => {
      const { readiness } = await wait(double, answers, {})
      expect(['late', 'never']).toContain(readiness.kind)
    },
  )
})

test('waiting in vain is told at once', async () => {
  const cog = doubles.find(({ preset }) => preset === 'cog')
  const { readiness, tookMs } = await wait(cog ?? { loading: {} }, cog?.lies['setup failed, with 200'] ?? {}, { preset: 'cog' })
  expect(readiness).toMatchObject({ kind: 'never', seen: { because: 'status is "SETUP_FAILED"' } })
  expect(tookMs).toBeLessThanOrEqual(readyMs + 100)
})

test('every request carries the headers of the contract', async () => {
  const { contract } = await wait({ loading: {}, env: { LIT_SERVER_API_KEY: 'key' } }, { 'GET /health': {} }, { preset: 'litserve' })
  expect(contract.headers).toEqual({ 'x-api-key': 'key' })
})
