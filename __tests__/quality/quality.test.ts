import { describe, expect, test } from '@jest/globals'
import type { MetricsPlace } from '../../src/inputs/inputs.ts'
import { metricsForLabels } from '../../src/quality/label-metrics.ts'
import { judgeQuality, metricsOfLabels, type PreviousMetrics } from '../../src/quality/quality.ts'
import { parseRequirement } from '../../src/quality/requirement.ts'
import { createImage, digest } from '../builders.ts'
import { type CaptureScript, createFakeHost, type StreamAnswer } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const workspace: MetricsPlace = { kind: 'workspace', path: '/repo/m.json', given: 'm.json' }
const inImage: MetricsPlace = { kind: 'image', path: '/app/m.json' }
const good = '{"accuracy": 0.95, "loss": NaN}'

type Case = Readonly<{
  file?: MetricsPlace
  lines?: readonly string[]
  files?: Readonly<Record<string, string>>
  links?: Readonly<Record<string, string>>
  previous?: PreviousMetrics
  create?: CaptureScript
  cp?: StreamAnswer
  /** What the image has at the path. */
  text?: string
}>

async function judge(given: Case) {
  const {
    file = workspace,
    lines = [],
    files = { '/repo/m.json': good },
    links,
    previous = { kind: 'unknown', why: 'there is none' },
  } = given
  const { create = {}, cp = {}, text } = given
  const host = createFakeHost({
    files: createFiles({ '/repo/x': '', ...files }, links),
    capture: { 'docker create': create, 'docker rm': {} },
    stream: {
      'docker cp': { ...cp, act: ({ argv }) => text !== undefined && host.files.entries.set(argv.at(-1) ?? '', text) },
    },
  })
  const notices: string[] = []
  const asked: string[] = []
  const outcome = await judgeQuality(
    host,
    { file, requirements: lines.map(parseRequirement) },
    { image: createImage(), env: {}, signal: new AbortController().signal },
    async () => {
      asked.push('previous')
      return previous
    },
    { line: (line) => void host.lines.push(line), close: () => {} },
    (notice) => void notices.push(notice),
  )
  return { host, outcome, notices, asked }
}

describe('metrics that are as they should be', () => {
  test('are green, with all there is in the report', async () => {
    const { outcome, asked, host } = await judge({ lines: ['accuracy >= 0.9'] })
    expect(outcome).toEqual({
      kind: 'passed',
      value: {
        file: 'm.json',
        metrics: { accuracy: 0.95, loss: null },
        requirements: [{ requirement: 'accuracy >= 0.9', name: 'accuracy', state: 'held', got: 0.95, bound: 0.9 }],
      },
    })
    expect(asked).toEqual([])
    expect(host.lines).toEqual([
      'm.json: 2 metrics',
      'require          got   bound  previous',
      'accuracy >= 0.9  0.95  0.9    -         held',
    ])
  })
  test('are held against those of the previous image', async () => {
    const previous = { kind: 'known', reference: 'ghcr.io/acme/iris:latest', metrics: new Map([['accuracy', 0.97]]) } as const
    expect((await judge({ lines: ['accuracy >= previous - 0.02'], previous })).outcome).toMatchObject({
      value: { previous: previous.reference },
    })
    expect((await judge({ lines: ['accuracy >= previous - 0.01'], previous })).outcome).toMatchObject({ red: { code: 'metric-not-met' } })
  })
  test.each<readonly [PreviousMetrics, string]>([
    [{ kind: 'unknown', why: 'there is none' }, 'Not judged, as there is none: accuracy > previous.'],
    [{ kind: 'known', reference: 'a:b', metrics: new Map() }, 'Not judged, as a:b does not say its accuracy: accuracy > previous.'],
  ])('where that says nothing, the line is left out with a notice: %j', async (previous, notice) => {
    const { outcome, notices } = await judge({ lines: ['accuracy > previous', 'accuracy > 0.9'], previous })
    expect([outcome.kind, notices]).toEqual(['passed', [notice]])
  })
})

