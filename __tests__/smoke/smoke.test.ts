import { describe, expect, test } from '@jest/globals'
import type { SmokeInputs } from '../../src/inputs/inputs.ts'
import { smokeTest } from '../../src/smoke/smoke.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { type Answer, type CaptureScript, createFakeHost, type FakeHost, type RequestScript } from '../fake-host.ts'

const base = 'http://127.0.0.1:32768'
const inspected = (state: object = {}, image = digest): CaptureScript => ({
  stdout: JSON.stringify([
    {
      Image: image,
      State: { Running: true, ExitCode: 0, OOMKilled: false, Error: '', ...state },
      NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] } },
    },
  ]),
})

type Case = Readonly<{
  smoke?: Partial<SmokeInputs>
  health?: RequestScript
  predict?: RequestScript
  /** What else is answered, by method and URL. */
  more?: Readonly<Record<string, RequestScript>>
  /** Milliseconds until the container ends by itself, and its state then. */
  dies?: number
  state?: object
  image?: string
}>

async function smoke(given: Case, signal = new AbortController().signal) {
  const { health = {}, predict = {}, dies = Number.POSITIVE_INFINITY, state = { Running: false, ExitCode: 1 }, image, more } = given
  const host: FakeHost = createFakeHost({
    capture: {
      'docker run': { stdout: 'id' },
      'docker container inspect': (): object => (host.now() - start >= dies ? inspected(state, image) : inspected({}, image)) as object,
      'docker logs': { stdout: 'last words\n' },
      'docker rm': {},
    },
    stream: { 'docker wait': { takes: dies } },
    request: { ...more, [`GET ${base}/health`]: health, [`POST ${base}/predict`]: predict },
  })
  const start = host.now()
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const { outcome, removal } = await smokeTest(
    host,
    createImage(),
    createInputs({ smoke: { healthPath: '/health', ...given.smoke } }).smoke,
    {},
    log,
    signal,
  )
  const tookMs = host.now() - start
  await removal
  return { host, outcome, tookMs }
}

const body = { predictBody: '{"features": [1]}' }
const answering = (text: string, more: Answer = {}): Answer => ({ body: text, ...more })

describe('an image that answers is green', () => {
  test('by its health alone, when no sample is given', async () => {
    const { outcome } = await smoke({ health: { takes: 20 } })
    expect(outcome).toEqual({
      kind: 'passed',
      value: {
        imageId: digest,
        port: 8000,
        portFrom: 'EXPOSE',
        preset: 'http',
        presetFrom: '',
        health: { path: '/health', status: 200, ms: 20, body: '' },
        compared: false,
        unproven: 'no sample request is given, and none was found',
        measured: { coldStart: 20 },
      },
    })
  })
  test('by a prediction as it is expected', async () => {
    const expectation = { kind: 'json', value: { prediction: 0 } } as const
    const { outcome, host } = await smoke({
      smoke: { ...body, expectation },
      predict: answering('{"prediction": 0, "p": 1}', { takes: 7 }),
    })
    expect(outcome).toMatchObject({
      value: { compared: true, predict: { path: '/predict', status: 200, ms: 7, body: '{"prediction": 0, "p": 1}' } },
    })
    expect(host.requests.at(-1)).toMatchObject({
      method: 'POST',
      body: '{"features": [1]}',
      headers: { 'content-type': 'application/json' },
    })
  })
  test('by any prediction, when none is expected', async () =>
    expect((await smoke({ smoke: body, predict: answering('x') })).outcome).toMatchObject({ kind: 'passed', value: { compared: false } }))
})

