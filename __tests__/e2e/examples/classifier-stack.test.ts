import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { createJob, example } from '../action.ts'
import { expectGreen } from './green.ts'
import { forkPull, openShipyard, type Shipped, type Shipyard } from './ship.ts'
import { bringUp, until } from './stack.ts'

const ours = 'io.github.ml-image-action'
const names = [
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/classifier-stack',
  'acme.azurecr.io/classifier-stack',
  'docker.io/acme/classifier-stack',
  'europe-west1-docker.pkg.dev/acme-models/images/classifier-stack',
  'gcr.io/acme-models/classifier-stack',
  'ghcr.io/acme/classifier-stack',
]
let yard: Shipyard
let shipped: Shipped
beforeAll(async () => {
  yard = await openShipyard('classifier-stack')
  shipped = await yard.ship()
})
afterAll(() => yard[Symbol.dispose]())

type Asked = Readonly<{ digest: string | null; body: Readonly<Record<string, unknown>> }>

/** What the registry answers with for a manifest or a blob. */
async function ask(path: string): Promise<Asked> {
  const { host, username, password } = yard.registry
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const accept = 'application/vnd.oci.image.manifest.v1+json'
  const answer = await fetch(`http://${host}/v2/${path}`, { headers: { authorization, accept } })
  return { digest: answer.headers.get('docker-content-digest'), body: (await answer.json()) as Asked['body'] }
}

test('a push to main: one build, one digest, six registries', async () => {
  expectGreen(shipped)
  const tags = ['latest', `sha-${shipped.sha.slice(0, 7)}`]
  expect(shipped.tags).toEqual(names.flatMap((name) => tags.map((tag) => `${name}:${tag}`)))
  const digests = await Promise.all(shipped.tags.map(async (tag) => (await ask(tag.replace(/:([^:]+)$/, '/manifests/$1'))).digest))
  expect(new Set(digests)).toEqual(new Set([shipped.digest]))
  expect(shipped.steps.map(({ job }) => job)).toEqual(['image'])
  expect(shipped.lines.filter(({ msg }) => msg?.startsWith('Build: sha256:'))).toHaveLength(1)
})

test('its tests ran, and it answers with Redis beside it as its samples say', () => {
  expect(JSON.parse(shipped.outputs['tests'] ?? '{}')).toMatchObject({ tests: 19 })
  const { predict, samples } = JSON.parse(shipped.outputs['smoke'] ?? '{}') as {
    predict: { body: string }
    samples: readonly { name: string; result: string }[]
  }
  expect(JSON.parse(predict.body)).toMatchObject({ prediction: 0 })
  expect(samples.map(({ result }) => result)).toEqual(Array(6).fill('passed'))
  expect(shipped.log).toMatch(/Container ml-image-\w+-redis-1 +Healthy/)
  expect(shipped.log).not.toMatch(/Container ml-image-\w+-(mlflow|prometheus|grafana)/)
})

test('the version of the model is in the environment and the labels of the image', async () => {
  const { body } = await ask(`acme.azurecr.io/classifier-stack/manifests/${shipped.digest}`)
  const { digest } = body['config'] as { digest: string }
  const { config } = (await ask(`acme.azurecr.io/classifier-stack/blobs/${digest}`)).body as {
    config: { Env: readonly string[]; Labels: Readonly<Record<string, string>>; User: string }
  }
  expect(config).toMatchObject({ User: 'appuser', Env: expect.arrayContaining(['MODEL_VERSION=v2']) })
  expect(config.Labels).toMatchObject({ [`${ours}.model.version`]: 'v2', [`${ours}.model.file`]: 'models/model.pkl' })
})

test('each of the six has a login, and none by a password', async () => {
  const workflow = parse(readFileSync(join(example('classifier-stack'), '.github', 'workflows', 'image.yml'), 'utf8')) as {
    jobs: { image: { steps: readonly { with?: Readonly<Record<string, string>> }[] } }
  }
  const given = workflow.jobs.image.steps.at(-1)?.with ?? {}
  expect(given).not.toHaveProperty('password')
  using job = createJob(example('classifier-stack'))
  const inputs = { ...given, images: given['images']?.replace('${{ github.repository }}', 'acme/classifier-stack') ?? '' }
  const { outputs } = await job.main(
    { ...inputs, 'dry-run': 'true', 'github-token': 'ghs_0123456789' },
    {
      // What GitHub gives a job with id-token: write, the workflow's own env, and what the steps before leave.
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.actions.githubusercontent.com/',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runtime',
      AZURE_CLIENT_ID: 'client',
      AZURE_TENANT_ID: 'tenant',
      DOCKERHUB_OIDC_CONNECTIONID: '123e4567-e89b-42d3-a456-426614174000',
      GOOGLE_APPLICATION_CREDENTIALS: join(job.workspace, 'gha-creds-1.json'),
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
      AWS_REGION: 'eu-west-1',
    },
  )
  const google = expect.stringContaining("by the job's Google credentials")
  expect(JSON.parse(outputs['plan'] ?? '{}')).toMatchObject({
    logins: {
      'docker.io': "as acme, by the job's ID token",
      'gcr.io': google,
      'europe-west1-docker.pkg.dev': google,
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com': "to ECR by the job's AWS credentials",
      'acme.azurecr.io': 'by the application client of Microsoft Entra',
      'ghcr.io': 'as octocat (github-token)',
    },
  })
})

test('the image in its stack: Prometheus finds as many of it as there are, with the version of their model', async () => {
  using stack = bringUp(yard.folder, 'ml-api', shipped, { 'ml-api': 2, prometheus: 1 }, { prometheus: 9090 })
  const query = `${stack.url('prometheus', 9090)}/api/v1/query?query=model_info`
  const ask = async () => {
    const { data } = (await (await fetch(query)).json()) as { data: { result: readonly { metric: Readonly<Record<string, string>> }[] } }
    return data.result.map(({ metric: { __name__: name, job, version } }) => ({ name, job, version }))
  }
  const each = { name: 'model_info', job: 'ml-api', version: 'v2' }
  expect(await until(ask, (found) => found.length === 2, 60_000)).toEqual([each, each])
})

test('a pull request: a job that may only read runs every gate, and pushes nothing', async () => {
  const pull = await yard.ship(forkPull)
  expect({ exitCode: pull.exitCode, log: pull.exitCode === 0 ? '' : pull.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  expect(pull.steps.map(({ job, outputs }) => [job, outputs['result'], outputs['pushed']])).toEqual([['check', 'passed', 'false']])
  expect({ tags: pull.tags, writes: pull.writes }).toEqual({ tags: shipped.tags, writes: shipped.writes })
})
