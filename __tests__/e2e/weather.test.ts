import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCell } from '../../script/conditions/cell.ts'
import { type Cell, finalCells, keptPause, oftens, passing, type Road } from '../../script/conditions/table.ts'
import { buildTestImage, type TestImage } from '../../script/conditions/world.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { type Asked, type FaultRule, startFaultProxy } from '../doubles/fault-proxy.ts'
import { createJob, fixture, leftovers } from './action.ts'

let registry: Registry
let image: TestImage
beforeAll(async () => {
  registry = await startRegistry()
  image = buildTestImage(`ml-image-weather/e2e:${process.pid}`)
})
afterAll(() => {
  image[Symbol.dispose]()
  registry.stop()
})

let paths = 0
const path = () => `weather/cell-${paths++}`
const cell = (road: Road, fault: string, on: Asked, often: string): Cell => {
  const kind = passing[fault]
  const value = oftens[often]
  if (!kind || !value) throw new Error(`${fault} ${often} is not in the table`)
  return { road, fault, often, rule: { on, fault: kind, often: value } }
}

/** Of the table in docs/weather.md, which script/weather runs in full. */
const cells: readonly Cell[] = [
  cell('engine', '503', 'token', '3 times'),
  cell('files', 'truncated', 'token', 'once'),
  cell('engine', '408', 'HEAD', '3 times'),
  cell('engine', 'hang', 'HEAD', 'for 60 s'),
  cell('files', 'hang', 'HEAD', 'once'),
  cell('engine', '503', 'POST blob', 'for 60 s'),
  cell('engine', '429, Retry-After 2 s', 'POST blob', 'once'),
  cell('engine', '429, Retry-After 2 s', 'PUT blob', '3 times'),
  cell('engine', 'reset', 'PUT blob', '3 times'),
  cell('engine', 'hang', 'PUT blob', 'once'),
  cell('engine', 'truncated', 'PUT blob', 'for 20 s'),
  cell('engine', '401, once', 'PUT blob', 'once'),
  cell('files', '503', 'PUT blob', 'for 60 s'),
  cell('files', 'reset', 'PUT blob', '3 times'),
  cell('files', '401, once', 'PUT blob', 'once'),
  cell('engine', '503', 'PUT manifest', 'for 20 s'),
  cell('files', 'reset', 'PUT manifest', 'for 60 s'),
  cell('files', 'truncated', 'PUT manifest', '3 times'),
  cell('engine', '401, once', 'GET manifest', 'once'),
  cell('files', 'truncated', 'GET manifest', 'for 60 s'),
]

describe('every tag is right in the end, whatever the weather was', () => {
  test.concurrent.each(cells.map((one) => [`${one.road}: ${one.fault} on ${one.rule.on} ${one.often}`, one] as const))(
    '%s',
    async (_, one) => {
      const { tags, code, message, seen } = await runCell(registry, image, path(), one.road, [one.rule], 20)
      expect({ tags, code, message }).toEqual({ tags: 'right', code: undefined, message: undefined })
      expect(keptPause(one, seen)).toBe(true)
    },
  )
})

describe('what does not pass is told within 2 s, and no tag is set', () => {
  const some = finalCells.filter(({ road, rule }) => road === 'engine' && rule.on !== 'token')
  test.each(some.map((one) => [`${one.fault} on ${one.rule.on}`, one] as const))('%s', async (_, one) => {
    const { tags, code, sinceFaultMs } = await runCell(registry, image, path(), one.road, [one.rule], 1)
    expect({ tags, code }).toEqual({ tags: 'none', code: one.code })
    expect(sinceFaultMs).toBeLessThan(2_000)
  })
})

test('what a run could not finish the next one does, and sends no layer again', async () => {
  const where = path()
  const refusing: FaultRule = { on: 'PUT manifest', fault: { kind: 'status', status: 403 }, often: { times: 9 } }
  expect(await runCell(registry, image, where, 'engine', [refusing], 1)).toMatchObject({ tags: 'none', code: 'registry-denied' })
  const second = await runCell(registry, image, where, 'engine', [], 1)
  expect(second).toMatchObject({ tags: 'right', code: undefined })
  expect(second.seen.filter(({ asked }) => asked === 'PUT blob' || asked === 'POST blob')).toEqual([])
})

describe('the action itself', () => {
  const inputs = { test: 'false', 'predict-body': '{"features": [1]}' }
  const run = async (rules: readonly FaultRule[], more: Readonly<Record<string, string>> = {}) => {
    await using proxy = await startFaultProxy(registry, rules)
    using job = createJob(fixture('service'))
    const login = { username: registry.username, password: registry.password }
    return await job.main({ ...inputs, ...login, images: `${proxy.host}/${path()}`, ...more })
  }
  const often = { times: 1 }
  const bad: readonly FaultRule[] = [
    { on: 'PUT blob', fault: { kind: 'reset' }, often },
    { on: 'PUT manifest', fault: { kind: 'status', status: 503 }, often },
    { on: 'GET manifest', fault: { kind: 'truncated' }, often },
  ]
  test('publishes in bad weather', async () => {
    const ran = await run(bad)
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log).toContain('a layer did not arrive')
  })
  test('publishes what is at hand of an image in bad weather, without the engine', async () => {
    const where = path()
    using job = createJob(fixture('service'))
    const publish = async (host: string) => {
      const login = { username: registry.username, password: registry.password }
      return await job.main({ ...inputs, ...login, images: `${host}/${where}`, promote: 'off' })
    }
    expect((await publish(registry.host)).exitCode).toBe(0)
    appendFileSync(join(job.workspace, 'server.py'), '\n# changed\n')
    await using proxy = await startFaultProxy(registry, bad)
    const ran = await publish(proxy.host)
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
    expect(ran.log).not.toContain('a layer did not arrive')
    expect(leftovers(ran.state)).toEqual([])
  })
  test('has push-timeout for it', async () => {
    const hanging: FaultRule = { on: 'POST blob', fault: { kind: 'hang' }, often: { times: 99 } }
    const ran = await run([hanging], { 'push-timeout': '2s' })
    expect(ran).toMatchObject({ exitCode: 3, outputs: { 'failed-stage': 'publish', 'failure-code': 'push-timeout', pushed: 'false' } })
    expect(leftovers(ran.state)).toEqual([])
  })
})
