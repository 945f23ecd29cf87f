import { describe, expect, test } from '@jest/globals'
import { contextRules } from '../../src/advice/rules/context/rules.ts'
import { applyDiff } from './apply-diff.ts'
import { around, type Sizes, type Texts } from './project.ts'

const whole = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nCOPY . .\n'
const base: Texts = { Dockerfile: whole, 'requirements.txt': '', 'app.py': 'print(1)\n', '.dockerignore': '.github\n' }

type Case = Readonly<{ rule: string; hit: Texts; sizes?: Sizes; near: Texts; nearSizes?: Sizes; says: RegExp }>

const cases: readonly Case[] = [
  { rule: 'env-file-in-image', hit: { '.env': 'A=b' }, near: { '.env.example': 'A=b' }, says: /\.env\.$/ },
  {
    rule: 'env-file-in-image',
    hit: { 'app/.env.prod': 'A=b', Dockerfile: whole.replace('. .\n', 'app/ /app\n') },
    near: { 'conf/.env': 'A=b', Dockerfile: whole.replace('COPY . .', 'COPY app.py .') },
    says: /app\/\.env\.prod/,
  },
  {
    rule: 'git-in-image',
    hit: { '.git/HEAD': 'ref' },
    sizes: { '.git/objects/pack/one.pack': 12_300_000 },
    near: { '.gitignore': '*.pyc' },
    says: /\.git\/ \(12\.3 MB\)/,
  },
  {
    rule: 'venv-in-image',
    hit: { '.venv/pyvenv.cfg': 'home = /usr' },
    sizes: { '.venv/lib/big.so': 5e6 },
    near: { 'env/settings.py': 'A = 1' },
    says: /\.venv\/ \(5\.0 MB\)/,
  },
  { rule: 'venv-in-image', hit: { 'myenv/pyvenv.cfg': 'home = /usr' }, near: { 'venv_tools.py': '' }, says: /myenv\// },
  {
    rule: 'bytecode-in-image',
    hit: { 'app/__pycache__/a.pyc': 'x', '.dockerignore': '__pycache__\n*.pyc\n' },
    near: { 'app/__pycache__/a.pyc': 'x', '.dockerignore': '**/__pycache__\n' },
    says: /app\/__pycache__\//,
  },
  {
    rule: 'tests-in-image',
    hit: { 'tests/test_app.py': 'x' },
    near: { 'tests/test_app.py': 'x', Dockerfile: 'FROM python:3.11-slim AS test\nCOPY . .\nFROM python:3.11-slim\nCOPY app.py .\n' },
    says: /tests\//,
  },
  {
    rule: 'tests-in-image',
    hit: { 'src/testing/conftest.py': 'x' },
    near: { 'tests/test_app.py': 'x', Dockerfile: `${whole.replace('COPY . .', 'COPY app.py .')}COPY tests/ tests/\n` },
    says: /src\/testing\//,
  },
  {
    rule: 'notebooks-in-image',
    hit: { 'eda/one.ipynb': '{}', '.dockerignore': '*.ipynb\n' },
    near: { 'notebook.py': '' },
    says: /eda\/one\.ipynb/,
  },
  { rule: 'training-runs-in-image', hit: { 'mlruns/0/meta.yaml': 'a' }, near: { 'runs.py': 'a' }, says: /mlruns\// },
  {
    rule: 'dataset-in-image',
    hit: {},
    sizes: { 'data/train.bin': 80e6, 'data/more.csv': 1e6 },
    near: {},
    nearSizes: { 'data/labels.csv': 40_000 },
    says: /data\/ \(81\.0 MB\)/,
  },
  {
    rule: 'dataset-in-image',
    hit: {},
    sizes: { 'train.parquet': 9e6 },
    near: {},
    nearSizes: { 'model.onnx': 900e6 },
    says: /train\.parquet \(9\.0 MB\)/,
  },
  {
    rule: 'large-file-in-image',
    hit: {},
    sizes: { 'assets/video.mp4': 60e6 },
    near: {},
    nearSizes: { 'weights.safetensors': 600e6 },
    says: /video\.mp4 \(60\.0 MB\)/,
  },
  { rule: 'no-dockerignore', hit: { '.dockerignore': '' }, near: {}, says: /there is no \.dockerignore/ },
]
const without = (texts: Texts, rule: string): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([path]) => rule !== 'no-dockerignore' || path !== '.dockerignore'))

describe.each(cases)('$rule, $says', ({ rule, hit, sizes, near, nearSizes, says }) => {
  const project = without({ ...base, ...hit }, rule)
  const found = around(project, sizes).filter((one) => one.rule === rule)
  test('is told once, at its COPY, with what it saves', () => {
    expect(found).toHaveLength(1)
    const [{ message = '', at, gain } = {}] = found
    expect(message).toMatch(says)
    expect(project['Dockerfile']?.split('\n')[(at?.line ?? 0) - 1]).toMatch(/^COPY/)
    expect(gain?.kind === 'risk' ? gain.text : String(gain?.kind === 'size' && gain.bytes)).toMatch(/\w/)
  })
  test('is silent after the fix', () => {
    const fixed = applyDiff(project, found[0]?.fix ?? '')
    expect(around(fixed, sizes).map((one) => one.rule)).not.toContain(rule)
  })
  test('does not mind what is like it', () => {
    expect(around({ ...base, ...near }, nearSizes).map((one) => one.rule)).not.toContain(rule)
  })
})

test('each rule has a case', () => {
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(contextRules.map(({ id }) => id).sort())
})
test('without a .dockerignore one advice says all, but for secrets', () => {
  const { '.dockerignore': _, ...bare } = base
  const all = around({ ...bare, '.git/HEAD': 'ref', 'tests/test_a.py': 'x', '.env': 'A=b' }, { 'data/a.csv': 50e6 })
  expect(all.map(({ rule }) => rule).sort()).toEqual(['env-file-in-image', 'no-dockerignore'])
  expect(all.find(({ rule }) => rule === 'no-dockerignore')?.fix).toMatch(/^\+data$/m)
})
test('tests that run in the image are not taken out of it', () => {
  const project = { ...base, 'tests/test_app.py': 'x' }
  expect(around(project, {}, 'Dockerfile', 'image').map(({ rule }) => rule)).toEqual([])
})
test.each<[string, Texts]>([
  ['a Dockerfile.dockerignore', { 'Dockerfile.dockerignore': '.git\n' }],
  ['a COPY of a folder', { Dockerfile: 'FROM python:3.11-slim\nCOPY src/ src/\n' }],
])('no .dockerignore is missed with %s', (_, more) => {
  const { '.dockerignore': _out, ...bare } = base
  expect(around({ ...bare, ...more }).map(({ rule }) => rule)).not.toContain('no-dockerignore')
})