describe('an image that does not is red, and says why', () => {
  const wrong = { ...body, expectation: { kind: 'json', value: { prediction: 0, p: [1] } } } as const
  test.each<readonly [string, Case, string, string, readonly string[]]>([
    [
      'unhealthy',
      { health: { status: 503, body: 'loading' }, smoke: { startTimeoutMs: 2_000 } },
      'health-failed',
      'GET /health still answers 503 after 2 s.',
      ['last answer: loading', 'last words'],
    ],
    [
      'silent',
      { health: { takes: 9e9 }, smoke: { startTimeoutMs: 2_000 } },
      'not-listening',
      'Nothing answered on port 8000 (EXPOSE) within 2 s (no answer).',
      ['last words'],
    ],
    ['dead', { health: { status: 503 }, dies: 700 }, 'container-exited', 'The container ended by itself with exit code 1.', ['last words']],
    [
      'out of memory',
      { health: { status: 503 }, dies: 700, state: { Running: false, OOMKilled: true } },
      'container-out-of-memory',
      'The container was killed for memory. It went over what the machine has.',
      [
        'State.OOMKilled: true, exit code 0',
        'fix: run-args: --memory 512m',
        'fix: # or one worker (--workers 1): each loads its own copy of the model',
        'last words',
      ],
    ],
    [
      'refusing',
      { smoke: body, predict: { status: 422, body: 'no' } },
      'predict-body-refused',
      'POST /predict answered 422. The service does not take the body.',
      [
        'POST /predict answered 422: no',
        "fix: predict-body: '{...}'    # as the service documents it (/docs)",
        'POST /predict {"features": [1]}',
        'answered 422: no',
        'last words',
      ],
    ],
    [
      'redirecting',
      { smoke: body, predict: { status: 307 } },
      'predict-failed',
      'POST /predict answered 307.',
      ['POST /predict {"features": [1]}', 'answered 307: ', 'last words'],
    ],
    [
      'hanging',
      { smoke: body, predict: { takes: 9e9 } },
      'predict-timeout',
      'POST /predict gave no answer (timed out after 60000 ms).',
      ['POST /predict {"features": [1]}', 'last words'],
    ],
    [
      'dead while it predicts',
      { smoke: body, predict: { takes: 9e9 }, dies: 3_000 },
      'container-exited',
      'The container ended by itself with exit code 1.',
      ['last words'],
    ],
    [
      'wrong',
      { smoke: wrong, predict: answering('{"prediction": 1}') },
      'predict-mismatch',
      'POST /predict: $.prediction is 1, expected 0.',
      [
        'path          expected  got      delta',
        '$.prediction  0         1        +1',
        '$.p           [1]       nothing',
        'POST /predict {"features": [1]}',
        'answered 200: {"prediction": 1}',
      ],
    ],
  ])('%s', async (_, given, code, message, evidence) => {
    const { outcome, host } = await smoke(given)
    expect(outcome).toEqual({ kind: 'failed', red: { code, message, evidence } })
    // The stage runner shows the proof, where the stage's group is closed.
    expect(host.lines.slice(1)).toEqual([])
  })
  test('a connection that breaks because the server dies is told as its death', async () => {
    const broken = () => {
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    }
    const { outcome } = await smoke({ smoke: body, health: { takes: 10 }, predict: broken, dies: 60 })
    expect(outcome).toMatchObject({ red: { code: 'container-exited' } })
  })
  test('a death is reported when it happens', async () => {
    expect((await smoke({ health: { status: 503 }, dies: 4_321 })).tookMs).toBe(4_321)
    expect((await smoke({ smoke: body, predict: { takes: 9e9 }, dies: 4_321 })).tookMs).toBe(4_321)
  })
})

describe('a server that tells its health by nothing', () => {
  const silent = (late: number, status = 503) =>
    smoke({
      smoke: { ...body, healthPath: undefined, startTimeoutMs: 10_000 } as never,
      more: { [`GET ${base}/`]: { status: 404 }, [`GET ${base}/predict`]: { status: 405 } },
      health: { status: 404 },
      predict: (() => {
        let asked = 0
        return () => (++asked > late ? answering('{}') : { status })
      })(),
    })
  test('is ready when it predicts', async () => {
    const { outcome, tookMs } = await silent(5)
    expect(outcome).toMatchObject({ kind: 'passed', value: { health: { path: '/predict', status: 405 }, predict: { status: 200 } } })
    expect(tookMs).toBe(1_000)
  })
  test('and red when it does not in its time', async () => {
    const { outcome, tookMs } = await silent(1e9)
    expect(outcome).toMatchObject({ red: { code: 'predict-crashed', message: expect.stringContaining('POST /predict answered 503.') } })
    expect(tookMs).toBe(10_000)
  })
  test('or refuses', async () =>
    expect(await silent(1, 422)).toMatchObject({ outcome: { red: { code: 'predict-body-refused' } }, tookMs: 0 }))
})

describe('an image without HTTP', () => {
  const none = { smoke: { preset: 'none' } as const }
  test('is green by staying up', async () =>
    expect(await smoke(none)).toMatchObject({ outcome: { kind: 'passed', value: { stayedUpMs: 5_000, preset: 'none' } }, tookMs: 5_000 }))
  test('is red by ending', async () =>
    expect(await smoke({ ...none, dies: 4_000, state: { Running: false, ExitCode: 0 } })).toMatchObject({
      outcome: { red: { code: 'exits-at-once' } },
      tookMs: 4_000,
    }))
})

test('a protocol that says in a 200 that the prediction failed is believed', async () => {
  const cog = { ...body, preset: 'cog', predictPath: '/predict', startTimeoutMs: 2_000 } as const
  const { outcome } = await smoke({
    smoke: cog,
    health: { body: '{"status": "READY"}' },
    predict: answering('{"status": "failed", "error": "boom"}'),
  })
  expect(outcome).toMatchObject({
    red: { code: 'predict-failed', message: 'POST /predict answered 200, but $.status is "failed", not "succeeded".' },
  })
})

test('a 200 that says it is not ready is told as such', async () => {
  const { outcome } = await smoke({ smoke: { startTimeoutMs: 2_000 }, health: { body: '{"model_loaded": false}' } })
  expect(outcome).toMatchObject({
    red: {
      code: 'model-not-loaded',
      message: expect.stringContaining('GET /health answers 200, but is not ready after 2 s: model_loaded is false.'),
      evidence: expect.arrayContaining(['last answer: {"model_loaded": false}', 'last words']),
    },
  })
})

