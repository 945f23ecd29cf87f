import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, fixture, type Ran } from './action.ts'
import { type Double, listen, openDoor } from './registry-door.ts'

const older = '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c'
const newer = '9a8b7c6d5e4f30219a8b7c6d5e4f30219a8b7c6d'

/** GitHub's API, as far as it compares `older` and `newer`, which is the tip of main. */
async function openApi(asked: string[], knowsMain = true): Promise<Double> {
  const answers: Readonly<Record<string, object>> = {
    [`${older}...${newer}`]: { status: 'ahead', commits: [{ sha: newer }] },
    [`${newer}...${older}`]: { status: 'behind', commits: [] },
    ...(knowsMain && {
      [`${older}...main`]: { status: 'ahead', commits: [{ sha: newer }] },
      [`${newer}...main`]: { status: 'identical', commits: [] },
    }),
  }
  return await listen(
    createServer((incoming, outgoing) => {
      const [, basehead = ''] = /^\/repos\/acme\/shop\/compare\/(.+)$/.exec(decodeURIComponent(incoming.url ?? '')) ?? []
      asked.push(basehead)
      const answer = answers[basehead]
      outgoing.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? { message: 'Not Found' }))
    }),
  )
}

/** Stands before a registry and holds back what `holds` says, until it is let go. */
const openDelay = (behind: Registry, holds: (method: string, path: string) => boolean) =>
  openDoor(behind, (method, path) => (holds(method, path) ? 'hold' : 'pass'))

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

/** A run at one commit: of the main branch, or of another ref. */
function jobAt(sha: string, api: Double, ref = 'refs/heads/main') {
  const payload = {
    ref,
    repository: { full_name: 'acme/shop', default_branch: 'main' },
    head_commit: { id: sha, timestamp: '2026-01-02T03:04:05Z' },
  }
  return createJob(fixture('service'), payload, {
    GITHUB_REF: ref,
    GITHUB_SHA: sha,
    GITHUB_API_URL: `http://127.0.0.1:${api.port}`,
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/image.yml@refs/heads/main',
    GITHUB_RUN_NUMBER: sha === older ? '41' : '42',
  })
}

const inputs = (host: string, path: string) => ({
  ...{ images: `${host}/${path}`, registry: host, username: registry.username, password: registry.password },
  ...{ test: 'false', smoke: 'false', 'github-token': 'ghs_fake' },
})

async function digestOf(path: string, tag: string): Promise<string | null> {
  const answer = await fetch(`http://${registry.host}/v2/${path}/manifests/${tag}`, {
    method: 'HEAD',
    headers: {
      accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
      authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`,
    },
  })
  return answer.headers.get('docker-content-digest')
}

const green = (ran: Ran) =>
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })

test('an older run after a newer one leaves latest alone, is green, and says why', async () => {
  const asked: string[] = []
  await using api = await openApi(asked)
  using first = jobAt(newer, api)
  using second = jobAt(older, api)
  const published = await first.main(inputs(registry.host, 'acme/after'))
  green(published)
  const late = await second.main(inputs(registry.host, 'acme/after'))
  green(late)
  expect(late.log).toContain(
    `${registry.host}/acme/after:latest keeps ${published.outputs['digest']}: its commit 9a8b7c6 descends from 1f2e3d4`,
  )
  expect(late.summary).toContain('descends from 1f2e3d4')
  expect(late.outputs).toMatchObject({ result: 'passed', 'pushed-tags': `${registry.host}/acme/after:sha-1f2e3d4` })
  expect(await digestOf('acme/after', 'latest')).toBe(published.outputs['digest'])
  // The branch before and after a put; the two commits once, and nothing for a tag that was not set.
  expect(asked.filter((path) => path !== '').toSorted()).toEqual(
    [`${older}...main`, `${older}...${newer}`, `${newer}...main`, `${newer}...main`].toSorted(),
  )
})

test('a newer run after an older one moves latest', async () => {
  await using api = await openApi([])
  using first = jobAt(older, api)
  using second = jobAt(newer, api)
  green(await first.main(inputs(registry.host, 'acme/before')))
  const published = await second.main(inputs(registry.host, 'acme/before'))
  green(published)
  expect(published.outputs['pushed-tags']).toContain('acme/before:latest')
  expect(await digestOf('acme/before', 'latest')).toBe(published.outputs['digest'])
})

test.each([
  ['that knows the branch', true, 'race'],
  ['that knows the commits alone', false, 'raced'],
])(
  'by an API %s an older run whose put arrives when the newer one is over and gone puts the newer image back',
  async (_, knowsMain, name) => {
    await using api = await openApi([], knowsMain)
    await using slow = await openDelay(registry, (method, path) => method === 'PUT' && path.endsWith('/manifests/latest'))
    using first = jobAt(older, api)
    using second = jobAt(newer, api)
    const running = first.main(inputs(slow.host, `acme/${name}`))
    // The older run has looked at the tag, found nothing newer, and is about to set it.
    await Promise.race([slow.held, running])
    const published = await second.main(inputs(registry.host, `acme/${name}`))
    green(published)
    expect(await digestOf(`acme/${name}`, 'latest')).toBe(published.outputs['digest'])
    slow.release()
    const late = await running
    green(late)
    expect(late.log).toContain('it is put back')
    expect(late.outputs['pushed-tags']).toBe(`${slow.host}/acme/${name}:sha-1f2e3d4`)
    expect(await digestOf(`acme/${name}`, 'latest')).toBe(published.outputs['digest'])
  },
)

test('a newer run that sets latest while an older one is on its way keeps it', async () => {
  await using api = await openApi([])
  await using slow = await openDelay(registry, (method, path) => method === 'PUT' && path.endsWith('/manifests/latest'))
  using first = jobAt(newer, api)
  using second = jobAt(older, api)
  const running = first.main(inputs(slow.host, 'acme/meanwhile'))
  await Promise.race([slow.held, running])
  green(await second.main(inputs(registry.host, 'acme/meanwhile')))
  slow.release()
  const published = await running
  green(published)
  expect(published.outputs['pushed-tags']).toContain('acme/meanwhile:latest')
  expect(await digestOf('acme/meanwhile', 'latest')).toBe(published.outputs['digest'])
})

test('a release that is overtaken by a later one of its line leaves it the tag of the line', async () => {
  await using api = await openApi([])
  await using slow = await openDelay(registry, (method, path) => method === 'PUT' && path.endsWith('/manifests/1.4'))
  // The later version is of the earlier commit: a release has its order by its version.
  using first = jobAt(newer, api, 'refs/tags/v1.4.2')
  using second = jobAt(older, api, 'refs/tags/v1.4.10')
  const running = first.main(inputs(slow.host, 'acme/release'))
  await Promise.race([slow.held, running])
  const published = await second.main(inputs(registry.host, 'acme/release'))
  green(published)
  slow.release()
  const late = await running
  green(late)
  expect(late.log).toContain(`acme/release:1.4 keeps ${published.outputs['digest']}: its version 1.4.10 is higher`)
  expect(await digestOf('acme/release', '1.4')).toBe(published.outputs['digest'])
  expect(await digestOf('acme/release', '1.4.2')).toBe(late.outputs['digest'])
})
