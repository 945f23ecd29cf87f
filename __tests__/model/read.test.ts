import { describe, expect, test } from '@jest/globals'
import type { BuildInputs } from '../../src/inputs/inputs.ts'
import { mostHashed, readModel } from '../../src/model/read.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 123\n`
const mlmodel = `flavors:
  sklearn:
    sklearn_version: 1.5.0
  python_function: {}
mlflow_version: 3.4.0
model_id: null
model_uuid: 0a1b
`

function read(
  files: Readonly<Record<string, string>>,
  dockerfile = 'COPY . .',
  build: Partial<BuildInputs> = {},
  links: Readonly<Record<string, string>> = {},
) {
  const placed = { '/x.txt': 'flask==3.0.0', ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/repo/${path}`, text])) }
  const host = createFakeHost({ files: createFiles(placed, links), capture: { git: { exitCode: 128 } } })
  return readModel(host, createInputs({ build: { dockerfile: `FROM python:3.11\n${dockerfile}\n`, ...build } }).build, {})
}

describe('the files of a model', () => {
  test('one', async () => {
    const { files, digest } = await read({ 'model/a.pkl': 'weights', 'app.py': '' })
    // sha256sum of the seven letters.
    expect([files, digest]).toEqual([['model/a.pkl'], 'sha256:9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c'])
  })
  test('none', async () => expect(await read({ 'app.py': '' })).toEqual({ files: [], frameworks: {}, remarks: [], notices: [] }))
  test('not one that is left out of the build', async () => {
    expect((await read({ 'a.pkl': '1', 'b.pkl': '2', '.dockerignore': 'b.pkl' })).files).toEqual(['a.pkl'])
    expect((await read({ 'a.pkl': '1', '.dockerignore': '*', 'Dockerfile.dockerignore': '' })).files).toEqual(['a.pkl'])
    expect((await read({ 'm/a.pkl': '1', 'm/b.pkl': '2', '.dockerignore': 'm\n!m/a.pkl' })).files).toEqual(['m/a.pkl'])
  })
  test('nor one that the Dockerfile does not take', async () =>
    expect((await read({ 'a.pkl': '1', 'b.pkl': '2' }, 'COPY a.pkl .')).files).toEqual(['a.pkl']))
  test('nor a link, which may lead anywhere', async () =>
    expect((await read({}, 'COPY . .', {}, { '/repo/a.pkl': '/etc/passwd' })).files).toEqual([]))
  test('a pointer of Git LFS has the digest of what it stands for, and is told', async () => {
    const { digest, notices } = await read({ 'a.pkl': pointer })
    expect(digest).toBe(`sha256:${'ab'.repeat(32)}`)
    expect(notices).toEqual([expect.stringMatching(/^a\.pkl is a pointer of Git LFS .*lfs: true/)])
  })
  test('more than can be read in no time: no digest, and a line that says so', async () => {
    const { files, digest, remarks } = await read({ 'a.pt': 'x'.repeat(mostHashed), 'b.pt': 'y' })
    expect([files, digest, remarks]).toEqual([['a.pt', 'b.pt'], undefined, [expect.stringContaining('larger than 64 MiB')]])
  })
  test('a context of too many files is not searched', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`data/${i}`, '']))
    const { files, digest, remarks } = await read({ 'a.pkl': '', ...many })
    expect([files, digest, remarks]).toEqual([[], undefined, [expect.stringContaining('more than 20000 files')]])
  })
})

describe('name and version of a model', () => {
  const meta = { 'm/registered_model_meta': "model_name: fraud\nmodel_version: '12'\n" }
  test('from MLflow', async () => {
    const { name, version, uuid, flavors } = await read({ 'm/MLmodel': mlmodel, ...meta })
    expect([name, version, uuid, flavors]).toEqual(['fraud', '12', '0a1b', ['python_function', 'sklearn']])
  })
  test('from a bento', async () =>
    expect(await read({ 'bento.yaml': 'name: iris\nversion: 1.10\n' })).toMatchObject({ name: 'iris', version: '1.10' }))
  test('the Dockerfile and the build arguments know better', async () => {
    const { name, version } = await read(meta, 'ARG MODEL_VERSION=3\nENV MODEL_NAME=churn\nCOPY . .', { args: { MODEL_VERSION: '4' } })
    expect([name, version]).toEqual(['churn', '4'])
  })
  test('what is null in it is nothing', async () => expect((await read({ MLmodel: 'model_uuid: null\nmodel_id: m-1\n' })).uuid).toBe('m-1'))
  test('not from one of a size that none has', async () =>
    expect((await read({ 'bento.yaml': `name: iris\n#${'x'.repeat(256 << 10)}` })).name).toBeUndefined())
  test('of two models neither', async () => {
    const { name, uuid, flavors } = await read({ 'a/MLmodel': mlmodel, 'b/MLmodel': mlmodel.replace('0a1b', 'ffff'), ...meta })
    expect([name, uuid, flavors]).toEqual(['fraud', undefined, ['python_function', 'sklearn']])
  })
  test.each(['', '{', '- a', 'a: &x 1\nb: *x\n', '\u0000'])('%j says nothing', async (text) => {
    const { name, version, uuid } = await read({ MLmodel: text, 'm/registered_model_meta': text, 'bento.yaml': text })
    expect([name, version, uuid]).toEqual([undefined, undefined, undefined])
  })
})

