import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { expectGatesOnly, expectGreen } from './green.ts'
import { forkPull, openShipyard, type Shipped, type Shipyard } from './ship.ts'

const ours = 'io.github.ml-image-action'
let yard: Shipyard
let shipped: Shipped
beforeAll(async () => {
  yard = await openShipyard('churn-fastapi')
  shipped = await yard.ship()
})
afterAll(() => yard[Symbol.dispose]())

test('a push to main: green, image in the registry, summary written, post ran', () => {
  expectGreen(shipped)
  expect(shipped.tags).toEqual([`ghcr.io/acme/churn-fastapi:${shipped.sha}`])
  expect(shipped.summary).toContain('/predict 200')
})

test('its tests ran, and it answers by the threshold in its env file', () => {
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests: 16 })
  const { predict } = JSON.parse(shipped.outputs['smoke'] ?? '{}') as { predict: { body: string } }
  expect(JSON.parse(predict.body)).toMatchObject({ churn: true, churn_probability: 0.3254 })
})

test('the model that the tests trained is held against its bound', () =>
  expect(JSON.parse(shipped.outputs['metrics'] ?? '{}')).toMatchObject({ requirements: [{ name: 'roc_auc', state: 'held' }] }))

test('the image says what is in it', () =>
  expect(shipped.outputs['labels']?.split('\n')).toEqual(
    expect.arrayContaining([
      `${ours}.framework.scikit-learn=1.7.2`,
      `${ours}.gate.tests=passed`,
      expect.stringMatching(/\.metric\.roc_auc=0\.76/),
      `${ours}.model.file=models/churn_model.joblib`,
    ]),
  ))

test('a pull request from a fork: every gate runs, nothing is pushed, green', async () =>
  expectGatesOnly(await yard.ship(forkPull), shipped))
