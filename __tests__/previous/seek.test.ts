import { expect, test } from '@jest/globals'
import { createSeek } from '../../src/previous/seek.ts'
import { createPlan } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFakeRegistry } from '../fake-registry.ts'

test('the image before is asked for once, by whoever is first, with the plan of then', async () => {
  const registry = createFakeRegistry()
  const host = createFakeHost({ request: { '': registry.answer } })
  let plan = createPlan({ tags: [{ name: 'early', moves: true }] })
  const seek = createSeek(host, () => plan, {})
  expect(seek.asked()).toBeUndefined()
  plan = createPlan({ tags: [{ name: 'late', moves: true }] })
  const answer = await seek.ask()
  expect(await seek.ask()).toBe(answer)
  expect(await seek.asked()).toBe(answer)
  expect(answer).toEqual({ kind: 'none', why: 'ghcr.io/acme/iris has no image before this one (late, latest, main)' })
  expect(registry.log.filter((request) => request.endsWith('/manifests/late'))).toHaveLength(1)
})