describe('the frameworks that the Dockerfile installs', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, string, Readonly<Record<string, string>>]>([
    ['from a file', { 'requirements.txt': 'torch==2.4.0' }, 'COPY . .\nRUN pip install -r requirements.txt', { torch: '2.4.0' }],
    ['not from a file that it does not use', { 'requirements.txt': 'torch==2.4.0' }, 'COPY . .', {}],
    ['not from a file that is not there', { 'requirements.txt': 'torch==2.4.0' }, 'RUN pip install -r requirements.txt', {}],
    [
      'from a file that is mounted',
      { 'uv.lock': uvLock('flask', '3.0.0') },
      'RUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync',
      { flask: '3.0.0' },
    ],
    [
      'from a file that was put elsewhere',
      { 'req/prod.txt': 'torch==2.4.0' },
      'COPY req/ /tmp/\nRUN pip install -r /tmp/prod.txt',
      { torch: '2.4.0' },
    ],
    [
      'not from one of two that it may be',
      { 'a/prod.txt': 'torch==2', 'b/prod.txt': 'torch==2' },
      'COPY . .\nRUN pip install -r /tmp/prod.txt',
      {},
    ],
    [
      'from files in files, round and round',
      { 'a.txt': '-r b.txt', 'b.txt': '-r a.txt\nflask==3.0.0' },
      'COPY . .\nRUN pip install -r a.txt',
      { flask: '3.0.0' },
    ],
    ['not from files elsewhere', { 'a.txt': '-r ../x.txt' }, 'COPY . .\nRUN pip install -r a.txt', {}],
    [
      'from pyproject.toml',
      { 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["flask==3.0.0"]' },
      'COPY . .\nRUN pip install --no-cache-dir .',
      { flask: '3.0.0' },
    ],
    ['from no lock that cannot be read', { 'poetry.lock': '[[' }, 'COPY . .\nRUN poetry install', {}],
    [
      'in a stage that it copies from',
      { 'r.txt': 'torch==2.4.0' },
      'COPY r.txt .\nRUN pip install -r r.txt\nFROM python:3.11\nCOPY --from=0 /x /x',
      { torch: '2.4.0' },
    ],
    [
      'not in one of tests',
      { 'r.txt': 'torch==2.4.0' },
      'FROM python:3.11 AS test\nCOPY r.txt .\nRUN pip install -r r.txt\nFROM python:3.11',
      {},
    ],
    [
      'in a version that is a variable',
      {},
      'ARG T=2.4.0\nENV K="3.0.0" F=$T\nRUN pip install torch==$T keras==${K} flask==${F} jax==$X',
      { flask: '2.4.0', keras: '3.0.0', torch: '2.4.0' },
    ],
    ['not in what only looks so', {}, 'CMD pip install torch==2.4.0', {}],
    ['by the base image', {}, 'FROM pytorch/pytorch:2.4.0-cuda12.1-runtime', { torch: '2.4.0' }],
    ['over the base image', {}, 'FROM pytorch/pytorch:2.4.0-cuda12.1-runtime\nRUN pip install torch==2.5.0', { torch: '2.5.0' }],
  ])('%s', async (_, files, dockerfile, frameworks) => expect((await read(files, dockerfile)).frameworks).toEqual(frameworks))
})

function uvLock(name: string, version: string): string {
  const app = '[[package]]\nname = "app"\nversion = "0"\nsource = { virtual = "." }\n'
  return `${app}dependencies = [{ name = "${name}" }]\n[[package]]\nname = "${name}"\nversion = "${version}"\n`
}
