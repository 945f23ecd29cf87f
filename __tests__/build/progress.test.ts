import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BuildProgress } from '../../src/build/progress.ts'

/** Reads lines; objects are records of `--progress rawjson`. */
function read(...lines: readonly (string | object)[]) {
  const printed: string[] = []
  const progress = new BuildProgress((line) => printed.push(line))
  for (const line of lines) progress.line(typeof line === 'string' ? line : JSON.stringify(line))
  return { progress, printed }
}

const [context, copy, run, base] = ['e7', 'c2', '60', 'ba'].map((start) => `sha256:${start.repeat(32)}`)
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 2) + seconds * 1000).toISOString()
const vertex = (digest: string | undefined, name: string, more: object = {}) => ({ vertexes: [{ digest, name, ...more }] })
const logs = (digest: string | undefined, text: string) => ({
  logs: [{ vertex: digest, stream: 1, data: Buffer.from(text).toString('base64'), timestamp: at(0) }],
})

/** What buildx 0.29 wrote of a build whose second step fails, by its own words; times and a RUN step for the COPY. */
const failingBuild: readonly (string | object)[] = [
  vertex(context, '[internal] load build context'),
  {
    vertexes: [
      { digest: run, inputs: [copy, context], name: '[3/3] RUN pip install -r requirements.txt' },
      { digest: copy, inputs: [context], name: '[2/3] COPY a /a' },
    ],
  },
  { statuses: [{ id: 'transferring context:', vertex: context, name: 'transferring', current: 22, timestamp: at(0), started: at(0) }] },
  vertex(context, '[internal] load build context', { started: at(0), completed: at(1) }),
  vertex(base, '[1/3] FROM docker.io/library/python:3.11-slim', { started: at(0), completed: at(2) }),
  vertex(copy, '[2/3] COPY a /a', { started: at(2), completed: at(2), cached: true }),
  vertex(run, '[3/3] RUN pip install -r requirements.txt', { started: at(2) }),
  logs(run, 'Collecting torch\r  10%\r  99%\r\nERROR: no matching distribution\n'),
  vertex(run, '[3/3] RUN pip install -r requirements.txt', {
    started: at(2),
    completed: at(5),
    error: 'process "/bin/sh -c pip" did not complete successfully: exit code: 1',
  }),
  'Dockerfile:3',
  '--------------------',
  'ERROR: failed to build: failed to solve: process "/bin/sh -c pip" did not complete successfully: exit code: 1',
]

describe('the layer cache', () => {
  const importing = 'importing cache manifest from ghcr.io/acme/cache:main'
  test.each([
    [
      'that was never written is no trouble',
      importing,
      'failed to configure registry cache importer: ghcr.io/acme/cache:main: not found',
      undefined,
    ],
    ['that is denied is', importing, 'denied: no', `${importing}: denied: no`],
    ['that cannot be written is', 'exporting to GitHub Actions Cache', 'x: not found', 'exporting to GitHub Actions Cache: x: not found'],
  ])('%s', (_, name, error, trouble) => expect(read(vertex(run, name, { error })).progress.cacheTrouble).toBe(trouble))
  test('the digest of the configuration is that of the last that was exported', () => {
    const said = (id: string) => JSON.stringify({ statuses: [{ id }] })
    const config = (digit: string) => `exporting config sha256:${digit.repeat(64)}`
    const progress = new BuildProgress(() => {})
    progress.line(said('exporting layers'))
    expect(progress.config).toBeUndefined()
    for (const id of [config('a'), config('b'), `${config('c')} and more`]) progress.line(said(id))
    expect(progress.config).toBe(`sha256:${'b'.repeat(64)}`)
  })

  test('is measured, and so is each step', () => {
    const { progress } = read(
      vertex(context, importing, { started: at(0), completed: at(2) }),
      vertex(copy, '[1/2] COPY a\n /a', { started: at(2), completed: at(2), cached: true }),
      vertex(run, '[2/2] RUN make', { started: at(2), completed: at(5) }),
      vertex(base, 'exporting to GitHub Actions Cache', { started: at(5), completed: at(5.5) }),
    )
    expect(progress.cacheTimes).toEqual({ importMs: 2_000, exportMs: 500 })
    expect(progress.stepReports).toEqual([
      { name: '[1/2] COPY a /a', cached: true },
      { name: '[2/2] RUN make', cached: false, ms: 3_000 },
    ])
  })
  test('has no times where there is none', () => expect(read(vertex(copy, '[1/1] COPY a /a')).progress.cacheTimes).toEqual({}))
})

