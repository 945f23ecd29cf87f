import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { commit, createJob, fixture, type Job, pushToMain, type Ran } from './action.ts'

let registry: Registry
let second: Registry
beforeAll(async () => {
  registry = await startRegistry()
  second = await startRegistry({ username: 'other', password: 'another-password-1' })
})
afterAll(() => {
  registry.stop()
  second.stop()
})

const workflow = { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/image.yml@refs/heads/main' }
const onMain = () => createJob(fixture('service'), pushToMain, { ...workflow, GITHUB_RUN_NUMBER: '41', RUNNER_ARCH: 'X64' })
const onTag = (tag: string, sha = commit) =>
  createJob(
    fixture('service'),
    { ...pushToMain, ref: `refs/tags/${tag}` },
    { ...workflow, GITHUB_REF: `refs/tags/${tag}`, GITHUB_SHA: sha, GITHUB_RUN_NUMBER: '42', RUNNER_ARCH: 'X64' },
  )

/** A run that tells of its tests in a file, and logs in by the job's own config. */
const inputs = (path: string, more: Readonly<Record<string, string>> = {}) => ({
  images: `${registry.host}/${path}`,
  'test-command': 'echo tested >>tally; cat tally',
  'test-requirements': 'none',
  'predict-body': '{"features": [1]}',
  ...more,
})

function login(job: Job, ...registries: readonly Registry[]): Readonly<Record<string, string>> {
  const folder = join(job.temp, 'docker')
  mkdirSync(folder, { recursive: true })
  const auths = registries.map(({ host, username, password }) => [
    host,
    { auth: Buffer.from(`${username}:${password}`).toString('base64') },
  ])
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: Object.fromEntries(auths) }))
  return { DOCKER_CONFIG: folder }
}

/** Programs first on PATH that note down that somebody has called them, and fail. */
function withoutTools(job: Job): Readonly<{ env: Readonly<Record<string, string>>; called: () => string }> {
  const folder = join(job.temp, 'shims')
  const notes = join(job.temp, 'called')
  mkdirSync(folder)
  for (const name of ['docker', 'bash', 'uv', 'python3', 'python']) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>${notes}\nexit 1\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return {
    env: { PATH: `${folder}:${job.environment['PATH'] ?? ''}` },
    called: () => (existsSync(notes) ? readFileSync(notes, 'utf8') : ''),
  }
}

const green = (ran: Ran) =>
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3000) }).toEqual({ exitCode: 0, log: '' })

async function heads(of: Registry, path: string, tags: readonly string[]): Promise<readonly (string | null)[]> {
  const ask = async (tag: string) => {
    const answer = await fetch(`http://${of.host}/v2/${path}/manifests/${tag}`, {
      method: 'HEAD',
      headers: {
        accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
        authorization: `Basic ${Buffer.from(`${of.username}:${of.password}`).toString('base64')}`,
      },
    })
    return answer.headers.get('docker-content-digest')
  }
  return await Promise.all(tags.map(ask))
}

const stagesOf = (ran: Ran) =>
  Object.fromEntries(
    (JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as { stages: { stage: string; state: string }[] }).stages.map(
      ({ stage, state }) => [stage, state],
    ),
  )
const writes = (of: Registry) => of.accessLog().filter(({ method }) => !['GET', 'HEAD'].includes(method))

