import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { act, commitAll, installAction, type Line } from './act.ts'
import { fixture } from './action.ts'

/** The inputs of each job beside where the image goes; the tests come first where they decide alone. */
const jobs = {
  green: { test: 'false' },
  tests: { 'test-env': 'VERDICT=red', 'test-first': 'true' },
  build: { test: 'false', 'build-args': 'STEP=false' },
  smoke: { test: 'false', 'build-args': 'MODE=wrong' },
  // As the runner does it, to the process of the step.
  cancelled: { 'test-requirements': 'none', 'test-command': 'kill -INT $PPID; sleep 60', 'test-first': 'true' },
  fork: { test: 'false' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

let registry: Registry
let root: string
let folder: string
let sha: string
beforeAll(async () => {
  registry = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'ml-image-report-'))
  installAction(root)
  folder = join(root, 'model')
  cpSync(fixture('service'), folder, { recursive: true })
  const common = {
    username: registry.username,
    password: '${{ secrets.REGISTRY_PASSWORD }}',
    'predict-body': '{"features": [1]}',
    'predict-expect': '{"prediction": 0}',
    // Whoever has built it before: what is cached is not the same everywhere.
    cache: 'none',
  }
  // Each has a name of its own: with none of the others before it.
  const step = (name: string, inputs: object) => ({
    uses: 'org/ml-image-action@v1',
    with: { images: `${registry.host}/acme/image-${name}`, ...common, ...inputs },
  })
  const workflow = {
    name: 'report',
    on: ['push', 'pull_request'],
    jobs: Object.fromEntries(
      Object.entries(jobs).map(([name, inputs]) => [
        name,
        { 'runs-on': 'ubuntu-latest', steps: [{ uses: 'actions/checkout@v5' }, step(name, inputs)] },
      ]),
    ),
  }
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
  // JSON is YAML.
  writeFileSync(join(folder, '.github', 'workflows', 'report.yml'), JSON.stringify(workflow))
  sha = commitAll(folder, 'acme/model')
})
afterAll(() => {
  registry.stop()
  rmSync(root, { recursive: true, force: true })
})

/** A text without what is different from run to run: times, sizes, digests, where the registry is. */
function settled(text: string): string {
  return (
    text
      .replaceAll(registry.host, 'REGISTRY')
      .replace(/acme\/image-[a-z]+/g, 'acme/image')
      .replaceAll(sha, 'COMMIT')
      .replaceAll(sha.slice(0, 7), 'SHORT')
      .replace(/sha256:([0-9a-f]{64}|[0-9a-f]{12}…)/g, 'DIGEST')
      .replace(/\b\d+m \d+s\b|\b\d+(\.\d+)? m?s\b/g, 'TIME')
      .replace(/\b\d+(\.\d+)? (MB|kB|B)\b/g, 'SIZE')
      .replace(/:(done|crit|active), \d+, \d+/g, ':$1, FROM, TO')
      .replace(/tickInterval \d+(second|minute)$/gm, 'tickInterval STEP')
      .replace(/\b\d+([ /]|\sof\s)\d+ steps/g, 'N steps')
      .replace(/base image, \d+ layers/g, 'base image, N layers')
      // As many calls as there was time for.
      .replace(/\| \d+ \| SIZE \|/g, '| CALLS | SIZE |')
      // Layers that an image of another of these jobs has are not searched again.
      .replace(/no secret in [^|]*/g, 'no secret ')
  )
}

type Told = Readonly<{ exitCode: number | null; annotations: readonly string[]; summary: readonly string[] }>

/** Runs one job, and gives what a reader gets of it. */
function run(job: keyof typeof jobs, event = 'push', payload: object = {}): Told {
  const repository = { full_name: 'acme/model', default_branch: 'main' }
  const ran = act(root, folder, event, { ref: 'refs/heads/main', repository, ...payload }, registry.password, ['--job', job])
  const isAnnotation = ({ command }: Line) => command === 'error' || command === 'warning' || command === 'notice'
  const annotations = ran.lines.filter(isAnnotation).map(({ command, kvPairs = {}, arg = '' }) => {
    const place = kvPairs['file'] === undefined ? '' : ` ${kvPairs['file']}:${kvPairs['line']}`
    // As it was written: act takes the last `::` of a line for the end of the title, the runner the first.
    return settled(`${command}${place} ${kvPairs['title'] ?? ''}::${arg}`)
  })
  const summaries = ran.lines.filter(({ command }) => command === 'summary').map(({ content = '' }) => settled(content))
  return { exitCode: ran.exitCode, annotations, summary: summaries.join('\n+++\n').split('\n') }
}

