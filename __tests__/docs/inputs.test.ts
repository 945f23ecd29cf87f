import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { allSnippets, exampleWorkflows, kindOf, workflowOf } from '../../script/snippets.ts'
import { problemsOf, workspaceFiles } from '../inputs/reading.ts'

type Step = Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>>; env?: Readonly<Record<string, unknown>> }>
type Workflow = Readonly<{ jobs: Readonly<Record<string, Readonly<{ steps: readonly Step[] }>>> }>

const digest = `sha256:${'9'.repeat(64)}`
/** What stands for an expression of the runner. */
const values: readonly (readonly [RegExp, string])[] = [
  [/^github\.repository$/, 'acme/iris'],
  [/^github\.workspace$/, '/repo'],
  [/^runner\.temp$/, '/temp'],
  [/^(matrix|steps)\.(service|buildx\.outputs\.name)$/, 'iris'],
  [/^steps\.published\.outputs\.image$/, `ghcr.io/acme/iris@${digest}`],
  [/^github\.event_name == 'pull_request' && 'false' \|\| 'digest'$/, 'digest'],
  [/^vars\.DOCKERHUB_OIDC_CONNECTIONID$/, '6b5f1c1e-58d5-4f6c-9f0e-1f2e3d4c5b6a'],
  [/^(secrets|vars)\./, 'sesame-open'],
]
const evaluated = (text: string) =>
  text
    .replace(/\$\{\{ *(.+?) *\}\}/g, (_, name: string) => values.find(([pattern]) => pattern.test(name))?.[1] ?? 'x')
    .replace('sha256:...', digest)
const texts = (of: Readonly<Record<string, unknown>> = {}) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, evaluated(String(value))]))

const root = join(import.meta.dirname, '..', '..')

/** The workflows of the documents, and those of the examples. */
const workflows = [
  ...allSnippets().flatMap((snippet) =>
    kindOf(snippet) === 'samples' ? [] : [{ file: snippet.file, at: `:${snippet.line}`, text: workflowOf(snippet) }],
  ),
  ...exampleWorkflows().map((file) => ({ file, at: '', text: readFileSync(join(root, file), 'utf8') })),
]
const steps = workflows.flatMap(({ file, at, text }) =>
  Object.values((parse(text) as Workflow).jobs)
    .flatMap((job) => job.steps)
    .filter(({ uses = '' }) => uses.startsWith('org/ml-image-action@'))
    .map((step, index) => [`${file}${at}, ${index + 1}`, file, step] as const),
)

/** What an example has, as a checkout of it would. */
function filesOf(example: string): Readonly<Record<string, string>> {
  const folder = join(root, 'examples', example)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const found = statSync(join(folder, path), { throwIfNoEntry: false })
    return found?.isFile() && found.size < 100_000
  })
  return Object.fromEntries(paths.map((path) => [`/repo/${path}`, readFileSync(join(folder, path), 'utf8')]))
}

/** Files that the steps name are the reader's own. */
const files = {
  ...workspaceFiles,
  '/repo/services/iris/Dockerfile': 'FROM scratch\n',
  '/repo/certs/corp.pem': rootCertificates[0] ?? '',
  '/repo/docker-compose.yml': '',
  '/repo/image/index.json': '{}',
  '/repo/sample.json': '{"features": [5.1, 3.5, 1.4, 0.2]}',
  '/repo/tests/sample.json': '{"features": [5.1, 3.5, 1.4, 0.2]}',
  '/repo/tests/golden.yaml': '- request: { body: { features: [5.1, 3.5, 1.4, 0.2] } }',
}

describe('the action takes the step of every block of the documents, and of the workflow of every example', () => {
  test.each(steps)('%s', (_, file, step) => {
    const [, example] = /^examples\/([^/]+)\//.exec(file) ?? []
    const problems = problemsOf(texts(step.with), {
      files: example === undefined ? files : filesOf(example),
      env: { RUNNER_TEMP: '/temp', ...texts(step.env) },
      parseYaml: (yaml) => parse(yaml) as unknown,
    })
    expect(problems).toEqual([])
  })
})
