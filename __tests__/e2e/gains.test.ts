import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import { lookAround } from '../../src/advice/around.ts'
import { foldersAside } from '../../src/advice/aside.ts'
import { dockerfileSubject, sentFiles } from '../../src/advice/dockerfile.ts'
import { imageFilesReader } from '../../src/advice/image-files.ts'
import { type Found, lookBy } from '../../src/advice/look.ts'
import type { DockerfileSubject, ImageSubject } from '../../src/advice/rule.ts'
import { dockerfileRules } from '../../src/advice/rules/dockerfile/table.ts'
import { imageRules } from '../../src/advice/rules/image/rules.ts'
import { realFiles } from '../../src/host/files.ts'
import { createTarReader } from '../../src/inspect/layers/tar.ts'
import { type HistoryEntry, stepsOf } from '../../src/inspect/origin.ts'
import { chainOf } from '../../src/inspect/recipe.ts'
import { docker } from './action.ts'

/** Bytes are compressed, as they are pushed; what was sent to the build is not. */
type Built = Readonly<{ ms: number; bytes: number; sent: number }>

/** Names and ids: an image whose name another has taken stays until it is removed. */
const made = new Set<string>()
const root = mkdtempSync(join(tmpdir(), 'ml-image-gains-'))
const lines: string[] = []
afterAll(() => {
  if (made.size > 0) spawnSync('docker', ['image', 'rm', '--force', ...made])
  rmSync(root, { recursive: true, force: true })
  process.stdout.write(`${lines.join('\n')}\n`)
})

const unit: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function subjectOf(folder: string): DockerfileSubject {
  const files = realFiles(root)
  const asked = {
    file: join(folder, 'Dockerfile'),
    context: folder,
    dockerfile: readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    args: {},
  }
  const subject = dockerfileSubject(asked, { workspace: folder, sent: sentFiles(files, asked, folder), gpu: false, now: Date.now() })
  if (!subject) throw new Error('there is no stage')
  return subject
}