const stageTable = (...rows: readonly string[]) => ['| Stage | Result | Time | Detail |', '|:--|:--|--:|:--|', ...rows, '']
const timeline = (...bars: readonly (readonly [stage: string, kind: string])[]) => [
  ...['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', '  tickInterval STEP'],
  ...bars.flatMap(([stage, kind]) => [`  section ${stage}`, `  TIME :${kind}, FROM, TO`]),
  ...['```', ''],
]
const notRun = (...stages: readonly string[]) => stages.map((stage) => `| ${stage} | not run |  |  |`)
const untested = '| Test | skipped |  | test: false |'
const built = '| Build | ✅ passed | TIME | DIGEST, SIZE, N steps cached |'
const searched = '| Inspect | ✅ passed | TIME | no secret |'
const smoked = '| Smoke | ✅ passed | TIME | /health 200 after TIME, /predict 200 in TIME, as expected |'
const allFigures = [
  ...[
    'cache N steps',
    'image SIZE',
    '/health 200 in TIME',
    '/predict 200, TIME',
    'cold start TIME',
    'warm p50 TIME, p95 TIME',
    'memory SIZE',
  ],
]
  .map((figure) => `**${figure}**`)
  .join(' · ')
const latency = [
  '<details><summary>Latency and memory</summary>',
  '',
  '| Cold start | First prediction | Warm p50 | p95 | p99 | Calls | Peak memory |',
  '|--:|--:|--:|--:|--:|--:|--:|',
  '| TIME | TIME | TIME | TIME | TIME | CALLS | SIZE |',
  '',
  '</details>',
  '',
]

const layers = [
  ...['<details><summary>Layers: SIZE compressed</summary>', '', '| Size |  | Layer | At |', '|--:|:--|:--|:--|'],
  '| SIZE |  | base image, N layers |  |',
  '| SIZE |  | `RUN $STEP` | [`Dockerfile:3`](https://github.com/acme/model/blob/COMMIT/Dockerfile#L3) |',
  '| SIZE |  | `COPY server.py .` | [`Dockerfile:6`](https://github.com/acme/model/blob/COMMIT/Dockerfile#L6) |',
  ...['', '</details>', ''],
]