describe('a release tag on a commit that is published', () => {
  test('moves its tags onto that digest: no engine, no build, no test; another input is a full run that says why', async () => {
    const path = 'promote/release'
    using main = onMain()
    const published = await main.main(inputs(path), login(main, registry))
    green(published)
    expect(published.log).not.toContain('romoted')
    const digest = published.outputs['digest']

    using job = onTag('v1.2.3')
    const tools = withoutTools(job)
    const before = writes(registry).length
    const released = await job.main(inputs(path), { ...login(job, registry), ...tools.env })
    green(released)
    process.stdout.write(`promotion of a release tag: ${released.ms.toFixed(0)} ms, the run before ${published.ms.toFixed(0)} ms\n`)
    expect(tools.called()).toBe('')
    expect(existsSync(join(job.workspace, 'tally'))).toBe(false)
    expect(released.log).toContain(`Promoted: ${registry.host}/${path}:sha-1f2e3d4 was gated and published for this commit`)
    expect(released.outputs).toMatchObject({
      digest,
      image: `${registry.host}/${path}@${digest}`,
      imageid: published.outputs['imageid'],
      'image-size': published.outputs['image-size'],
      pushed: 'true',
      // Those that stay, then those that move.
      'pushed-tags': ['1.2.3', 'sha-1f2e3d4', '1.2'].map((tag) => `${registry.host}/${path}:${tag}`).join('\n'),
      result: 'passed',
      version: '1.2.3',
    })
    expect(stagesOf(released)).toEqual({ test: 'reused', build: 'reused', inspect: 'reused', smoke: 'reused', publish: 'passed' })
    expect(released.summary).toContain('✅ reused')
    expect(await heads(registry, path, ['1.2.3', '1.2', 'sha-1f2e3d4', 'latest'])).toEqual([digest, digest, digest, digest])
    // Two manifests under new tags, and nothing else.
    expect(
      writes(registry)
        .slice(before)
        .map(({ method, path: at }) => `${method} ${at.split('/').at(-1)}`),
    ).toEqual(['PUT 1.2.3', 'PUT 1.2'])

    using changed = onTag('v1.2.4')
    const full = await changed.main(inputs(path, { 'build-args': 'STEP=echo other' }), login(changed, registry))
    green(full)
    expect(full.log).toContain(`Not promoted: ${registry.host}/${path}:sha-1f2e3d4 was made with other build-args.`)
    expect(readFileSync(join(changed.workspace, 'tally'), 'utf8')).toBe('tested\n')
    expect(full.outputs['digest']).not.toBe(digest)
    expect(stagesOf(full)).toEqual({ test: 'passed', build: 'passed', inspect: 'passed', smoke: 'passed', publish: 'passed' })
  })

  test('of two registries the one that lacks it gets a copy, byte for byte', async () => {
    const path = 'promote/two'
    using main = onMain()
    const published = await main.main(inputs(path), login(main, registry, second))
    green(published)
    const digest = published.outputs['digest']
    using job = onTag('v2.0.0')
    const tools = withoutTools(job)
    const images = `${second.host}/${path}\n${registry.host}/${path}`
    const released = await job.main({ ...inputs(path), images }, { ...login(job, registry, second), ...tools.env })
    green(released)
    expect(tools.called()).toBe('')
    expect(released.log).toContain(`${second.host}/${path} lacks it, and gets a copy.`)
    expect(await heads(second, path, ['2.0.0', 'sha-1f2e3d4'])).toEqual([digest, digest])
    expect(await heads(registry, path, ['2.0.0', 'sha-1f2e3d4'])).toEqual([digest, digest])
  })

  test('an older release, promoted after a newer one, does not move a tag back; git vouches for the files', async () => {
    const path = 'promote/older'
    const tags = 'type=defaults\ntype=semver,pattern={{major}}'
    const released: Record<string, string | undefined> = {}
    for (const version of ['1.1.0', '1.0.0']) {
      using main = onMain()
      const git = (...args: readonly string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: main.workspace, encoding: 'utf8' }).trim()
      git('init', '--quiet')
      git('add', '.')
      git('commit', '--quiet', '--message', version)
      const at = { GITHUB_SHA: git('rev-parse', 'HEAD') }
      const quick = inputs(path, { tags, test: 'false', smoke: 'false', 'test-command': '', 'build-args': `MODE=${version}` })
      const ofTag = { ...at, GITHUB_REF: `refs/tags/v${version}`, GITHUB_EVENT_NAME: 'release' }
      green(await main.main(quick, { ...login(main, registry), ...at }))
      writeFileSync(join(main.workspace, 'server.py'), '# changed\n')
      const changed = await main.main(
        { ...quick, push: 'true' },
        { ...login(main, registry), ...ofTag, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/nightly' },
      )
      expect(changed.log).toContain('Not promoted: the commit does not have server.py as it is here.')
      git('checkout', '--quiet', 'server.py')
      const ran = await main.main(quick, { ...login(main, registry), ...ofTag })
      green(ran)
      expect(ran.log).toContain('Promoted: ')
      released[version] = ran.outputs['digest']
    }
    const [newer, older] = [released['1.1.0'], released['1.0.0']]
    expect(newer).not.toBe(older)
    expect(await heads(registry, path, ['1.1.0', '1.0.0', '1.1', '1.0', '1'])).toEqual([newer, older, newer, older, newer])
  })
})
