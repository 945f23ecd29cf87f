import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { imagesBehind } from '../../script/example.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { allSnippets, kindOf, workflowOf } from '../../script/snippets.ts'
import { act, commitAll, installAction, type Line } from './act.ts'
import { docker, fixture } from './action.ts'
import { type Documented, documented, isOurs, type Job, type Lack, lackOf, type Step, stepsOf, type Workflow } from './documented.ts'
import { installStandIns } from './stand-in-actions.ts'

/** Blocks that are planned and not run, and why. A new block can be run, or is written down here. */
const planned: Readonly<Record<string, Lack>> = {
  'README.md, Built in one job, published in another': 'what jobs of the reader have made',
  'README.md, Platforms and builders': 'a machine of another kind',
  'README.md, What runs around the container (2)': 'a tool or an image from the net',
  'docs/attestations.md, Attestations': 'a cloud, or an identity that GitHub gives',
  'docs/attestations.md, The build itself': 'an action of another vendor',
  'docs/fan-out.md, By digests of your own': 'a machine of another kind',
  'docs/fan-out.md, Several machines, one image': 'a machine of another kind',
  'docs/hand-over.md, An image of another tool': 'what jobs of the reader have made',
  'docs/migrating.md, Inputs of setup-buildx-action': 'an action of another vendor',
  'docs/migrating.md, Theirs, and ours': 'an action of another vendor',
  'docs/recipes.md, A GPU': 'a machine of another kind',
  'docs/recipes.md, A private index': 'a package index of a company',
  'docs/recipes.md, A runner of your own': 'several registries with a login each',
  'docs/recipes.md, Lambda, SageMaker, Vertex': 'a cloud, or an identity that GitHub gives',
  'docs/recipes.md, Lambda, SageMaker, Vertex (2)': 'a cloud, or an identity that GitHub gives',
  'docs/recipes.md, Lambda, SageMaker, Vertex (3)': 'a cloud, or an identity that GitHub gives',
  'docs/recipes.md, Where the scanner goes': 'a tool or an image from the net',
  'docs/registries.md, Amazon ECR and ECR Public': 'a cloud, or an identity that GitHub gives',
  'docs/registries.md, Azure Container Registry': 'a cloud, or an identity that GitHub gives',
  'docs/registries.md, Docker Hub (2)': 'a cloud, or an identity that GitHub gives',
  'docs/registries.md, Google Artifact Registry and gcr.io': 'a cloud, or an identity that GitHub gives',
  'docs/registries.md, Several registries': 'several registries with a login each',
  'docs/troubleshooting.md, `tests-install-failed` (2)': 'a package index of a company',
}

const all = documented()
const runs = all.filter(({ workflow }) => lackOf(workflow) === undefined)
const plans = all.filter(({ workflow }) => lackOf(workflow) !== undefined)
/** Blocks on an image that is published already. */
const isLater = ({ workflow }: Documented) => /@sha256:|imagetools inspect/.test(JSON.stringify(workflow))

/** What a block does: those that differ in names, logins and events alone are run once. */
function deedOf({ workflow: { jobs } }: Documented): string {
  const deeds = Object.values(jobs).map(({ strategy = '', steps }) => {
    const done = steps.map((step) => {
      const { username = '', password: _, registry: __, images, ...inputs } = step.with ?? {}
      return isOurs(step) ? [String(images).split('\n').length, username !== '', step.env ?? {}, inputs] : [step.uses, step.run]
    })
    return [strategy, done]
  })
  return JSON.stringify(deeds)
}

const triggers = ['push', 'pull_request', 'schedule'] as const
type Trigger = (typeof triggers)[number]
function triggerOf(block: Documented): Trigger {
  if (isLater(block)) return 'schedule'
  const { on } = block.workflow
  const names = typeof on === 'string' ? [on] : Object.keys(on as object)
  return triggers.find((name) => names.includes(name)) ?? 'push'
}

/** Each deed once, by the name that its workflow has here. */
const deeds = new Map<string, Readonly<{ name: string; block: Documented }>>()
for (const block of runs) {
  const deed = deedOf(block)
  if (!deeds.has(deed)) deeds.set(deed, { name: `run-${deeds.size}`, block })
}

let registry: Registry
let root: string
let folder: string