/** A project that nobody has built before; random bytes cannot be compressed. */
function createProject(name: string, texts: Readonly<Record<string, string>>, random: Readonly<Record<string, number>> = {}) {
  const folder = join(root, name)
  const put = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  for (const [path, text] of Object.entries(texts)) put(path, text)
  for (const [path, bytes] of Object.entries(random)) put(path, randomBytes(bytes))
  const tag = `ml-image-gains/${name}:${process.pid}`
  made.add(tag)
  return {
    folder,
    tag,
    put,
    build: (): Built => {
      const began = performance.now()
      const { status, stderr } = spawnSync('docker', ['buildx', 'build', '--progress', 'plain', '--load', '--tag', tag, folder], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      const ms = performance.now() - began
      if (status !== 0) throw new Error(stderr.slice(-3000))
      made.add(docker('image', 'inspect', '--format', '{{.Id}}', tag).trim())
      const sent = [...stderr.matchAll(/transferring context: ([\d.]+)([kMG]?B)/g)].map(
        ([, number, of = 'B']) => Number(number) * (unit[of] ?? 1),
      )
      return { ms, bytes: Number(docker('image', 'inspect', '--format', '{{.Size}}', tag)), sent: Math.max(0, ...sent) }
    },
    advice: (): readonly Found[] => {
      const subject = subjectOf(folder)
      const asked = { workspace: folder, build: { context: folder }, test: { place: { kind: 'runner' } }, smoke: {} } as const
      const around = lookAround(realFiles(root), asked, subject)
      return [...lookBy(dockerfileRules, subject), ...around]
    },
    seen: (): readonly Found[] => lookBy(imageRules, imageSubject(tag, folder)),
    take: ({ fix = '' }: Found) =>
      execFileSync('git', ['apply', '-'], { cwd: folder, input: fix, env: { ...process.env, GIT_CEILING_DIRECTORIES: root } }),
  }
}

type Blob = Readonly<{ digest: string }>
type ImageConfig = Readonly<{ config: Readonly<{ User?: string }>; history: readonly HistoryEntry[] }>

/** An image as its rules look at it, read from what the engine saves. */
function imageSubject(tag: string, folder: string): ImageSubject {
  const saved = mkdtempSync(join(root, 'saved-'))
  execFileSync('docker', ['save', '--output', join(saved, 'image.tar'), tag])
  execFileSync('tar', ['-xf', 'image.tar'], { cwd: saved })
  const blob = ({ digest }: Blob) => readFileSync(join(saved, 'blobs', digest.replace(':', '/')))
  const json = <T>(of: Blob | string) =>
    JSON.parse(typeof of === 'string' ? readFileSync(join(saved, of), 'utf8') : blob(of).toString()) as T
  const top = json<{ manifests: readonly [Blob] }>('index.json').manifests[0]
  const inner = json<{ manifests?: readonly [Blob] }>(top).manifests?.[0] ?? top
  const { config, layers } = json<{ config: Blob; layers: readonly (Blob & { mediaType: string; size: number })[] }>(inner)
  const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8')
  const { config: own, history } = json<ImageConfig>(config)
  const steps = stepsOf(history, chainOf(dockerfile, undefined))
  const reader = imageFilesReader()
  for (const [index, layer] of layers.entries()) {
    if (!steps.find((step) => step.layer === index)?.own) continue
    const bytes = blob(layer)
    const tar = createTarReader(0, ({ path, bytes: size }) => reader.add(index, { path, bytes: size }))
    tar.push(layer.mediaType.endsWith('zstd') ? zstdDecompressSync(bytes) : layer.mediaType.endsWith('gzip') ? gunzipSync(bytes) : bytes)
  }
  return {
    user: own.User ?? '',
    layers: layers.map(({ size }, index) => {
      const step = steps.find((one) => one.layer === index)
      const at = step?.by ? { at: { file: 'Dockerfile', line: step.by.line } } : {}
      return { bytes: size, own: step?.own ?? true, instruction: step?.by?.text ?? step?.createdBy ?? '', ...at }
    }),
    files: reader.end(),
    gpu: false,
    ...(own.User ? {} : { dockerfile: subjectOf(folder) }),
  }
}

type Project = ReturnType<typeof createProject>

const advised = (project: Project, rule: string): Found => {
  const found = project.advice().find((one) => one.rule === rule)
  if (!found) throw new Error(`${rule} says nothing, but ${project.advice().map((one) => one.rule)} do`)
  return found
}
const promisedBytes = ({ gain }: Found) => (gain.kind === 'size' ? (gain.bytes ?? Number.NaN) : Number.NaN)
const row = (rule: string, what: string, before: string, after: string, promised: string) =>
  void lines.push(`| \`${rule}\` | ${what} | ${before} | ${after} | ${promised} |`)

const serve = 'CMD ["python", "-m", "http.server", "8000"]\n'

describe('what advice promises is what a build gives', () => {
  test('what lies beside the code stays out of the image', () => {
    const dockerfile = `FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\n${serve}`
    const project = createProject(
      'beside',
      { Dockerfile: dockerfile, 'app.py': 'print(1)\n', '.dockerignore': '*.md\n' },
      { 'data/train.bin': 40e6, '.git/objects/pack/a.pack': 20e6 },
    )
    const before = project.build()
    const [data, git] = [advised(project, 'dataset-in-image'), advised(project, 'git-in-image')]
    project.take(data)
    project.take(advised(project, 'git-in-image'))
    const after = project.build()
    const promised = promisedBytes(data) + promisedBytes(git)
    row('dataset-in-image, git-in-image', 'image', megabytes(before.bytes), megabytes(after.bytes), megabytes(promised))
    row('dataset-in-image, git-in-image', 'sent to the build', megabytes(before.sent), megabytes(after.sent), megabytes(promised))
    expect((before.bytes - after.bytes) / promised).toBeCloseTo(1, 1)
    expect((before.sent - after.sent) / promised).toBeGreaterThan(0.9)
  })

  test('a change of owner does not bring the weights a second time', () => {
    const dockerfile = `FROM python:3.11-slim\nRUN useradd --create-home app\nWORKDIR /app\nCOPY model/ model/\nRUN chown -R app:app /app\nUSER app\n${serve}`
    const project = createProject('owner', { Dockerfile: dockerfile, '.dockerignore': '.git\n' }, { 'model/weights.bin': 50e6 })
    const before = project.build()
    const found = advised(project, 'chown-copies')
    expect(project.seen().find(({ rule }) => rule === 'chown-copies')).toMatchObject({
      gain: { kind: 'size', bytes: 50e6 },
      at: { line: 5 },
    })
    project.take(found)
    const after = project.build()
    row('chown-copies', 'image', megabytes(before.bytes), megabytes(after.bytes), megabytes(promisedBytes(found)))
    expect(project.seen()).toEqual([])
    expect((before.bytes - after.bytes) / promisedBytes(found)).toBeCloseTo(1, 1)
  })

  test('tools of the tests stay out of the image', () => {
    const dockerfile = `FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY app.py .\n${serve}`
    const requirements = 'itsdangerous==2.2.0\npytest==8.3.3\nhypothesis==6.115.0\nmypy==1.13.0\n'
    const project = createProject('tools', {
      Dockerfile: dockerfile,
      'requirements.txt': requirements,
      'app.py': 'print(1)\n',
      '.dockerignore': '.git\n',
    })
    const before = project.build()
    project.take(advised(project, 'test-tools-in-image'))
    const after = project.build()
    row('test-tools-in-image', 'image', megabytes(before.bytes), megabytes(after.bytes), 'not known before the build')
    row('test-tools-in-image', 'build', seconds(before.ms), seconds(after.ms), '')
    expect(before.bytes - after.bytes).toBeGreaterThan(10e6)
  })

  test('a changed line does not install the packages anew', () => {
    const dockerfile = `FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n${serve}`
    const project = createProject('order', {
      Dockerfile: dockerfile,
      'requirements.txt': 'fastapi==0.115.0\n',
      'app.py': 'print(1)\n',
      '.dockerignore': '.git\n',
    })
    // A line that no build before has had: the engine remembers those of other runs.
    const change = () => project.put('app.py', `print("${randomBytes(8).toString('hex')}")\n`)
    const rebuilt = (): Built => {
      change()
      project.build()
      change()
      return project.build()
    }
    const before = rebuilt()
    project.take(advised(project, 'code-before-packages'))
    const after = rebuilt()
    row('code-before-packages', 'rebuild after a changed line', seconds(before.ms), seconds(after.ms), 'the time of the step')
    expect(after.ms / before.ms).toBeLessThan(0.5)
  })

  test('what a later layer deletes is still in the image, and is told by what the layers hold', () => {
    const write = (path: string) => `RUN python -c "import os; open('${path}', 'wb').write(os.urandom(30_000_000))"`
    const apart = `FROM python:3.11-slim\nWORKDIR /app\n${write('/app/wheels.bin')}\nRUN rm /app/wheels.bin\n${serve}`
    const project = createProject('waste', { Dockerfile: apart, '.dockerignore': '.git\n' })
    const before = project.build()
    const [found] = project.seen().filter(({ rule }) => rule === 'wasted-bytes')
    project.put('Dockerfile', apart.replace(/\nRUN rm/, ' && rm'))
    const after = project.build()
    row('wasted-bytes', 'image', megabytes(before.bytes), megabytes(after.bytes), megabytes(found ? promisedBytes(found) : 0))
    expect(found).toMatchObject({ at: { file: 'Dockerfile', line: 3 } })
    expect((before.bytes - after.bytes) / (found ? promisedBytes(found) : 1)).toBeCloseTo(1, 1)
    expect(project.seen().map(({ rule }) => rule)).toEqual(['root-user'])
  })
})

test('what the rules take for sent is what the build is sent, whatever .dockerignore says', () => {
  const paths = [
    ...['a.pyc', 'app/b.pyc', 'app/__pycache__/x.pyc', '__pycache__/y', 'data/x.csv', 'data/keep/y.csv', 'sub/data/z.csv', 'nb.ipynb'],
    ...['eda/n.ipynb', 'temp.txt', 'x/temp1', 'x/y/temp2', 'a.txt', 'c.txt', 'abs', 'abs2/abs', 'README.md', 'docs/README.md', 'docs/x.md'],
    ...['!bang', 'foobar', 'foo1/bar', 'p/q/r', 'p/q.txt', '.env', '.env.example', '.git/HEAD', 'tests/test_a.py', 'src/tests/test_b.py'],
    ...['deep/a/b/c/d.log', 'z.log', 'upper2', 'w[1].txt', 'venv/lib/x', '.venv/lib/y', 'd1/f', 'd10/f', 'k/e/e/p', 'k/drop', 'sp/x'],
  ]
  const rules = [
    ...['# comment', '__pycache__/', '*.pyc', 'data/', '!data/keep', '**/*.ipynb', '*/temp*', '[ab].txt', '/abs', '*.md', '!docs/x.md'],
    ...['docs', '\\!bang', 'foo*', 'p/q/../q.txt', ' .env ', 'tests', '**/*.log', 'UPPER2', 'venv/', 'd?/f', 'w\\[1\\].txt', './sp'],
    ...['k/**', '!k/e/**/p'],
  ]
  const Dockerfile = 'FROM python:3.11-slim\nCOPY . /sent\nCMD ["find", "/sent", "-type", "f"]\n'
  const texts = { ...Object.fromEntries(paths.map((path) => [path, 'x'])), '.dockerignore': `${rules.join('\n')}\n`, Dockerfile }
  const project = createProject('sent', texts)
  project.build()
  const sent = docker('run', '--rm', project.tag)
    .trim()
    .split('\n')
    .map((path) => path.replace('/sent/', ''))
    .sort()
  const { paths: walked } = subjectOf(project.folder).sent
  const aside = foldersAside(realFiles(root), project.folder, texts['.dockerignore'] ?? '').map(({ path }) => path)
  expect([...walked, ...sent.filter((path) => aside.some((folder) => path.startsWith(folder)))].sort()).toEqual(sent)
  expect(aside).toEqual(['.git/', '.venv/', 'app/__pycache__/'])
})
