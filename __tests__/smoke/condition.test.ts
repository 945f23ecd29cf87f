import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findUnready, judgeReady } from '../../src/smoke/condition.ts'
import type { Condition } from '../../src/smoke/presets/preset.ts'

describe('an answer that says itself that it is not ready', () => {
  test.each<readonly [unknown, string]>([
    [{ status: 'ok', model_loaded: false }, 'model_loaded is false'],
    [{ modelLoaded: null }, 'modelLoaded is null'],
    [{ is_ready: 0 }, 'is_ready is 0'],
    [{ ready: 'false' }, 'ready is "false"'],
    [{ ready: 'no' }, 'ready is "no"'],
    [{ 'is-loaded': '' }, 'is-loaded is ""'],
    [{ models_loaded: [] }, 'models_loaded is []'],
    [{ healthy: false }, 'healthy is false'],
    [{ ok: false }, 'ok is false'],
    [{ status: 'loading' }, 'status is "loading"'],
    [{ status: 'Not Ready' }, 'status is "Not Ready"'],
    [{ status: 'UNHEALTHY' }, 'status is "UNHEALTHY"'],
    [{ status: 'degraded', model_loaded: true }, 'status is "degraded"'],
    [{ state: 'warming_up' }, 'state is "warming_up"'],
    [{ health: 'error' }, 'health is "error"'],
    [{ model: 'not loaded' }, 'model is "not loaded"'],
    [{ model_status: 'initializing' }, 'model_status is "initializing"'],
    [{ status: 'ok', model: { name: 'iris', loaded: false } }, 'model.loaded is false'],
    [{ data: { model: { ready: false } } }, 'data.model.ready is false'],
    [false, 'the answer is false'],
  ])('%j: %s', (answer, because) => expect(findUnready(answer as never)).toBe(because))
})

describe('and one that does not', () => {
  test.each<unknown>([
    { status: 'ok', model_loaded: true },
    { status: 'healthy' },
    { status: 'UP' },
    { status: 200 },
    { ready: 'True' },
    { ready: 1 },
    { model: 'iris', version: '1.2' },
    { model: null },
    { message: 'still loading old jokes' },
    { error: null },
    { errors: 0 },
    // What a service may do without is its own affair.
    { status: 'ok', cache: { status: 'down' }, ready: true },
    'OK',
    '',
    [],
    null,
    0,
  ])('%j', (answer) => expect(findUnready(answer as never)).toBeUndefined())
})

test('whatever JSON there is, it is judged without a fault', () =>
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      (value) => typeof judgeReady({ kind: 'not-falsy' }, 200, JSON.stringify(value)).kind === 'string',
    ),
  ))

describe('a condition', () => {
  const value: Condition = { kind: 'value', at: ['state', 0, 'name'], is: ['READY', 'IDLE'], never: ['FAILED'] }
  test.each<readonly [Parameters<typeof judgeReady>[0], number, string, string, string?]>([
    [{ kind: 'answers' }, 204, '', 'ready'],
    [{ kind: 'answers' }, 200, '{"ready": false}', 'ready'],
    [{ kind: 'answers' }, 302, '', 'waiting', 'status 302'],
    [{ kind: 'not-falsy' }, 200, '<html>', 'ready'],
    [{ kind: 'not-falsy' }, 503, '{"ready": true}', 'waiting', 'status 503'],
    [value, 200, '{"state": [{"name": "IDLE"}]}', 'ready'],
    [value, 503, '{"state": [{"name": "IDLE"}]}', 'waiting', 'status 503'],
    [value, 200, '{"state": [{"name": "BUSY"}]}', 'waiting', 'state.0.name is "BUSY"'],
    [value, 200, '{"state": []}', 'waiting', 'state.0.name is missing'],
    [value, 200, 'not JSON', 'waiting', 'state.0.name is missing'],
    [value, 200, '{"state": [{"name": "FAILED"}]}', 'never', 'state.0.name is "FAILED"'],
    [value, 500, '{"state": [{"name": "FAILED"}]}', 'never', 'state.0.name is "FAILED"'],
    [{ kind: 'filled', at: ['data'] }, 200, '{"data": [1]}', 'ready'],
    [{ kind: 'filled', at: ['data'] }, 200, '{"data": []}', 'waiting', 'data is empty'],
    [{ kind: 'filled', at: [] }, 200, '{}', 'waiting', 'the answer is empty'],
    [{ kind: 'filled', at: ['data'] }, 200, '[]', 'waiting', 'data is missing'],
    [{ kind: 'json', value: { ready: false } }, 200, '{"ready": false}', 'ready'],
    [{ kind: 'json', value: { version: 3 } }, 200, '{"version": 2}', 'waiting', '$.version is 2, expected 3'],
    [{ kind: 'pattern', pattern: /^ok$/ }, 200, 'ok', 'ready'],
    [{ kind: 'pattern', pattern: /^ok$/ }, 200, 'no', 'waiting', '$ is "no", expected /^ok$/'],
    [{ kind: 'answers' }, 400, '{"type": "InvalidKeyException"}', 'never', 'a token is asked for (InvalidKeyException)'],
  ])('%j of %d %s: %s', (...[condition, status, body, kind, because]) =>
    expect(judgeReady(condition, status, body)).toEqual({ kind, ...(because === undefined ? {} : { because }) }),
  )
})
