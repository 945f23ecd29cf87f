import { createHash } from 'node:crypto'
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { commit, createJob, docker, fixture, type Job } from './action.ts'

const ours = 'io.github.ml-image-action'
const weights = 'weights'.repeat(1000)
const dockerfile = `FROM python:3.11-slim
ARG MODEL_VERSION=7
COPY server.py model.pkl ./
EXPOSE 8000
CMD ["python", "server.py"]
`

/** What the engine itself says of an image. */
const inspected = (reference: string) =>
  JSON.parse(docker('image', 'inspect', '--format', '{"labels":{{json .Config.Labels}},"layers":{{json .RootFS.Layers}}}', reference)) as {
    labels: Readonly<Record<string, string>>
    layers: readonly string[]
  }

function createProject(): Job {
  const job = createJob(fixture('service'))
  writeFileSync(join(job.workspace, 'Dockerfile'), dockerfile)
  writeFileSync(join(job.workspace, 'model.pkl'), weights)
  return job
}

/** Builds into the engine and looks at what is there. */
async function built(job: Job, name: string, inputs: Readonly<Record<string, string>> = {}) {
  const ran = await job.main({ images: `localhost:1/labels/${name}`, push: 'false', test: 'false', ...inputs })
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log }).toEqual({ exitCode: 0, log: '' })
  const references = ran.outputs['tags']?.split('\n') ?? []
  try {
    return { ran, imageid: ran.outputs['imageid'], ...inspected(references[0] ?? '') }
  } finally {
    docker('image', 'rm', ...references)
  }
}

test('the labels of the plan are those of the image', async () => {
  using job = createProject()
  const { ran, labels } = await built(job, 'planned', { smoke: 'false' })
  const { [`${ours}.input-hash`]: inputHash, [`${ours}.input-parts`]: inputParts, ...others } = labels
  expect(others).toEqual({
    'org.opencontainers.image.created': '2026-01-02T03:04:05.000Z',
    'org.opencontainers.image.description': 'Sells "flowers"',
    'org.opencontainers.image.licenses': 'MIT',
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.source': 'https://github.com/acme/shop',
    'org.opencontainers.image.title': 'shop',
    'org.opencontainers.image.url': 'https://github.com/acme/shop',
    'org.opencontainers.image.version': 'sha-1f2e3d4',
    [`${ours}.gate.smoke`]: 'skipped',
    [`${ours}.gate.tests`]: 'skipped',
    [`${ours}.model.digest`]: `sha256:${createHash('sha256').update(weights).digest('hex')}`,
    [`${ours}.model.file`]: 'model.pkl',
    [`${ours}.model.version`]: '7',
    [`${ours}.moving-tags`]: 'latest',
  })
  expect(inputHash).toMatch(/^[0-9a-f]{64}$/)
  expect(inputParts).toMatch(/^commit=[0-9a-f]{16} /)
  expect(ran.outputs['labels']?.split('\n').sort()).toEqual(
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  )
})

test('two checkouts of a commit, of another time and in another place, have the same labels and the same image', async () => {
  using first = createProject()
  using second = createProject()
  const longAgo = new Date('2001-01-01')
  for (const name of readdirSync(second.workspace)) utimesSync(join(second.workspace, name), longAgo, longAgo)
  const [one, other] = [await built(first, 'first'), await built(second, 'second')]
  expect(other.labels).toEqual(one.labels)
  expect(other.layers).toEqual(one.layers)
  expect(other.imageid).toBe(one.imageid)
})

test('a model that the tests make first is the one in the labels, and so is that they passed', async () => {
  using job = createProject()
  writeFileSync(join(job.workspace, 'model.pkl'), 'old')
  const { labels } = await built(job, 'first', {
    test: 'true',
    'test-first': 'true',
    'test-command': `printf '${weights}' > model.pkl`,
    'test-requirements': 'none',
  })
  expect(labels).toMatchObject({
    [`${ours}.gate.tests`]: 'passed',
    [`${ours}.model.digest`]: `sha256:${createHash('sha256').update(weights).digest('hex')}`,
  })
})
