import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { type Act, act, commitAll, installAction } from './act.ts'
import { fixture, repositoryRoot } from './action.ts'

type Descriptor = Readonly<{ digest: string; mediaType: string; platform?: Readonly<{ os: string; architecture: string }> }>
type Manifest = Readonly<{
  mediaType: string
  artifactType?: string
  manifests?: readonly Descriptor[]
  config?: Descriptor
  layers?: readonly Descriptor[]
  subject?: Descriptor
  annotations?: Readonly<Record<string, string>>
}>

let registry: Registry
let root: string
let folder: string
let commit: string
let ran: Act
const payload = { ref: 'refs/heads/main', repository: { full_name: 'acme/model', default_branch: 'main' } }

/** The workflow of docs/fan-out.md, its machines replaced by platforms that this one runs, GHCR by the registry of this test. */
function workflow(): string {
  const [, yaml = ''] = /```yaml\n(name: image\n.*?)```/s.exec(readFileSync(join(repositoryRoot, 'docs', 'fan-out.md'), 'utf8')) ?? []
  return yaml
    .replace(/runner: \[.*\]/, 'platform: [linux/amd64, linux/386]')
    .replace('runs-on: ${{ matrix.runner }}', 'runs-on: ubuntu-latest')
    .replace('push: digest\n', 'push: digest\n          platforms: ${{ matrix.platform }}\n          test: false\n')
    .replace('platforms: linux/amd64,linux/arm64', 'platforms: linux/amd64,linux/386')
    .replace(/^( +)images: ghcr\.io.*$/gm, (_, space: string) => images(space))
}

const images = (space: string) =>
  [`images: ${registry.host}/acme/model`, `username: ${registry.username}`, 'password: ${{ secrets.REGISTRY_PASSWORD }}']
    .map((line) => space + line)
    .join('\n')

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const accept = ['manifest', 'index'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ')
  return await fetch(`http://${registry.host}/v2/acme/model/${path}`, { ...init, headers: { authorization, accept, ...init.headers } })
}
const manifest = async (reference: string) => (await (await ask(`manifests/${reference}`)).json()) as Manifest
const blob = async <T>(digest: string | undefined) => (await (await ask(`blobs/${digest}`)).json()) as T
const tagNames = async () => ((await (await ask('tags/list')).json()) as { tags: string[] }).tags
const puts = () =>
  registry
    .accessLog()
    .filter(({ method }) => method === 'PUT')
    .flatMap(({ path, status }) => (status === 201 ? (/\/manifests\/(.+)$/.exec(path)?.[1] ?? []) : []))

beforeAll(async () => {
  registry = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'ml-image-fan-out-'))
  installAction(root)
  folder = join(root, 'model')
  cpSync(fixture('platforms'), folder, { recursive: true })
  for (const GOARCH of ['amd64', '386'])
    execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', `server-${GOARCH}`, '.'], {
      cwd: folder,
      env: { ...process.env, GOARCH, CGO_ENABLED: '0' },
    })
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
  writeFileSync(join(folder, '.github', 'workflows', 'image.yml'), workflow())
  commit = commitAll(folder, 'acme/model')
  ran = act(root, folder, 'push', payload, registry.password)
}, 300_000)
afterAll(() => {
  registry.stop()
  rmSync(root, { recursive: true, force: true })
})

describe('two jobs of different platforms and a merge, under a real runner', () => {
  test('green: the tags are set once, and by nobody before the merge', async () => {
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.text.slice(-6000) }).toEqual({ exitCode: 0, log: '' })
    const sha = `sha-${commit.slice(0, 7)}`
    const written = puts()
    expect(written.filter((name) => name === sha || name === 'latest')).toEqual([sha, 'latest'])
    expect(written.slice(-2)).toEqual([sha, 'latest'])
    expect((await tagNames()).filter((name) => !name.startsWith('gate-')).sort()).toEqual(['latest', sha])
  })

  test('one index holds both images, each of them with a record that it was smoked', async () => {
    const index = await manifest('latest')
    expect(index).toMatchObject({ mediaType: 'application/vnd.oci.image.index.v1+json' })
    expect(index.annotations).toMatchObject({
      'org.opencontainers.image.revision': commit,
      'io.github.ml-image-action.moving-tags': 'latest',
    })
    expect(index.manifests?.map(({ platform }) => `${platform?.os}/${platform?.architecture}`)).toEqual(['linux/386', 'linux/amd64'])
    const tags = (await tagNames()).filter((name) => name.startsWith('gate-'))
    expect(tags).toHaveLength(2)
    for (const child of index.manifests ?? []) {
      const artifact = await manifest(tags.find((tag) => tag.endsWith(child.digest.slice(7, 19))) ?? '')
      expect(artifact).toMatchObject({ artifactType: 'application/vnd.ml-image-action.gate.v1+json', subject: { digest: child.digest } })
      expect(await blob(artifact.layers?.[0]?.digest)).toMatchObject({
        image: child.digest,
        gates: { tests: 'skipped', smoke: 'passed' },
        smoked: [`linux/${child.platform?.architecture}`],
        revision: commit,
        repository: 'acme/model',
      })
      const config = await blob<{ architecture: string }>((await manifest(child.digest)).config?.digest)
      expect(config.architecture).toBe(child.platform?.architecture)
    }
  })

  test('the summary of the merge says so', () => {
    const summaries = ran.lines.filter(({ command }) => command === 'summary').map(({ content }) => content ?? '')
    const merged = summaries.find((text) => text.includes('| Platform | Test |')) ?? ''
    expect(merged).toMatch(new RegExp(`^### ML image: pushed ${registry.host}/acme/model:sha-${commit.slice(0, 7)} in `))
    expect(merged).toContain('| `linux/amd64` | skipped | passed |')
    const naming = ran.lines.filter((line) => line.command !== 'add-mask' && JSON.stringify(line).includes(registry.password))
    expect(naming.map(({ msg }) => msg)).toEqual([])
  })
})