describe('metrics that are not', () => {
  test.each<readonly [Case, string, RegExp]>([
    [{ lines: ['accuracy > 0.95'] }, 'metric-not-met', /^accuracy > 0\.95: accuracy is 0\.95, the bound is 0\.95\.$/],
    [{ lines: ['f1 > 0'] }, 'metric-missing', /^f1 > 0: there is no metric f1/],
    [{ lines: ['f1 > 0', 'accuracy > 1'] }, 'metric-not-met', /^accuracy > 1/],
    [{ files: {} }, 'metrics-unreadable', /^The metrics-file m\.json is not there\.$/],
    [{ files: { '/repo/m.json': '{' } }, 'metrics-unreadable', /^The metrics-file m\.json is not JSON \(/],
    [{ files: { '/repo/m.json': ' '.repeat((1 << 20) + 1) } }, 'metrics-unreadable', /is larger than 1 MiB: no file of metrics\.$/],
    [{ files: { '/repo/m.json/x': 'y' } }, 'metrics-unreadable', /is a folder, and not one of metrics as MLflow keeps them\.$/],
    [{ files: { '/etc/m.json': good }, links: { '/repo/m.json': '/etc/m.json' } }, 'metrics-unreadable', /leads out of the workspace\.$/],
  ])('%j: %s', async (given, code, message) =>
    expect((await judge(given)).outcome).toMatchObject({ kind: 'failed', red: { code, message: expect.stringMatching(message) } }),
  )
})

test("a folder of MLflow's file store has a file for each", async () => {
  const file: MetricsPlace = { kind: 'workspace', path: '/repo/mlruns/0/ab/metrics', given: 'mlruns/0/ab/metrics' }
  const files = { [`${file.path}/acc`]: '1 0.5 0\n2 0.9 1\n', [`${file.path}/val/auc`]: '1 0.8 0\n' }
  expect((await judge({ file, files })).outcome).toMatchObject({ value: { metrics: { acc: 0.9, 'val/auc': 0.8 } } })
})

describe('a file of the image', () => {
  test('is copied out of a container that is never started, and that is taken away', async () => {
    const { host, outcome } = await judge({ file: inImage, text: good })
    expect(outcome).toMatchObject({ value: { file: 'image:/app/m.json', metrics: { accuracy: 0.95 } } })
    const name = 'ml-image-f00dcafe0001-files-d1d1d1d1'
    expect(host.argvs()).toEqual([
      `docker create --pull never --name ${name} --label io.github.ml-image-action.run=f00dcafe0001 --network none ${digest} none`,
      expect.stringContaining(`docker cp --follow-link ${name}:/app/m.json /temp/`),
      `docker rm --force --volumes ${name}`,
    ])
    expect(host.traces.map(({ kind }) => kind)).toEqual(['containers', 'folder'])
    expect(host.files.temps.size).toBe(0)
  })
  const missing: StreamAnswer = { lines: ['Could not find the file /app/m.json in container c'], ended: { kind: 'exited', exitCode: 1 } }
  test.each<readonly [Case, RegExp]>([
    [{ cp: missing }, /is not in the image\.$/],
    [{ cp: { ...missing, lines: ['no space left'] } }, /cannot be copied out of the image \(no space left\)\.$/],
    [{ cp: { takes: 9e9 } }, /did not come out of the image in 60 s\.$/],
    [{ text: ' '.repeat((1 << 20) + 1) }, /is larger than 1 MiB: no file of metrics\.$/],
    [{ create: { exitCode: 1, stderr: 'Error: no such image\n' } }, /cannot be read: docker create says Error: no such image\.$/],
    [{ text: 'x: y' }, /is not JSON/],
  ])('may be wrong: %j', async (given, message) => {
    const { outcome, host } = await judge({ file: inImage, ...given })
    expect(outcome).toMatchObject({ red: { code: 'metrics-unreadable', message: expect.stringMatching(message) } })
    expect(host.files.temps.size).toBe(0)
  })
})

describe('labels', () => {
  const host = (text: string) => createFakeHost({ files: createFiles({ '/repo/m.json': text }) })
  const labels = (text: string, lines: readonly string[] = []) =>
    metricsForLabels(host(text), { file: workspace, requirements: lines.map(parseRequirement) })
  test('are all finite numbers', async () => expect(await labels('{"a": 1, "b": NaN, "c": Infinity}')).toEqual({ a: 1 }))
  test('are of many only those that are asked for', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`m${i}`, i]))
    expect(await labels(JSON.stringify(many), ['m7 > 1', 'x > 1'])).toEqual({ m7: 7 })
  })
  test('are none of a file that cannot be read', async () => {
    expect(await labels('{')).toEqual({})
    expect(await metricsForLabels(createFakeHost(), { file: workspace, requirements: [] })).toEqual({})
  })
  test('of the previous image are read back under the same names', () => {
    const image = { labels: { 'io.github.ml-image-action.metric.macro-avg.f1': '0.9', 'io.github.ml-image-action.metric.x': 'no' } }
    const found = { kind: 'found', image: { ...image, reference: 'a:b' } } as unknown as Parameters<typeof metricsOfLabels>[0]
    expect(metricsOfLabels(found, ['macro avg.f1', 'x', 'y'])).toEqual({
      kind: 'known',
      reference: 'a:b',
      metrics: new Map([['macro avg.f1', 0.9]]),
    })
    expect(metricsOfLabels({ kind: 'none', why: 'w' }, ['x'])).toEqual({ kind: 'unknown', why: 'w' })
  })
})
