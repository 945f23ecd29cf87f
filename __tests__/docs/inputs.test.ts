import { rootCertificates } from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { allSnippets, kindOf, workflowOf } from '../../script/snippets.ts'
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
    .replace(/\$\{\{ *(.+?) *\}\}/g, (_, name: string) => values.find(([pattern]) => pattern.test(name))?.[1] ?? `NO VALUE FOR ${name}`)
    .replace('sha256:...', digest)
const texts = (of: Readonly<Record<string, unknown>> = {}) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, evaluated(String(value))]))

const steps = allSnippets()
  .filter((snippet) => kindOf(snippet) !== 'samples')
  .flatMap((snippet) =>
    Object.values((parse(workflowOf(snippet)) as Workflow).jobs)
      .flatMap((job) => job.steps)
      .filter(({ uses = '' }) => uses.startsWith('org/ml-image-action@'))
      .map((step, index) => [`${snippet.file}:${snippet.line}, ${index}`, step] as const),
  )

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

describe('the action takes the step of every block of the documents', () => {
  test.each(steps)('%s', (_, step) => {
    const env = { RUNNER_TEMP: '/temp', ...texts(step.env) }
    const given = texts(step.with)
    expect(Object.values({ ...given, ...env }).filter((text) => text.includes('NO VALUE FOR'))).toEqual([])
    expect(problemsOf(given, { files, env, parseYaml: (yaml) => parse(yaml) as unknown })).toEqual([])
  })
})