/** A workflow with each of its steps changed. A job that has none left goes. */
function changed({ jobs }: Workflow, name: string, change: (step: Step) => readonly Step[]): object {
  const kept = Object.entries(jobs).flatMap(([id, job]): [string, Job][] => {
    const steps = job.steps.flatMap(change)
    return steps.length > 0 ? [[id, { ...job, 'runs-on': 'ubuntu-latest', steps }]] : []
  })
  return { name, jobs: Object.fromEntries(kept) }
}

/** A step with the registry of this test in the place of all it names; `digest` is that of an image that is there already. */
function here(step: Step, name: string, digest = ''): Step {
  if (step.env?.['IMAGE'] === 'ghcr.io/acme/iris')
    return { ...step, env: { IMAGE: `${registry.host}/earlier/iris`, DOCKER_CONFIG: join(root, 'docker') } }
  if (!isOurs(step)) return step
  const { images, from, registry: _, ...inputs } = step.with ?? {}
  const changes = {
    images: imagesBehind(`${registry.host}/${name}`, String(images)),
    username: registry.username,
    password: inputs['password'] ?? '${{ secrets.REGISTRY_PASSWORD }}',
    ...(from !== undefined && { from: String(from).replace(/^.*@sha256:\.\.\.$/, `${registry.host}/earlier/iris@${digest}`) }),
  }
  return { ...step, uses: 'org/ml-image-action@v1', with: { ...inputs, ...changes } }
}

/** A step as it is planned: with the names it has, and nothing beside it. */
function plan(step: Step): readonly Step[] {
  if (isOurs(step)) return [{ ...step, uses: 'org/ml-image-action@v1', with: { ...step.with, 'dry-run': 'true' } }]
  return step.uses?.startsWith('actions/checkout@') ? [step] : []
}

const repository = { full_name: 'acme/model', default_branch: 'main' }
const payloads: Readonly<Record<Trigger, object>> = {
  push: { ref: 'refs/heads/main', repository },
  pull_request: {
    number: 7,
    pull_request: {
      number: 7,
      head: { ref: 'fix', sha: 'a'.repeat(40), repo: repository },
      base: { ref: 'main' },
      user: { login: 'octocat' },
    },
    repository,
  },
  schedule: { schedule: '17 3 * * *', repository },
}

/** Runs workflows beside each other. */
function runAll(trigger: Trigger, workflows: readonly object[]): readonly Line[] {
  const path = join(root, 'workflows', trigger)
  mkdirSync(path, { recursive: true })
  // JSON is YAML.
  for (const [at, workflow] of workflows.entries()) writeFileSync(join(path, `${at}.yml`), JSON.stringify({ on: trigger, ...workflow }))
  const text = JSON.stringify(all)
  const named = (kind: string) => new Set([...text.matchAll(new RegExp(`\\b${kind}\\.([A-Z_]+)`, 'g'))].map(([, name = '']) => name))
  return act(root, folder, trigger, payloads[trigger], registry.password, [
    ...['--workflows', path],
    ...[...named('secrets')].flatMap((name) => ['--secret', `${name}=${registry.password}`]),
    ...[...named('vars')].flatMap((name) => ['--var', `${name}=${name.endsWith('_USERNAME') ? registry.username : randomUUID()}`]),
    ...installStandIns(
      root,
      all.flatMap(({ workflow }) => stepsOf(workflow)).flatMap(({ uses = [] }) => uses),
    ),
  ]).lines
}

/** A workflow on the samples that a document shows. */
const samples = allSnippets()
  .filter((snippet) => kindOf(snippet) === 'samples')
  .map((snippet, at): Readonly<{ name: string; path: string; text: string; workflow: Workflow }> => {
    const path = `tests/shown-${at}.yaml`
    const workflow = parse(workflowOf({ ...snippet, text: `samples: ${path}\n` })) as Workflow
    return { name: `samples-${at}`, path, text: snippet.text, workflow }
  })