describe('a build that fails', () => {
  const { progress, printed } = read(...failingBuild)
  test('is told step by step, with what the steps wrote', () => {
    expect(printed).toEqual([
      '[1/3] FROM docker.io/library/python:3.11-slim',
      'done [1/3] FROM docker.io/library/python:3.11-slim (2.0 s)',
      'CACHED [2/3] COPY a /a',
      '[3/3] RUN pip install -r requirements.txt',
      'Collecting torch',
      '  10%',
      '  99%',
      'ERROR: no matching distribution',
      'ERROR [3/3] RUN pip install -r requirements.txt: process "/bin/sh -c pip" did not complete successfully: exit code: 1',
      ...failingBuild.slice(-3),
    ])
  })
  test('counts its steps, without base images and what is internal', () => expect(progress.steps).toEqual({ hit: 1, total: 2 }))
  test('names the step that broke it, with the end of its output', () => {
    expect(progress.failed).toEqual({
      name: '[3/3] RUN pip install -r requirements.txt',
      names: ['[3/3] RUN pip install -r requirements.txt'],
      error: 'process "/bin/sh -c pip" did not complete successfully: exit code: 1',
      output: ['Collecting torch', '  10%', '  99%', 'ERROR: no matching distribution'],
    })
  })
  test('keeps what buildx said itself', () => expect(progress.said).toEqual(failingBuild.slice(-3)))
})

describe('the step that broke a build', () => {
  test('has every name it was told under, as one that two targets share', () => {
    const { progress } = read(vertex(run, '[image base 1/1] RUN y', {}), vertex(run, '[test base 1/1] RUN y', { error: 'exit code: 1' }))
    expect(progress.failed?.names).toEqual(['[image base 1/1] RUN y', '[test base 1/1] RUN y'])
  })
  test('is not one that was only cancelled by it', () => {
    const { progress } = read(
      vertex(copy, '[a 1/1] RUN x', { error: 'context canceled' }),
      vertex(run, '[b 1/1] RUN y', { error: 'exit code: 1' }),
    )
    expect(progress.failed?.name).toBe('[b 1/1] RUN y')
  })
  test('is not a cache that could not be read, which is told apart', () => {
    const { progress } = read(
      vertex(base, 'importing cache manifest from gha:123', { error: '503 Service Unavailable' }),
      vertex(run, '[2/2] RUN y', { error: 'exit code: 1' }),
    )
    expect(progress.failed?.name).toBe('[2/2] RUN y')
    expect(progress.cacheTrouble).toBe('importing cache manifest: 503 Service Unavailable')
  })
  test('may be an internal one', () => {
    const { progress, printed } = read(vertex(base, '[internal] load metadata for docker.io/library/nope', { error: 'not found' }))
    expect(progress.failed?.error).toBe('not found')
    expect(printed).toEqual(['ERROR [internal] load metadata for docker.io/library/nope: not found'])
  })
  test('is none in a build that works', () => {
    const { progress } = read(vertex(run, '[2/2] RUN y', { started: at(0), completed: at(1) }), vertex(base, 'exporting to image'))
    expect([progress.failed, progress.cacheTrouble]).toEqual([undefined, undefined])
  })
})

describe('steps are those of the Dockerfile', () => {
  test('of every stage and platform', () => {
    const names = [
      '[base 2/3] RUN a',
      '[linux/amd64 3/3] RUN b',
      '[stage-1 1/2] COPY c d',
      '[1/3] FROM scratch',
      '[base 1/3] FROM x',
      'exporting to image',
    ]
    expect(read(...names.map((name, index) => vertex(`sha256:${index}`, name))).progress.steps).toEqual({ hit: 0, total: 3 })
  })
  test('and not the login for a base image', () => {
    const { progress } = read(
      vertex(base, '[auth] library/python:pull token for registry-1.docker.io', { started: at(0), completed: at(1) }),
    )
    expect(progress.steps.total).toBe(0)
  })
})

test('a step is told once, however often it is seen, and a short one without its time', () => {
  const seen = vertex(run, '[2/2] RUN   y\n  z', { started: at(0), completed: at(0.05) })
  expect(read(vertex(run, '[2/2] RUN   y\n  z', { started: at(0) }), seen, seen).printed).toEqual(['[2/2] RUN y z'])
})

test('of a long output the end is kept, and of long talk too', () => {
  const { progress } = read(
    logs(run, Array.from({ length: 999 }, (_, i) => `line ${i} ${'x'.repeat(9_999)}`).join('\n')),
    vertex(run, '[1/1] RUN', { error: 'x' }),
    ...Array(99).fill('said'),
  )
  expect(progress.failed?.output).toHaveLength(200)
  expect(progress.failed?.output.at(-1)).toMatch(/^line 998 x{1,1991}$/)
  expect(progress.said).toHaveLength(30)
})

test('lines that are no record pass through, whatever they are', () => {
  expect(read('{broken', '#1 plain', '', '  ', 'WARN: x').printed).toEqual(['{broken', '#1 plain', 'WARN: x'])
  fc.assert(
    fc.property(
      fc.string().filter((text) => text.trim() !== '' && !text.startsWith('{')),
      (text) => read(text).printed[0] === text,
    ),
  )
})
