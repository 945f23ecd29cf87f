import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import type { Pulled } from '../../src/previous/pull.ts'
import { modelDigestLabel } from '../../src/smoke/compare.ts'
import { alone, smokeTest } from '../../src/smoke/smoke.ts'
import { createImage, createInputs, digest } from '../builders.ts'
import { type Answer, createFakeHost, type FakeHost } from '../fake-host.ts'

const base = 'http://127.0.0.1:32768'
const model = 'sha256:aa'
const pulled = (label: string | undefined): Pulled => {
  const labels: Readonly<Record<string, string>> = label === undefined ? {} : { [modelDigestLabel]: label }
  const image = {
    name: parseImageName('ghcr.io/acme/iris'),
    reference: 'ghcr.io/acme/iris:latest',
    digest: 'sha256:old',
    manifest: { digest: 'sha256:old', mediaType: '', body: new Uint8Array() },
    labels,
    client: undefined as never,
  }
  return { kind: 'pulled', image, localName: 'door@sha256:old' }
}

type Case = Readonly<{
  rival?: Pulled
  /** What each of the two answers to its calls, by their number from 0. */
  previous?: (call: number) => Answer
  now?: (call: number) => Answer
  previousHealth?: Answer
  previousDies?: boolean
}>

const saying = (answer: unknown): Answer => ({ body: JSON.stringify(answer) })

async function compare({
  rival = pulled(model),
  previous = () => saying({ p: 0.5 }),
  now = () => saying({ p: 0.5 }),
  previousHealth = {},
  previousDies = false,
}: Case) {
  let running = ''
  const calls = { previous: 0, now: 0 }
  const old = () => running === 'door@sha256:old'
  const host: FakeHost = createFakeHost({
    capture: {
      'docker run': ({ argv }) => {
        if (running !== '') return { exitCode: 125, stderr: 'the name is in use' }
        running = argv.at(-1) ?? ''
        return { stdout: 'id' }
      },
      'docker container inspect': () => ({
        stdout: JSON.stringify([
          {
            Image: digest,
            State: { Running: !(old() && previousDies), ExitCode: 3 },
            NetworkSettings: { Ports: { '8000/tcp': [{ HostIp: '', HostPort: '32768' }] } },
          },
        ]),
      }),
      'docker image inspect': { stdout: JSON.stringify([{ Id: 'sha256:old', Config: { ExposedPorts: { '8000/tcp': {} } } }]) },
      'docker exec': { exitCode: 1 },
      'docker logs': {},
      'docker rm': async () => {
        await host.sleep(200)
        running = ''
        return {}
      },
    },
    stream: { 'docker wait': { takes: Number.POSITIVE_INFINITY } },
    request: {
      [`GET ${base}/health`]: () => (old() ? previousHealth : {}),
      [`POST ${base}/predict`]: () => (old() ? previous(calls.previous++) : { takes: 50, ...now(calls.now++) }),
    },
  })
  const notices: string[] = []
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const inputs = createInputs({ smoke: { predictBody: '{}', startTimeoutMs: 1_000 } }).smoke
  const { outcome, removal } = await smokeTest(host, createImage(), inputs, {}, log, new AbortController().signal, {
    ...alone,
    rival: { pulled: Promise.resolve(rival), modelDigest: model, notice: (text) => void notices.push(text) },
  })
  await removal
  return { host, outcome, notices }
}

describe('the image before this one is asked the same', () => {
  test('when the one under test is gone', async () => {
    const { host, outcome, notices } = await compare({})
    expect(outcome).toMatchObject({
      kind: 'passed',
      value: { comparison: { with: 'ghcr.io/acme/iris:latest', model: 'same', samples: 1, differing: 0 } },
    })
    expect(notices).toEqual([])
    const order = host.argvs().filter((argv) => /^docker (run|rm)/.test(argv))
    expect(order.map((argv) => argv.replace(/^docker (\w+) .* (\S+)$/, '$1 $2'))).toEqual([
      `run ${digest}`,
      'rm ml-image-f00dcafe0001',
      'run door@sha256:old',
      'rm ml-image-f00dcafe0001-previous',
    ])
  })
  test('with the same model it must answer the same', async () => {
    const { outcome } = await compare({ now: () => saying({ p: 0.6 }) })
    expect(outcome).toEqual({
      kind: 'failed',
      red: {
        code: 'predictions-changed',
        message:
          'Predictions differ from ghcr.io/acme/iris:latest in 1 of 1 sample, and the model is the same. Largest: predict-body $.p was 0.5, is 0.6 (+0.1).',
        evidence: [
          '1 of 1 samples differ; the largest difference:',
          'predict-body $.p',
          '  previous 0.5',
          '  now      0.6',
          expect.stringMatching(/delta {4}0\.0999|delta {4}0\.1/),
        ],
      },
    })
  })
  test.each([
    ['sha256:bb', 'changed'],
    [undefined, 'unknown'],
  ])('with another model (%p) that is told, and not red', async (label, kind) => {
    const { outcome, notices } = await compare({ rival: pulled(label), now: () => saying({ p: 0.6 }) })
    expect(outcome).toMatchObject({
      kind: 'passed',
      value: { comparison: { model: kind, differing: 1, largest: { delta: expect.closeTo(0.1) } } },
    })
    expect(notices).toEqual([expect.stringMatching(/^Predictions differ from .* Largest: /)])
  })
  test('what differs from call to call is left out', async () => {
    const { outcome } = await compare({
      now: (call) => saying({ p: 0.5, id: call }),
      previous: (call) => saying({ p: 0.5, id: call + 100 }),
    })
    expect(outcome).toMatchObject({ kind: 'passed', value: { comparison: { differing: 0, ignored: ['$.id'] } } })
  })
})

describe('one that cannot be asked judges nothing, and that is said', () => {
  test.each<readonly [Case, RegExp]>([
    [{ rival: { kind: 'none', why: 'there is none' } }, /^Predictions are compared with no other image, as there is none\.$/],
    [{ previousHealth: { status: 503 } }, /^Predictions are not compared: .*:latest does not serve \(it was not ready within 1 s\)\.$/],
    [
      { previousDies: true },
      /^Predictions are not compared: .*:latest does not serve \(The container ended by itself with exit code 3\.\)\.$/,
    ],
    [{ previous: () => ({ status: 422 }) }, /^ghcr\.io\/acme\/iris:latest answers no sample of this image: nothing is compared\.$/],
  ])('%j', async (given, notice) => {
    const { outcome, notices, host } = await compare(given)
    expect([outcome.kind, notices]).toEqual(['passed', [expect.stringMatching(notice)]])
    expect(host.argvs().at(-1)).toMatch(/^docker rm --force/)
  })
})
