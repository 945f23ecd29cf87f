import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { expectGatesOnly, expectGreen } from './green.ts'
import { forkPull, openShipyard, type Shipped, type Shipyard } from './ship.ts'

const ours = 'io.github.ml-image-action'
let yard: Shipyard
let shipped: Shipped
beforeAll(async () => {
  yard = await openShipyard('sentiment-distilbert')
  shipped = await yard.ship()
})
afterAll(() => yard[Symbol.dispose]())

test('a push to main: green, image in the registry, summary written, post ran', () => {
  expectGreen(shipped)
  const name = 'acme/sentiment-distilbert'
  expect(shipped.tags).toEqual([`${name}:latest`, `${name}:sha-${shipped.sha.slice(0, 7)}`])
  expect(shipped.summary).toContain('/predict 200')
})

test('its tests made the model that the volume brings, and it answers behind its cache', () => {
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests: 19 })
  const { predict } = JSON.parse(shipped.outputs['smoke'] ?? '{}') as { predict: { body: string } }
  expect(JSON.parse(predict.body)).toMatchObject({ label: 'POSITIVE' })
  expect(shipped.report).toMatchObject({ smoke: { samples: Array(4).fill({ from: 'tests/golden.yaml', result: 'passed' }) } })
})

test('the image says what is in it, and has no weights', () => {
  const labels = shipped.outputs['labels']?.split('\n')
  expect(labels).toEqual(
    expect.arrayContaining([
      ...[`${ours}.framework.torch=1.13.1+cpu`, `${ours}.framework.transformers=4.36.2`, `${ours}.gate.tests=passed`],
    ]),
  )
  expect(labels?.filter((label) => label.startsWith(`${ours}.model.`))).toEqual([])
})

test('a pull request from a fork: every gate runs, nothing is pushed, green', async () =>
  expectGatesOnly(await yard.ship(forkPull), shipped))
