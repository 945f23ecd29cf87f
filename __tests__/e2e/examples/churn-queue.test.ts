import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { docker } from '../action.ts'
import { expectGatesOnly, expectGreen } from './green.ts'
import { forkPull, openShipyard, type Shipped, type Shipyard } from './ship.ts'

const name = 'acme/churn-queue'
let yard: Shipyard
let shipped: Shipped
beforeAll(async () => {
  yard = await openShipyard('churn-queue')
  shipped = await yard.ship()
})
afterAll(() => yard[Symbol.dispose]())

const smokeOf = ({ outputs }: Shipped): unknown => JSON.parse(outputs['smoke'] ?? '{}')

test('a push to main: green, image in the registry, summary written, post ran', () => {
  // Without a finding: not on the Dockerfile (no root on port 80), nor on the stack, nor on the image.
  expectGreen(shipped)
  expect(shipped.tags).toEqual([`${name}:latest`, `${name}:sha-${shipped.sha.slice(0, 7)}`])
})

test('its tests ran, and on port 80 it answers every sample, the batch by way of Redis and the worker', () => {
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests: 24 })
  expect(smokeOf(shipped)).toMatchObject({ port: 80, samples: Array(5).fill({ result: 'passed' }) })
})

test('the worker ran the very image: nobody has built or pulled another under the name in the stack', () =>
  expect(docker('images', '--quiet', 'churn-queue')).toBe(''))

test('a pull request from a fork: every gate runs, nothing is pushed, green', async () =>
  expectGatesOnly(await yard.ship(forkPull), shipped))

test('a worker that dies of its first batch: red, though the API is well, and the worker is named', async () => {
  const dying = `from app.batches import *; open('/tmp/worker-alive', 'w'); connect().blmove(QUEUE, TAKEN, 0); raise SystemExit('no model')`
  const changes = [
    ['docker-compose.yml', '["python", "-m", "app.worker"]', JSON.stringify(['python', '-c', dying])],
    ['tests/golden.yaml', 'wait=20', 'wait=5'],
  ] as const
  const before = changes.map(([file]) => readFileSync(join(yard.folder, file), 'utf8'))
  for (const [index, [file, from, to]] of changes.entries()) writeFileSync(join(yard.folder, file), before[index]?.replace(from, to) ?? '')
  const { exitCode, outputs, writes, summary } = await yard.ship()
  for (const [index, [file]] of changes.entries()) writeFileSync(join(yard.folder, file), before[index] ?? '')
  expect({ exitCode, stage: outputs['failed-stage'], writes }).toEqual({ exitCode: 1, stage: 'smoke', writes: shipped.writes })
  expect(summary).toMatch(/The service worker of the compose stack ended with exit code 1\.\s+no model/)
})

describe('the image for a GPU, on a host that has none', () => {
  let tried: Shipped
  beforeAll(async () => {
    tried = await yard.ship({ ...forkPull, workflow: 'gpu.yml' })
  })

  test('is green, and never plain green: the model is not proven, in the headline too', () => {
    expectGatesOnly(tried, shipped)
    expect(smokeOf(tried)).toMatchObject({ gpuMissing: 'NVIDIA_REQUIRE_CUDA of its base image', predict: { status: 200 } })
    expect(tried.summary.split('\n')[0]).toContain('model not proven: no GPU')
    expect(tried.annotations).toEqual([
      expect.stringMatching(/for a GPU \(.*and this host has none: its model predicts on the processor\. .*GPU was not proven/),
    ])
  })

  test('gets tags of its own', () => expect(tried.outputs['tag-names']?.split('\n')).toEqual(['pr-7-gpu', 'sha-aaaaaaa-gpu']))
})