describe('what is not gated is not joined', () => {
  /** `auths`: what the job is logged in to. */
  const merging = (name: string, more: readonly string[], where = [images('')], auths: Readonly<Record<string, unknown>> = {}) => {
    const config = mkdtempSync(join(root, 'config-'))
    writeFileSync(join(config, 'config.json'), JSON.stringify({ auths }))
    const lines = [
      'uses: org/ml-image-action/merge@v1',
      'env:',
      `  DOCKER_CONFIG: ${config}`,
      'with:',
      ...[...where, ...more]
        .join('\n')
        .split('\n')
        .map((line) => `  ${line}`),
    ]
    const steps = lines.map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`).join('\n')
    writeFileSync(join(root, name), `on: push\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n${steps}\n`)
    return act(root, folder, 'push', payload, registry.password, ['--workflows', join(root, name)])
  }

  test('an image that another tool has pushed: refused, and no tag moves', async () => {
    const index = await manifest('latest')
    const gated = index.manifests?.[0]?.digest ?? ''
    const body = JSON.stringify({ ...(await manifest(gated)), annotations: { by: 'hand' } })
    const ungated = `sha256:${createHash('sha256').update(body).digest('hex')}`
    const put = await ask(`manifests/${ungated}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
      body,
    })
    expect(put.status).toBe(201)
    const before = puts()
    const { exitCode, text } = merging('ungated.yml', [`digests: ${index.manifests?.[1]?.digest},${ungated}`])
    expect(exitCode).toBe(1)
    expect(text).toContain(`has no record that ${ungated} passed its gates`)
    expect(text).toContain('digest-ungated')
    expect(puts()).toEqual(before)
    expect(await manifest('latest')).toEqual(index)
  })

  test('a platform that no job has pushed is missed', () => {
    const before = puts()
    const { exitCode, text } = merging('missing.yml', ['platforms: linux/amd64,linux/386,linux/arm64'])
    expect(exitCode).toBe(1)
    expect(text).toContain('linux/arm64 is missing')
    expect(puts()).toEqual(before)
  })

  test('another registry gets a copy of all, and the same tags', async () => {
    await using second = await startRegistry()
    const index = await manifest('latest')
    const more = [`digests: ${index.manifests?.map(({ digest }) => digest).join()}`, `registry: ${second.host}`]
    const lines = [`images: ${registry.host}/acme/model,${second.host}/acme/copy`, `username: ${second.username}`]
    const { exitCode, text } = merging(
      'copy.yml',
      [...more, 'platforms: linux/386,linux/amd64'],
      [...lines, `password: ${second.password}`],
      {
        [registry.host]: { auth: Buffer.from(`${registry.username}:${registry.password}`).toString('base64') },
      },
    )
    expect({ exitCode, log: exitCode === 0 ? '' : text.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    const config = join(root, 'second')
    mkdirSync(config)
    const auth = Buffer.from(`${second.username}:${second.password}`).toString('base64')
    writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [second.host]: { auth } } }))
    const pulled = `${second.host}/acme/copy:latest`
    // The engine takes it as any image, and runs what is for it.
    execFileSync('docker', ['--config', config, 'pull', '--quiet', '--platform', 'linux/386', pulled])
    const digests = execFileSync('docker', ['image', 'inspect', '--format', '{{json .RepoDigests}}', pulled], { encoding: 'utf8' })
    execFileSync('docker', ['image', 'rm', pulled])
    expect(digests).toContain((await ask('manifests/latest', { method: 'HEAD' })).headers.get('docker-content-digest'))
  })

  test('the same again changes nothing', async () => {
    const before = puts()
    const { exitCode, text } = merging('again.yml', [])
    expect({ exitCode, log: exitCode === 0 ? '' : text.slice(-3000) }).toEqual({ exitCode: 0, log: '' })
    expect(text).toContain('in the registry already')
    expect(puts()).toEqual(before)
  })
})
