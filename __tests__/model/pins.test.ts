import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { frameworkOfBase, frameworkVersions } from '../../src/model/frameworks.ts'
import { installedByRun, pinOf, pipfilePins, poetryPins, requirementsFile, uvPins } from '../../src/model/pins.ts'

const shown = (pins: readonly { name: string; version: string }[]) => pins.map(({ name, version }) => `${name} ${version}`)

describe('a requirement that has one version', () => {
  test.each<readonly [string, string | undefined]>([
    ['scikit-learn==1.5.0', 'scikit-learn 1.5.0'],
    ['Scikit_Learn == 1.5.0  # pinned', 'scikit-learn 1.5.0'],
    ['torch===2.4.0+cpu', 'torch 2.4.0+cpu'],
    ['ray[serve]==2.9.0', 'ray 2.9.0'],
    ['torch==2.4.0 --hash=sha256:00', 'torch 2.4.0'],
    ['torch==2.4.0 ; python_version >= "3.9"', 'torch 2.4.0'],
    ["torch==2.4.0; sys_platform == 'linux'", 'torch 2.4.0'],
    ["torch==2.4.0; sys_platform == 'darwin'", undefined],
    ['torch==2.4.0; platform_system == "Windows"', undefined],
    ['torch==2.4.0; extra == "gpu"', undefined],
    ['torch>=2.4.0', undefined],
    ['torch', undefined],
    ['torch==2.*', undefined],
    ['torch==2.4.0,!=2.4.1', undefined],
    ['torch @ https://example.com/torch-2.4.0.whl', undefined],
    ['-r torch==2.4.0', undefined],
    ['# torch==2.4.0', undefined],
    ['', undefined],
  ])('%j: %s', (line, pin) => expect(shown([pinOf(line)].filter((one) => one !== undefined))[0]).toBe(pin))
  test('whatever is written, there is an answer', () => {
    fc.assert(fc.property(fc.string(), (line) => void pinOf(line)))
  })
})

test('a requirements file: its pins, lines that go on, and the files it takes in', () => {
  const file = 'torch==2.4.0 \\\n  --hash=sha256:00\n-r base.txt\n--requirement=more.txt\n-c limits.txt\nflask\n'
  const { pins, included } = requirementsFile(file)
  expect([shown(pins), included]).toEqual([['torch 2.4.0'], ['base.txt', 'more.txt']])
})

test('what RUN gives to pip by name or by file', () => {
  const { pins, files } = installedByRun([
    'RUN apt-get install -y curl==1.0.0 && pip install --no-cache-dir "fastapi[all]==0.115.0" flask -r /tmp/req.txt',
    'RUN --mount=type=cache,target=/x uv pip install --system torch==2.4.0; pip3 install -rmore.txt',
    "RUN python -m pip install 'numpy==2.0.0'",
    'RUN uv pip sync --system locked.txt && pip install "keras==3.0.0; sys_platform == \'darwin\'"',
  ])
  expect([shown(pins), files]).toEqual([
    ['fastapi 0.115.0', 'torch 2.4.0', 'numpy 2.0.0'],
    ['locked.txt', '/tmp/req.txt', 'more.txt'],
  ])
})

describe('locks, without what is there for development', () => {
  test('uv.lock', () => {
    const lock = `
[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "mlflow" }]
[package.dev-dependencies]
dev = [{ name = "keras" }]
[[package]]
name = "mlflow"
version = "2.1.0"
dependencies = [{ name = "flask" }, { name = "mlflow" }]
[[package]]
name = "flask"
version = "3.0.0"
[[package]]
name = "keras"
version = "3.1.0"
`
    expect(shown(uvPins(lock))).toEqual(['mlflow 2.1.0', 'flask 3.0.0'])
  })
  test('poetry.lock, old and new', () => {
    const lock = `
[[package]]
name = "Flask"
version = "3.0.0"
groups = ["main", "dev"]
[[package]]
name = "keras"
version = "3.1.0"
groups = ["dev"]
[[package]]
name = "torch"
version = "2.4.0"
category = "main"
[[package]]
name = "jax"
version = "0.4.0"
category = "dev"
[[package]]
name = "ray"
version = "2.0.0"
optional = true
`
    expect(shown(poetryPins(lock))).toEqual(['flask 3.0.0', 'torch 2.4.0'])
  })
  test('Pipfile.lock', () => {
    const lock = { default: { flask: { version: '==3.0.0' }, torch: { git: 'x' } }, develop: { keras: { version: '==3.1.0' } } }
    expect(shown(pipfilePins(JSON.stringify(lock)))).toEqual(['flask 3.0.0'])
  })
})

describe('the frameworks among them', () => {
  const versions = (...pins: readonly string[]) => frameworkVersions(pins.flatMap((pin) => pinOf(pin) ?? []))
  test('are told from other packages, and sorted', () =>
    expect(Object.entries(versions('torch==2.4.0', 'requests==2.0.0', 'fastapi==0.115.0'))).toEqual([
      ['fastapi', '0.115.0'],
      ['torch', '2.4.0'],
    ]))
  test('one that has two versions has none that is sure', () =>
    expect(
      versions('torch==2.4.0; python_version < "3.9"', 'torch==2.5.0; python_version >= "3.9"', 'flask==3.0.0', 'Flask==3.0.0'),
    ).toEqual({
      flask: '3.0.0',
    }))
  test.each<readonly [string, string | undefined]>([
    ['pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime', 'torch 2.4.0'],
    ['docker.io/tensorflow/tensorflow:2.15.0-gpu@sha256:00', 'tensorflow 2.15.0'],
    ['tensorflow/serving:2.14.1', 'tensorflow-serving 2.14.1'],
    ['nvcr.io/nvidia/tritonserver:24.05-py3', 'tritonserver 24.05'],
    ['vllm/vllm-openai:v0.6.0', 'vllm 0.6.0'],
    ['vllm/vllm-openai:latest', undefined],
    ['pytorch/pytorch', undefined],
    ['python:3.11-slim', undefined],
    ['localhost:5000/pytorch/pytorch:2.4.0', undefined],
    ['constructor:1.0.0', undefined],
  ])('%s is %s', (base, pin) => {
    const found = frameworkOfBase(base)
    expect(found && `${found.name} ${found.version}`).toBe(pin)
  })
})