test('a container of another image is a broken promise, not a red gate', async () => {
  await expect(smoke({ image: 'sha256:other' })).rejects.toMatchObject({ code: 'digest-mismatch' })
})

test('the container is taken away on every path, and by no other name', async () => {
  const cases: readonly Case[] = [{}, { health: { status: 500 }, smoke: { startTimeoutMs: 100 } }, { dies: 300, health: { status: 500 } }]
  for (const given of cases) expect((await smoke(given)).host.argvs()).toContain('docker rm --force --volumes ml-image-f00dcafe0001')
})

test('a run that is stopped starts nothing', async () => {
  const { outcome, host } = await smoke({}, AbortSignal.abort())
  expect([outcome.kind, host.commands]).toEqual(['stopped', []])
})

test('a run that is stopped on its way is stopped at once, and the container is gone', async () => {
  const stop = new AbortController()
  const health = () => {
    setImmediate(() => stop.abort())
    return { takes: 9e9 }
  }
  const { outcome, host } = await smoke({ health }, stop.signal)
  expect(outcome).toEqual({ kind: 'stopped' })
  expect(host.argvs()).toContain('docker rm --force --volumes ml-image-f00dcafe0001')
})

test('smoke: false is said', async () =>
  expect((await smoke({ smoke: { run: false } })).outcome).toEqual({ kind: 'skipped', reason: 'smoke: false' }))

test('what the server answered cannot command the runner, in no line of it', async () => {
  const { host } = await smoke({ health: { status: 503, body: 'a\n::error::x' }, smoke: { startTimeoutMs: 100 } })
  expect(host.lines.flatMap((line) => line.split('\n')).filter((line) => line.trimStart().startsWith('::'))).toEqual([])
})

describe('of several platforms', () => {
  const both = ['linux/amd64', 'linux/386'].map((platform) => ({ platform, id: digest }))
  /** Containers that run what they were started as, and answer what `predicts` says. */
  async function smokeAll(given: Readonly<{ image?: object; runs?: string; predicts?: (platform: string) => Answer; dies?: string }>) {
    const { image = {}, runs, predicts = () => ({ body: '{}' }), dies } = given
    let started = ''
    const host: FakeHost = createFakeHost({
      capture: {
        'docker run': ({ argv }) => {
          started = argv[argv.indexOf('--platform') + 1] ?? ''
          return { stdout: 'id' }
        },
        'docker container inspect': () => {
          const [os, architecture] = (runs ?? started).split('/')
          const [found] = JSON.parse((inspected(started === dies ? { Running: false, ExitCode: 255 } : {}) as { stdout: string }).stdout)
          return { stdout: JSON.stringify([{ ...found, ImageManifestDescriptor: { platform: { os, architecture } } }]) }
        },
        'docker logs': { stderr: 'exec /server: exec format error\n' },
        'docker rm': {},
      },
      stream: { 'docker wait': { takes: Number.POSITIVE_INFINITY } },
      request: { [`GET ${base}/health`]: {}, [`POST ${base}/predict`]: () => predicts(started) },
    })
    const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
    const inputs = createInputs({ smoke: { healthPath: '/health', predictBody: '{}' } }).smoke
    const signal = new AbortController().signal
    const { outcome, removal } = await smokeTest(host, createImage({ runnables: both, ...image }), inputs, {}, log, signal)
    await removal
    return { host, outcome }
  }
  test('each is started and called, one after the other, under one name', async () => {
    const { host, outcome } = await smokeAll({ image: { untested: ['linux/s390x'] } })
    expect(outcome).toMatchObject({
      kind: 'passed',
      value: { platform: 'linux/amd64', others: [{ platform: 'linux/386', predict: { status: 200 } }], untested: ['linux/s390x'] },
    })
    const order = host.argvs().filter((argv) => /^docker (run|rm)/.test(argv))
    expect(order.map((argv) => argv.split(' ')[1])).toEqual(['run', 'rm', 'run', 'rm'])
  })
  test('the one that is red is named', async () => {
    const { outcome } = await smokeAll({ predicts: (platform) => ({ status: platform === 'linux/386' ? 500 : 200 }) })
    expect(outcome).toMatchObject({
      red: { code: 'predict-crashed', message: 'On linux/386: POST /predict answered 500. The prediction raised an error in the service.' },
    })
  })
  test('one that this engine cannot run after all is told as such', async () => {
    expect((await smokeAll({ dies: 'linux/386' })).outcome).toMatchObject({
      red: { code: 'platform-untested', message: 'This engine cannot run linux/386: exec format error.' },
    })
  })
  test('another image of the index than the one that was asked for is a broken engine', async () =>
    await expect(smokeAll({ runs: 'linux/arm64' })).rejects.toMatchObject({ code: 'digest-mismatch' }))
  test('none that can be run is skipped, where that is accepted', async () => {
    const { host, outcome } = await smokeAll({ image: { runnables: [], untested: ['linux/arm64'] } })
    expect(outcome).toEqual({ kind: 'skipped', reason: 'accept: untested-platforms (linux/arm64)' })
    expect(host.argvs()).toEqual([])
  })
})