let lines: readonly Line[] = []
beforeAll(async () => {
  registry = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'ml-image-snippets-'))
  installAction(root)
  const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
  mkdirSync(join(root, 'docker'))
  writeFileSync(join(root, 'docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))
  folder = join(root, 'model')
  cpSync(fixture('documented'), folder, { recursive: true })
  for (const service of ['churn', 'iris', 'sentiment'])
    cpSync(fixture('documented'), join(folder, 'services', service), { recursive: true })
  for (const { path, text } of samples) for (const name of [path, 'tests/golden.yaml']) writeFileSync(join(folder, name), text)
  commitAll(folder, 'acme/model')

  const whole = (trigger: Trigger, digest?: string) =>
    [...deeds.values()]
      .filter(({ block }) => triggerOf(block) === trigger)
      .map(({ name, block }) => changed(block.workflow, name, (step) => [here(step, name, digest)]))
  const [first = all[0]] = runs
  const pushed = runAll('push', [
    ...whole('push'),
    ...samples.map(({ name, workflow }) => changed(workflow, name, (step) => [here(step, name)])),
    ...plans.map(({ workflow }, at) => changed(workflow, `plan-${at}`, plan)),
    changed(first?.workflow as Workflow, 'earlier', (step) => [here({ ...step, with: { ...step.with, images: 'iris' } }, 'earlier')]),
  ])
  const { arg: digest = '' } =
    pushed.find(({ job = '', command, name }) => job.startsWith('earlier/') && command === 'set-output' && name === 'digest') ?? {}
  lines = [...pushed, ...runAll('pull_request', whole('pull_request')), ...runAll('schedule', whole('schedule', digest))]
}, 900_000)
afterAll(() => {
  registry.stop()
  rmSync(root, { recursive: true, force: true })
  // With push: false the image stays.
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}')
    .split('\n')
    .filter((name) => name.startsWith(`${registry.host}/`))
  if (left.length > 0) docker('image', 'rm', ...left)
})

/** What act said of a workflow: which of its jobs went wrong, and what each said of an output of ours, once if all the same. */
function toldOf(name: string, output: string) {
  const its = lines.filter(({ job = '' }) => job.startsWith(`${name}/`))
  const results = [...new Set(its.flatMap(({ jobResult = [] }) => jobResult))]
  const errors = its.flatMap(({ command, arg = '' }) => (command === 'error' ? [arg] : []))
  const told: Record<string, string[]> = {}
  for (const { jobID = '', command, name: about, arg = '' } of its)
    if (command === 'set-output' && about === output) told[jobID] = [...new Set([...(told[jobID] ?? []), arg])]
  return { results, errors, told }
}

/** Whether each job of ours pushes. */
function pushesOf({ jobs }: Workflow, trigger: Trigger): Readonly<Record<string, readonly string[]>> {
  const pushes = ({ with: inputs = {} }: Step) => String(trigger !== 'pull_request' && !/^(false|oci:.*)$/.test(String(inputs['push'])))
  const entries = Object.entries(jobs).map(([id, { steps }]) => [id, [...new Set(steps.filter(isOurs).map(pushes))]] as const)
  return Object.fromEntries(entries.filter(([, kinds]) => kinds.length > 0))
}

test('what is not run is written down, with the reason', () =>
  expect(Object.fromEntries(plans.map(({ place, workflow }) => [place, lackOf(workflow)]))).toEqual(planned))

test.each(runs)('runs, green: $place', (block) => {
  const { name = '', block: run = block } = deeds.get(deedOf(block)) ?? {}
  expect(toldOf(name, 'pushed')).toEqual({ results: ['success'], errors: [], told: pushesOf(run.workflow, triggerOf(run)) })
})

test.each(samples)('its model answers as shown: $name', ({ name }) =>
  expect(toldOf(name, 'pushed')).toEqual({ results: ['success'], errors: [], told: { image: ['true'] } }),
)

describe('what cannot be run is good input, and gives a plan', () => {
  test.each(plans.map((block, at) => ({ ...block, name: `plan-${at}` })))('$place', ({ name, workflow }) => {
    const ours = Object.entries(workflow.jobs).flatMap(([id, { steps }]) => (steps.some(isOurs) ? [[id, ['passed']]] : []))
    // What only joins images of other jobs has no plan: fan-out.test.ts runs it.
    const results = stepsOf(workflow).flatMap(plan).length > 0 ? ['success'] : []
    expect(toldOf(name, 'result')).toEqual({ results, errors: [], told: Object.fromEntries(ours) })
  })
})
