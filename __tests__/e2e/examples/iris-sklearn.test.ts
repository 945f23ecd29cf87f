import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { expectGatesOnly, expectGreen } from './green.ts'
import { forkPull, openShipyard, type Shipped, type Shipyard } from './ship.ts'

const ours = 'io.github.ml-image-action'
let yard: Shipyard
let shipped: Shipped
beforeAll(async () => {
  yard = await openShipyard('iris-sklearn')
  shipped = await yard.ship()
})
afterAll(() => yard[Symbol.dispose]())

test('a push to main: green, image in the registry, summary written, post ran', () => {
  expectGreen(shipped)
  const name = 'ghcr.io/acme/iris-sklearn'
  expect(shipped.tags).toEqual([`${name}:latest`, `${name}:sha-${shipped.sha.slice(0, 7)}`])
  expect(shipped.summary).toContain('/predict 200')
})

test('its tests ran, and it answers as its workflow says', () => {
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests: 11 })
  const { predict } = JSON.parse(shipped.outputs['smoke'] ?? '{}') as { predict: { body: string } }
  expect(JSON.parse(predict.body)).toMatchObject({ prediction: 0 })
})

test('the accuracy that training left in the image is held against its bound', () =>
  expect(JSON.parse(shipped.outputs['metrics'] ?? '{}')).toMatchObject({ requirements: [{ name: 'accuracy', state: 'held' }] }))

test('the image says what is in it', () =>
  expect(shipped.outputs['labels']?.split('\n')).toEqual(expect.arrayContaining([`${ours}.framework.scikit-learn=1.7.2`])))

test('a pull request from a fork: every gate runs, nothing is pushed, green', async () =>
  expectGatesOnly(await yard.ship(forkPull), shipped))
