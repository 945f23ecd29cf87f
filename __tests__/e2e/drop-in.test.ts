import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { inputsBehind } from '../../script/example.ts'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, type Job, type Ran, repositoryRoot } from './action.ts'
import { documented, isOurs, type Step, stepsOf } from './documented.ts'

/**
 * The two workflows of docs/migrating.md on the same project and event. Their image is built by the command that
 * build-push-action makes of its inputs, with what metadata-action has answered; ours by the step on the right.
 */

type Texts = Readonly<Record<string, string>>
type Answer = Readonly<{ event: string; given: string; tags: string; labels: string }>
const { inputs, events, repository, recorded } = JSON.parse(
  readFileSync(join(repositoryRoot, '__tests__', 'fixtures', 'metadata-action', 'recorded.json'), 'utf8'),
) as Readonly<{
  inputs: Readonly<Record<string, Texts>>
  events: Readonly<Record<string, Readonly<{ env?: Texts; payload?: object }>>>
  repository: object
  recorded: readonly Answer[]
}>
const event = events['push to main'] ?? {}
const answer = recorded.find(({ event, given }) => event === 'push to main' && given === 'guide')

const [theirs = [], ours = []] = documented()
  .filter(({ place }) => place.startsWith('docs/migrating.md, Theirs, and ours'))
  .map(({ workflow }) => stepsOf(workflow))
const usesOf = (steps: readonly Step[], action: string) => steps.filter(({ uses }) => uses?.startsWith(`${action}@`))

let registry: Registry
let root: string
let job: Job
let ran: Ran
/** What their build has called its image, in the engine too. */
let named: readonly string[] = []
beforeAll(async () => {
  registry = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'ml-image-drop-in-'))
  job = createJob(fixture('documented'), { repository, ...event.payload }, event.env)
  const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
  mkdirSync(join(root, 'docker'))
  writeFileSync(join(root, 'docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))
  const flags = (flag: string, lines = '') => lines.split('\n').flatMap((line) => [`--${flag}`, line])
  named = answer?.tags.split('\n').map((tag) => `${registry.host}/theirs/${tag}`) ?? []
  execFileSync(
    'docker',
    [
      ...['buildx', 'build', '--iidfile', join(root, 'iid'), ...flags('label', answer?.labels), '--provenance', 'false'],
      ...[...flags('tag', named.join('\n')), '--metadata-file', join(root, 'metadata'), '--push', '--no-cache', '.'],
    ],
    { cwd: job.workspace, env: { ...process.env, DOCKER_CONFIG: join(root, 'docker') }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const given = ours.find(isOurs)?.with ?? {}
  const here = inputsBehind({ ...registry, host: `${registry.host}/ours` }, given)
  ran = await job.main({ ...here, 'no-cache': 'true' })
})
afterAll(() => {
  job[Symbol.dispose]()
  docker('image', 'rm', ...named)
  registry.stop()
  rmSync(root, { recursive: true, force: true })
})

async function ask(path: string): Promise<Buffer> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}`
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
  const response = await fetch(`http://${registry.host}/v2/${path}`, { headers: { authorization, accept } })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

type Config = Readonly<{
  architecture: string
  os: string
  config: Readonly<{ Labels: Texts }> & Readonly<Record<string, unknown>>
  history: readonly Readonly<{ created_by?: string; empty_layer?: boolean }>[]
  rootfs: Readonly<{ diff_ids: readonly string[] }>
}>
type Manifest = Readonly<{ config: Readonly<{ digest: string }>; layers: readonly Readonly<{ digest: string; mediaType: string }>[] }>
type Image = Readonly<{ config: Config; layers: readonly (readonly string[])[] }>

/** Every entry of a tar: what and whose it is, and what is in it. When it was made differs from build to build. */
const listing = `
import hashlib, sys, tarfile
archive = tarfile.open(fileobj=sys.stdin.buffer, mode="r|")
for entry in archive:
    content = hashlib.sha256(archive.extractfile(entry).read()).hexdigest() if entry.isreg() else ""
    extended = {name: value for name, value in entry.pax_headers.items() if not name.endswith("time")}
    print(entry.name, entry.type, oct(entry.mode), entry.uid, entry.gid, entry.linkname, extended, content)
`

/** By digest: tags share them, and both images the base. */
const listed = new Map<string, readonly string[]>()
async function entriesOf(repository: string, { digest, mediaType }: Manifest['layers'][number]): Promise<readonly string[]> {
  const known = listed.get(digest)
  if (known) return known
  const blob = await ask(`${repository}/blobs/${digest}`)
  const tar = mediaType.endsWith('zstd') ? zstdDecompressSync(blob) : gunzipSync(blob)
  const entries = execFileSync('python3', ['-c', listing], { input: tar, encoding: 'utf8', maxBuffer: 64 << 20 }).split('\n')
  listed.set(digest, entries)
  return entries
}

async function imageOf(name: string): Promise<Image> {
  const [repository = '', tag = ''] = name.split(':')
  const manifest = JSON.parse((await ask(`${repository}/manifests/${tag}`)).toString()) as Manifest
  const config = JSON.parse((await ask(`${repository}/blobs/${manifest.config.digest}`)).toString()) as Config
  const layers: (readonly string[])[] = []
  for (const layer of manifest.layers) layers.push(await entriesOf(repository, layer))
  return { config, layers }
}

test('what the page says of metadata-action is what it was asked', () => {
  expect(usesOf(theirs, 'docker/metadata-action').map((step) => ({ ...step.with, tags: String(step.with?.['tags']).trim() }))).toEqual([
    inputs['guide'],
  ])
  expect(usesOf(theirs, 'docker/build-push-action').at(-1)?.with).toMatchObject({ context: '.', provenance: false })
})

test('the step of ours is green, and sets the same tags', () => {
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  const names = (ran.outputs['pushed-tags'] ?? '').split('\n').map((tag) => tag.replace(`${registry.host}/ours/`, ''))
  expect(names.sort()).toEqual(answer?.tags.split('\n').sort())
})

describe('the image under each tag', () => {
  const tags = answer?.tags.split('\n') ?? []
  test.each(tags)('%s', async (tag) => {
    const left = await imageOf(`theirs/${tag}`)
    const right = await imageOf(`ours/${tag}`)
    // File by file, layer by layer.
    expect(right.layers).toEqual(left.layers)
    expect(right.layers.flat().length).toBeGreaterThan(1000)
    const { Labels: theirLabels, ...theirConfig } = left.config.config
    const { Labels: ourLabels, ...ourConfig } = right.config.config
    expect(ourConfig).toEqual(theirConfig)
    expect(ourConfig).toMatchObject({
      User: 'app',
      WorkingDir: '/app',
      ExposedPorts: { '8000/tcp': {} },
      Entrypoint: ['python'],
      Cmd: ['server.py'],
    })
    expect([right.config.os, right.config.architecture]).toEqual([left.config.os, left.config.architecture])
    const steps = ({ config }: Image) => config.history.map(({ created_by, empty_layer }) => [created_by, empty_layer])
    expect(steps(right)).toEqual(steps(left))
    const more = Object.keys(ourLabels).filter((name) => !(name in theirLabels))
    expect(ourLabels).toMatchObject(theirLabels)
    expect(more.filter((name) => !name.startsWith('io.github.ml-image-action.'))).toEqual(['org.opencontainers.image.created'])
  })
})