describe('what a reader of a run gets: its annotations and its summary, and nothing else', () => {
  test('green: what was shipped', () => {
    expect(run('green')).toEqual({
      exitCode: 0,
      annotations: [],
      summary: [
        ...['### ML image: pushed REGISTRY/acme/image:sha-SHORT in TIME', '', allFigures, ''],
        ...stageTable(untested, built, searched, smoked, '| Publish | ✅ passed | TIME | 2 tags, DIGEST |'),
        ...timeline(['Build', 'done'], ['Inspect', 'done'], ['Smoke', 'done'], ['Publish', 'done']),
        ...['<details><summary>Tags and digest</summary>', '', '```text', 'docker pull REGISTRY/acme/image@DIGEST', ''],
        ...['REGISTRY/acme/image:sha-SHORT', 'REGISTRY/acme/image:latest', '```', '', '</details>', ''],
        ...layers,
        ...latency,
      ],
    })
  })

  test('a test is red: where it is, and what it says', () => {
    const failed = "AssertionError: assert 'red' == 'green'"
    expect(run('tests')).toEqual({
      exitCode: 1,
      annotations: [
        `error ML image: test tests-failed::1 of 2 tests failed.\n  tests/test_service::test_verdict: ${failed}\nMend the tests named above; the image was not published.`,
        `error tests/test_service.py:10 tests/test_service::test_verdict::${failed}\n  \n  - green\n  + red`,
      ],
      summary: [
        ...['### ML image: stopped at test \\(tests-failed\\), nothing was pushed', '', '1 of 2 tests failed.', ''],
        ...['```text', `tests/test_service::test_verdict: ${failed}`, '```', ''],
        ...['**Next:** Mend the tests named above; the image was not published.', '', '**1 of 2 tests passed**', ''],
        ...stageTable(
          '| Test | ❌ failed | TIME | tests-failed: 1 of 2 tests failed. |',
          ...notRun('Build', 'Inspect', 'Smoke', 'Publish'),
        ),
        ...['<details open><summary>1 failed test</summary>', ''],
        '**`tests/test_service::test_verdict`** · [`tests/test_service.py:10`](https://github.com/acme/model/blob/COMMIT/tests/test_service.py#L10)',
        ...['', '```text', failed, '  ', '  - green', '  + red', '```', '', '</details>', ''],
      ],
    })
  })

  test('the build is red: at its line of the Dockerfile', () => {
    expect(run('build')).toEqual({
      exitCode: 1,
      annotations: [
        'error Dockerfile:3 ML image: build build-failed::[2/3] RUN false: exit code: 1\nMend the Dockerfile step shown above.',
      ],
      summary: [
        ...['### ML image: stopped at build \\(build-failed\\), nothing was pushed', '', '\\[2/3\\] RUN false: exit code: 1', ''],
        ...['[`Dockerfile:3`](https://github.com/acme/model/blob/COMMIT/Dockerfile#L3)', ''],
        ...['**Next:** Mend the Dockerfile step shown above.', ''],
        ...stageTable(
          untested,
          '| Build | ❌ failed | TIME | build-failed: \\[2/3\\] RUN false: exit code: 1 |',
          ...notRun('Inspect', 'Smoke', 'Publish'),
        ),
      ],
    })
  })

  test('the smoke test is red: what was expected, what was got, what to do', () => {
    const proof = [
      ...['path          expected  got  delta', '$.prediction  0         1    +1', 'POST /predict {"features": [1]}'],
      'answered 200: {"prediction": 1, "probability": 0.97, "n": 1}',
    ]
    const next = 'The model answers something else than is expected: a changed model, or an expectation that needs to move with it.'
    expect(run('smoke')).toEqual({
      exitCode: 1,
      annotations: [
        [
          'error ML image: smoke predict-mismatch::POST /predict: $.prediction is 1, expected 0.',
          ...proof.map((line) => `  ${line}`),
          next,
        ].join('\n'),
      ],
      summary: [
        ...['### ML image: stopped at smoke \\(predict-mismatch\\), nothing was pushed', ''],
        ...['POST /predict: \\$.prediction is 1, expected 0.', '', '```text', ...proof, '```', '', `**Next:** ${next}`, ''],
        ...['**cache N steps** · **image SIZE**', ''],
        ...stageTable(
          untested,
          built,
          searched,
          '| Smoke | ❌ failed | TIME | predict-mismatch: POST /predict: \\$.prediction is 1, expected 0. |',
          ...notRun('Publish'),
        ),
        ...timeline(['Build', 'done'], ['Inspect', 'done'], ['Smoke', 'crit']),
        ...['Image `DIGEST`', ''],
        ...layers,
      ],
    })
  })

  test('cancelled: at which stage, and that nothing is left', () => {
    const next = 'The run was cancelled; everything it made has been removed.'
    expect(run('cancelled')).toEqual({
      exitCode: 1,
      annotations: [`error ML image: test cancelled::The run was cancelled.\n${next}`],
      summary: [
        ...['### ML image: stopped at test \\(cancelled\\), nothing was pushed', '', 'The run was cancelled.', '', `**Next:** ${next}`, ''],
        ...stageTable('| Test | stopped | TIME | stopped |', ...notRun('Build', 'Inspect', 'Smoke', 'Publish')),
      ],
    })
  })

  test('of a fork: all gates, and why nothing was pushed', () => {
    const pull = {
      number: 7,
      head: { ref: 'fix', sha, repo: { full_name: 'stranger/fork' } },
      base: { ref: 'main' },
      user: { login: 'stranger' },
    }
    const why = 'the code comes from a fork, which gets no credentials'
    expect(run('fork', 'pull_request', { number: 7, pull_request: pull })).toEqual({
      exitCode: 0,
      annotations: [],
      summary: [
        ...[`### ML image: gates passed in TIME, REGISTRY/acme/image not pushed: ${why}`, '', allFigures, ''],
        ...stageTable(untested, built, searched, smoked, `| Publish | skipped |  | ${why} |`),
        ...timeline(['Build', 'done'], ['Inspect', 'done'], ['Smoke', 'done']),
        ...['Image `DIGEST`', ''],
        ...layers,
        ...latency,
      ],
    })
  })
})
