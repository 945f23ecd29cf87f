import { describe, expect, test } from '@jest/globals'
import { failureReport, type Report } from '../../../src/report/report.ts'
import { summaryMarkdown } from '../../../src/report/summary/summary.ts'
import { commit, createReport, createSmokeReport, createTestReport, digest } from '../../builders.ts'

const source = { url: 'https://github.com/acme/iris', revision: commit }
const blob = `${source.url}/blob/${commit}`

const failing = (overrides: Partial<Report> = {}): Report => {
  const { smoke: _, ...report } = createReport({ result: 'failed', pushed: false, pushedTags: [], source })
  const failure = failureReport('smoke', { code: 'health-failed', message: 'GET /health answers 503.', evidence: ['loading'] })
  return { ...report, failure, ...overrides }
}

/** What stands between a title of a fold and its end. */
const folded = (markdown: string, title: string): string => {
  const start = markdown.indexOf(`<summary>${title}`)
  return start < 0 ? '' : markdown.slice(markdown.lastIndexOf('<details', start), markdown.indexOf('</details>', start))
}

describe('the summary', () => {
  test('begins with the headline, figures next', () => {
    const [first, , second] = summaryMarkdown(createReport()).split('\n')
    expect(first).toBe('### ML image: pushed ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s')
    expect(second).toMatch(/^\*\*5 of 5 tests passed\*\* · /)
  })
  test('has a row for each stage, and its time only if it ran', () => {
    const stages = [
      { stage: 'test', state: 'passed', start: 0, duration: 3_100, detail: '5 passed' },
      { stage: 'build', state: 'failed', start: 0, duration: 900, detail: 'x' },
      { stage: 'smoke', state: 'not run', start: 0, duration: 0, detail: '' },
      { stage: 'publish', state: 'skipped', start: 0, duration: 0, detail: 'push is false' },
    ] as const
    const text = summaryMarkdown(createReport({ stages }))
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toEqual([
      '| Stage | Result | Time | Detail |',
      '| Test | ✅ passed | 3.1 s | 5 passed |',
      '| Build | ❌ failed | 900 ms | x |',
      '| Smoke | not run |  |  |',
      '| Publish | skipped |  | push is false |',
    ])
    expect(text).toContain('  section Test\n  3.1 s :done, 0, 3100\n  section Build\n  900 ms :crit, 0, 900\n```')
  })
  test.each([
    [700, '1second'],
    [8_000, '1second'],
    [17_000, '5second'],
    [95_000, '15second'],
    [1_500_000, '5minute'],
    [90_000_000, '120minute'],
  ])('of %d ms has a scale whose times are all different, few of them', (duration, step) => {
    const first = { stage: 'test', state: 'passed', start: 0, duration, detail: '' } as const
    const text = summaryMarkdown(createReport({ stages: [first, { ...first, stage: 'build' }] }))
    expect(text).toContain(`  tickInterval ${step}\n`)
  })
  test('of a push tells how to pull it', () => expect(summaryMarkdown(createReport())).toContain(`docker pull ghcr.io/acme/iris@${digest}`))
  test('of a merge has a row for each platform, and tells how to pull it', () => {
    const { image: _, tests: __, smoke: ___, ...rest } = createReport()
    const parts = [{ platform: 'linux/arm64', digest: 'sha256:a', tests: 'skipped', smoke: 'passed' }] as const
    const text = summaryMarkdown({ ...rest, merged: { digest, parts } })
    expect(text).toContain('| `linux/arm64` | skipped | passed | `sha256:a` |')
    expect(text).toContain(`docker pull ghcr.io/acme/iris@${digest}`)
  })
  test('of a run that did not push names the image', () =>
    expect(summaryMarkdown(createReport({ pushed: false }))).toContain(`Image \`${digest}\``))
  test('of a failure tells what happened, the proof and what to do, before anything else', () => {
    expect(summaryMarkdown(failing())).toMatch(
      /^### ML image: stopped at smoke .*\n\nGET \/health answers 503\.\n\n```text\nloading\n```\n\n\*\*Next:\*\* The server answers, but not/,
    )
  })
  test('of long proof shows an excerpt, and all of it folded', () => {
    const evidence = Array.from({ length: 40 }, (_, index) => `line ${index}`)
    const failure = failureReport('smoke', { code: 'container-exited', message: 'The container ended.', evidence })
    const text = summaryMarkdown(failing({ failure }))
    expect(text.slice(0, text.indexOf('**Next:**'))).not.toContain('line 20')
    expect(folded(text, 'All 40 lines')).toContain('line 20')
  })
  test('of a failure in a file leads to the line of the commit', () => {
    const at = { file: 'docker/Dockerfile', line: 4 }
    const failure = failureReport('build', { code: 'build-failed', message: 'No.', evidence: [], at })
    expect(summaryMarkdown(failing({ failure }))).toContain(`[\`docker/Dockerfile:4\`](${blob}/docker/Dockerfile#L4)`)
  })
  test('of a green run has nothing that is not asked for: one screen', () => {
    const lines = summaryMarkdown(createReport()).split('\n')
    expect(lines.length).toBeLessThan(40)
    expect(lines.filter((line) => line.startsWith('<details'))).toEqual(['<details><summary>Tags and digest</summary>'])
  })
  test('of a run that was ended from outside says what was under way, and that a push may have arrived', () => {
    const stages = [
      { stage: 'build', state: 'passed', start: 0, duration: 900, detail: 'x' },
      { stage: 'publish', state: 'stopped', start: 0, duration: 0, detail: 'under way' },
    ] as const
    const failure = failureReport('publish', { code: 'killed', message: 'Ended.', evidence: [] })
    const text = summaryMarkdown(failing({ failure, stages, unfinished: true }))
    expect(text).toMatch(/^### ML image: ended during publish \\\(killed\\\), what was pushed is not known\n/)
    expect(text).toContain('| Publish | stopped |  | under way |')
  })
  test('of a promoted image leads to the run that made it', () => {
    const run = 'https://github.com/acme/iris/actions/runs/42'
    const promoted = { digest, found: 'ghcr.io/acme/iris:sha-1f2e3d4', revision: commit, run }
    expect(summaryMarkdown(createReport({ promoted }))).toContain(`by [its run](${run}): nothing was run again.`)
  })
})

describe('failed tests', () => {
  const failures = Array.from({ length: 14 }, (_, index) => ({
    name: `tests/test_app::test_${index}`,
    message: `assert ${index}`,
    file: 'tests/test app.py',
    line: index + 1,
  }))
  const text = summaryMarkdown(failing({ tests: createTestReport({ failed: 14, failures }) }))
  test('stand open, each with a link to its line and what it says', () => {
    expect(folded(text, '14 failed tests')).toContain('<details open>')
    expect(folded(text, '14 failed tests')).toContain(
      `**\`tests/test_app::test_3\`** · [\`tests/test app.py:4\`](${blob}/tests/test%20app.py#L4)\n\n\`\`\`text\nassert 3\n\`\`\``,
    )
  })
  test('are folded behind the tenth', () => {
    expect(folded(text, '14 failed tests')).not.toContain('test_10')
    expect(folded(text, 'The next 4')).toContain('test_13')
  })
  test.each([['../../../evil/x.py'], ['/etc/passwd'], ['a//b.py'], ['./a.py']])(
    'without a link where the path leads elsewhere: %s',
    (file) => {
      const tests = createTestReport({ failed: 1, failures: [{ name: 'a', message: 'b', file, line: 1 }] })
      expect(summaryMarkdown(failing({ tests }))).not.toContain('/blob/')
    },
  )
})

describe('what is folded', () => {
  const layer = { digest, own: true, bytes: 2_000_000, instruction: 'COPY . .' } as const
  test('layers: the base as one row, what is new, and where it is made', () => {
    const size = {
      bytes: 64_500_000,
      previous: { reference: 'ghcr.io/acme/iris:latest', digest, bytes: 61_400_000 },
      layers: [
        { ...layer, own: false, bytes: 40_000_000, instruction: 'base', isNew: false },
        { ...layer, own: false, bytes: 9_000_000, instruction: 'base', isNew: false },
        {
          ...layer,
          bytes: 12_000_000,
          instruction: 'RUN pip install -r r.txt | tee log',
          isNew: false,
          at: { file: 'Dockerfile', line: 3 },
        },
        { ...layer, bytes: 3_500_000, isNew: true },
      ],
    }
    const text = summaryMarkdown(createReport({ size, source }))
    expect(text).toContain(' MB \\(\\+3.1 MB, \\+5.0 %\\)**')
    expect(folded(text, 'Layers: 64.5 MB compressed (+3.1 MB, +5.0 %)').split('\n').slice(4, 7)).toEqual([
      '| 49.0 MB |  | base image, 2 layers |  |',
      `| 12.0 MB |  | \`RUN pip install -r r.txt \\| tee log\` | [\`Dockerfile:3\`](${blob}/Dockerfile#L3) |`,
      '| 3.5 MB | new | `COPY . .` |  |',
    ])
  })
  test('latency and memory, by platform', () => {
    const warm = { calls: 100, failed: 0, concurrency: 1, p50: 4.1, p95: 6.5, p99: null } as const
    const measured = { coldStart: 1_900, firstPredict: 14, warm, peakMemory: 212_000_000 }
    const text = summaryMarkdown(
      createReport({
        smoke: createSmokeReport({
          measured,
          others: [{ ...createSmokeReport(), platform: 'linux/arm64', measured: { coldStart: 9_000 } }],
        }),
      }),
    )
    expect(folded(text, 'Latency and memory').split('\n').slice(4, 6)).toEqual([
      '|  | 1.9 s | 14 ms | 4.1 ms | 6.5 ms | failed | 100 | 212.0 MB |',
      '| `linux/arm64` | 9.0 s |  |  |  |  |  |  |',
    ])
  })
  test('samples, where there are several', () => {
    const one = { name: 's', source: 'given', from: 'x', method: 'POST', path: '/predict', status: 200, ms: 4, compared: true } as const
    const samples = [
      { ...one, result: 'passed' as const },
      { ...one, name: 't', result: 'failed' as const, why: 'status 500' },
    ]
    const text = folded(summaryMarkdown(createReport({ smoke: createSmokeReport({ samples }) })), 'Samples: 1 of 2 as expected')
    expect(text.split('\n').slice(4, 6)).toEqual([
      '| `t` | `POST /predict` | 200 | 4 ms | ❌ status 500 |',
      '| `s` | `POST /predict` | 200 | 4 ms | ✅ as expected |',
    ])
  })
  test('predictions that differ from those of another image, open', () => {
    const comparison = {
      ...{ with: 'ghcr.io/acme/iris:latest', model: 'changed' as const, samples: 3, differing: 1, ignored: [] },
      largest: { sample: 's', path: '$.p[0]', previous: 0.5, now: 0.75, delta: 0.25 },
    }
    const text = folded(summaryMarkdown(createReport({ smoke: createSmokeReport({ comparison }) })), 'Predictions: 1 of 3 differ')
    expect(text).toContain('<details open>')
    expect(text).toContain('| `s` | `$.p[0]` | `0.5` | `0.75` | +0.25 |')
  })
  test('of several changes ten, the gravest first', () => {
    const changes = Array.from({ length: 12 }, (_, at) => ({ sample: `s${at}`, path: '$.p', previous: '1', now: '2', delta: 12 - at }))
    const largest = { sample: 's0', path: '$.p', previous: 1, now: 2, delta: 12 }
    const comparison = { with: 'x:latest', model: 'changed' as const, samples: 12, differing: 12, ignored: [], largest, changes }
    const text = folded(summaryMarkdown(createReport({ smoke: createSmokeReport({ comparison }) })), 'Predictions: 12 of 12 differ')
    expect(text.split('\n').filter((line) => line.startsWith('| `s'))).toHaveLength(10)
    expect(text).toContain('| `s9` | `$.p` | `1` | `2` | +3 |')
    expect(text).toMatch(/2 more/)
  })
  test('metrics: what was asked of them, and what they were', () => {
    const requirements = [{ requirement: 'accuracy >= 0.9', name: 'accuracy', state: 'held', got: 0.95, bound: 0.9 }] as const
    const text = summaryMarkdown(createReport({ metrics: { file: 'm.json', metrics: { accuracy: 0.95 }, requirements } }))
    expect(folded(text, 'Metrics: 1 of 1 lines held')).toContain('| `accuracy >= 0.9` | 0.95 | 0.9 |  | ✅ held |')
  })
  test('the build: what its cache gave, and its slowest steps', () => {
    const { image } = createReport()
    if (!image) throw new Error('a report of a build has an image')
    const cache = { kind: 'gha', because: 'the runner gives it', importMs: 1_200 } as const
    const stepList = [{ name: '[2/3] RUN pip install', cached: false, ms: 12_300 }]
    const text = folded(
      summaryMarkdown(createReport({ image: { ...image, cache, stepList } })),
      'Build: 3 of 4 steps from the cache, 1 run',
    )
    expect(text).toContain('looked up in 1.2 s')
    expect(text).toContain('| 12.3 s | `[2/3] RUN pip install` |')
  })
  test('slow tests', () => {
    const slowest = [{ name: 'tests/test_app::test_a', seconds: 2.5 }]
    expect(folded(summaryMarkdown(createReport({ tests: createTestReport({ slowest }) })), 'Slowest tests')).toContain(
      '| 2.5 s | `tests/test_app::test_a` |',
    )
    const quick = [{ name: 'tests/test_app::test_a', seconds: 0.2 }]
    expect(summaryMarkdown(createReport({ tests: createTestReport({ slowest: quick }) }))).not.toContain('Slowest')
  })
  test('advice with its gain and its change, beside the checks of BuildKit', () => {
    const advice = [
      {
        rule: 'layer-order',
        message: 'Dependencies are installed after the code is copied.',
        why: 'Each change of code installs them anew.',
        at: { file: 'Dockerfile', line: 2 },
        fix: '-COPY . .\n+COPY requirements.txt .',
        gain: { kind: 'time', ms: 34_000 },
      },
    ] as const
    const url = 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/'
    const checks = [
      { rule: 'FromAsCasing', message: 'as and FROM', url, at: { file: 'Dockerfile', line: 1 } },
      { rule: 'Other', message: 'x', url: 'https://evil.example/' },
    ]
    const text = folded(summaryMarkdown(createReport({ advice, checks, source })), 'What could be better: 1 piece of advice, 2 checks')
    expect(text).toContain(
      `**Dependencies are installed after the code is copied.** · 34.0 s less · [\`Dockerfile:2\`](${blob}/Dockerfile#L2) · \`layer-order\``,
    )
    expect(text).toContain('```diff\n-COPY . .\n+COPY requirements.txt .\n```')
    expect(text).toContain(`- as and FROM · [\`Dockerfile:1\`](${blob}/Dockerfile#L1) · [\`FromAsCasing\`](${url})\n- x · \`Other\``)
  })
  test('what the search for secrets has left out', () => {
    const leaks = { layers: 3, files: 9, bytes: 1, leftOut: [{ layer: 'COPY a b', why: 'too large' }], advice: [], ignored: ['a:1'] }
    expect(folded(summaryMarkdown(createReport({ leaks })), 'Search for secrets: 2 remarks')).toContain(
      '- not looked at: COPY a b, too large',
    )
  })
})

describe('where all does not fit, the least is left out first', () => {
  const long = '<'.repeat(1_200_000)
  const failures = Array.from({ length: 10_000 }, () => ({ name: long, message: long }))
  const red = failing({
    failure: failureReport('test', { code: 'tests-failed', message: long, evidence: Array.from({ length: 500 }, () => long) }),
    tests: createTestReport({ failures, slowest: Array.from({ length: 99 }, () => ({ name: long, seconds: 9 })) }),
    notices: Array.from({ length: 500 }, () => long),
    stages: [{ stage: 'test', state: 'failed', start: 0, duration: 1, detail: long }],
    checks: Array.from({ length: 500 }, () => ({ rule: long, message: long })),
    leaks: { layers: 1, files: 1, bytes: 1, leftOut: [], advice: Array.from({ length: 500 }, () => long), ignored: [] },
  })
  const text = summaryMarkdown(red)
  test('and what happened never', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(920 << 10)
    expect(text).toMatch(/^### ML image: stopped at test \\\(tests-failed\\\), nothing was pushed\n/)
    expect(text).toContain('**Next:** Mend the tests named above')
    expect(text).toContain('10000 failed tests')
  })
  test('and it is said what', () => expect(text).toMatch(/\n> Shortened or left out, as a summary has room for 1 MiB: slow tests, .*\n$/))
})

test('what was attested is a link where GitHub has it', () => {
  const url = 'https://github.com/acme/iris/attestations/7'
  const attested = [
    { about: 'tests' as const, subject: 'a' },
    { about: 'smoke' as const, subject: 'b', url },
  ]
  expect(summaryMarkdown(createReport({ attested }))).toContain(`Attested: tests, [smoke](${url})`)
  expect(summaryMarkdown(createReport())).not.toContain('ttested')
})
