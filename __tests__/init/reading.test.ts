import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Folder } from '../../src/init/folder.ts'
import { readLiteral } from '../../src/init/literal.ts'
import { modelPaths } from '../../src/init/model.ts'
import { importedBy, moduleOf, rootOf } from '../../src/init/modules.ts'
import { findPackages } from '../../src/init/packages.ts'
import { choosePython } from '../../src/init/python-version.ts'
import { exampleIn, findSample } from '../../src/init/sample.ts'
import { applicationIn, findServer, routesIn } from '../../src/init/server.ts'
import { newestWithWheels } from '../../src/init/wheels.ts'
import type { Json } from '../../src/inputs/parse.ts'

const folderOf = (texts: Readonly<Record<string, string>>): Folder => ({
  paths: Object.keys(texts).sort(),
  read: (path) => texts[path],
  bytes: (path) => texts[path]?.length ?? 0,
  isThere: (path) => path in texts,
  leftOut: () => false,
})
const now = Date.UTC(2026, 5, 1)

describe('a literal of Python', () => {
  const python = (value: Json): string => {
    if (value === null) return 'None'
    if (typeof value === 'boolean') return value ? 'True' : 'False'
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string')
      return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')}'`
    if (Array.isArray(value)) return `[ ${(value as readonly Json[]).map(python).join(' , # a comment\n')} ,]`.replace('[  ,]', '[]')
    return `{${Object.entries(value)
      .map(([key, one]) => `${python(key)}: ${python(one)}`)
      .join(',\n  ')}}`
  }
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  test('is read as what it was written from', () => {
    fc.assert(
      fc.property(value, (one) => {
        const text = python(one)
        expect(readLiteral(` ${text})`, 0)).toEqual({ value: JSON.parse(JSON.stringify(one)), end: text.length + 1 })
      }),
    )
  })
  test.each(['name', '[1, name]', '{"a": f(1)}', '{1: 2}', 'f"x"', '"\\x41"', '', '[', '{"a"', '1.2.3', 'True.x'])('%s is none', (text) =>
    expect(readLiteral(text, 0)).toBeUndefined(),
  )
  test('no text makes it throw', () =>
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'[]{}()\'"\\,:#\n1a.') }), (text) => void readLiteral(text, 0))))
})

test.each([
  ['app = FastAPI()', 'fastapi', 'app', false],
  ['import fastapi\nservice: fastapi.FastAPI = fastapi.FastAPI(\n    title="x"\n)', 'fastapi', 'service', false],
  ['application = Flask(__name__)', 'flask', 'application', false],
  ['def create_app():\n    app = Flask(__name__)\n    return app\n', 'flask', 'create_app', true],
  ['def create_app(config=None):\n    return FastAPI()\n\n\napi = create_app()\n', 'fastapi', 'api', false],
  ['@bentoml.service\nclass Iris:\n    pass\n', 'bentoml', 'Iris', false],
  ['if __name__ == "__main__":\n    server = ls.LitServer(Api())\n    server.run()\n', 'litserve', '', false],
])('%j makes an application', (text, framework, application, factory) => {
  expect(applicationIn(text)).toEqual({ framework, application, factory })
})
test.each([
  '"""\napp = FastAPI()\n"""',
  '# app = Flask(__name__)',
  'def create_app(config):\n    return Flask(config)\n',
  'class FastAPI: pass',
])('%j makes none', (text) => expect(applicationIn(text)).toBeUndefined())

test('routes have their methods, and the prefix of their router', () => {
  const code = [
    'router = APIRouter(prefix="/v1")',
    '@router.post("/predict")',
    "@app.route('/score', methods=['GET', 'POST'])",
    '@app.route("/health")',
    '# @app.get("/old")',
  ]
  expect(routesIn(code.join('\n')).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/predict',
    'GET /score',
    'POST /score',
    'GET /health',
  ])
})

describe('where modules are looked for', () => {
  test.each([
    ['app/main.py', { 'app/main.py': 'from model import x', 'app/model.py': '' }, 'app', 'main', ['app/main.py', 'app/model.py']],
    ['app/main.py', { 'app/main.py': 'from app.model import x', 'app/model.py': '' }, '', 'app.main', ['app/main.py', 'app/model.py']],
    ['app/main.py', { 'app/main.py': 'from . import model', 'app/model.py': '' }, '', 'app.main', ['app/main.py', 'app/model.py']],
    [
      'src/shop/api.py',
      { 'src/shop/__init__.py': '', 'src/shop/api.py': '' },
      'src',
      'shop.api',
      ['src/shop/__init__.py', 'src/shop/api.py'],
    ],
    [
      'src/api/app.py',
      { 'src/api/app.py': 'from src.train import (\n  PATH,\n)', 'src/train.py': '' },
      '',
      'src.api.app',
      ['src/api/app.py', 'src/train.py'],
    ],
    ['src/server.py', { 'src/server.py': '', 'tests/test_a.py': 'from server import app' }, 'src', 'server', ['src/server.py']],
  ])('%s of %j', (file, texts, root, module, files) => {
    const folder = folderOf(texts as unknown as Record<string, string>)
    expect(rootOf(folder, file)).toBe(root)
    expect(moduleOf(file, root)).toBe(module)
    expect(importedBy(folder, file, root)).toEqual(files)
  })
})

test('a Procfile says which application is the one', () => {
  const two = { 'admin/app.py': 'app = Flask(__name__)', 'services/scoring.py': 'api = FastAPI()', 'app.py': 'app = FastAPI()' }
  expect(findServer(folderOf(two))?.file).toBe('app.py')
  expect(findServer(folderOf({ ...two, Procfile: 'web: uvicorn services.scoring:api --port $PORT\n' }))).toMatchObject({
    module: 'services.scoring',
    application: 'api',
  })
})

test.each([
  ['app.py', 'joblib.load("model.joblib")', ['model.joblib']],
  ['app.py', 'os.environ.get("MODEL_PATH", "model/classifier.joblib")', ['model/classifier.joblib']],
  ['src/app.py', 'Path("models") / "a.pkl"', ['models/a.pkl']],
  ['src/app.py', 'Path(__file__).parent / "a.pkl"', ['src/a.pkl']],
  ['src/app.py', 'ROOT = Path(__file__).resolve().parent.parent\nPATH = ROOT / "models" / "a.onnx"', ['models/a.onnx']],
  ['app.py', 'os.path.join("models", "a.pt")', ['models/a.pt']],
  ['app.py', 'f"models/{name}.pkl", "https://x/a.pkl", "*.pkl"', []],
])('%s with %j loads %j', (file, text, paths) => expect(modelPaths(file, text)).toEqual(paths))

describe('the example of a pydantic model', () => {
  test.each<readonly [string, Json | undefined]>([
    ['    model_config = {"json_schema_extra": {"examples": [{"a": 1}]}}\n    a: int\n', { a: 1 }],
    ['    class Config:\n        schema_extra = {"example": {"a": [1.5]}}\n', { a: [1.5] }],
    ['    a: list[float] = Field(\n        min_length=4,\n        examples=[[5.1, 3.5]],\n    )\n    b: int = 3\n', { a: [5.1, 3.5] }],
    ['    a: int = Field(..., example=4)\n    b: str = Field(default="x")\n', { a: 4 }],
    ['    a: int = Field(examples=[4])\n    b: str\n', undefined],
    ['    a: int\n', undefined],
    ['', undefined],
  ])('of %j is %j', (text, example) => expect(exampleIn(text)).toEqual(example))

  test('is that of what the handler takes, and not of what it gives', () => {
    const code = [
      'from fastapi import FastAPI',
      'app = FastAPI()',
      'class Answer(BaseModel):',
      '    species: int = Field(examples=[2])',
      'class Flower(BaseModel):',
      '    width: float = Field(examples=[0.2])',
      '@app.post("/predict")',
      'def predict(flower: Flower) -> Answer:',
      '    ...',
    ].join('\n')
    const folder = folderOf({ 'app.py': code })
    const server = findServer(folder)
    expect(server && findSample(folder, server)).toEqual({ path: '/predict', body: { width: 0.2 }, from: 'app.py' })
  })
})

describe('which Python', () => {
  test.each([
    [{ '.python-version': '3.12.4\n', 'runtime.txt': 'python-3.10.1' }, undefined, '', '3.12', '.python-version'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "~3.11"\n' }, undefined, '', '3.11', 'pyproject.toml'],
    [{}, 'home = /usr/bin\nversion = 3.11.9\n', '', '3.11', '.venv'],
    [
      { '.github/workflows/ci.yml': "        with:\n          python-version: '3.12'\n" },
      undefined,
      '',
      '3.12',
      '.github/workflows/ci.yml',
    ],
    [
      { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.10,<3.12"\n' },
      undefined,
      '',
      '3.11',
      'pyproject.toml: >=3.10,<3.12',
    ],
    [{}, undefined, 'numpy==1.24.3\nfastapi==0.100.0\n', '3.11', 'numpy==1.24.3 has wheels up to it'],
    [{}, undefined, 'numpy==2.3.5\n', '3.13', 'nothing says which'],
  ])('%j, %j, %j: %s', (texts, environment, pinned, version, from) => {
    expect(choosePython(folderOf(texts as Record<string, string>), environment, pinned, now)).toEqual({ version, from })
  })
  test('the oldest pin counts', () => {
    expect(newestWithWheels('numpy==1.24.0\nscikit-learn==1.1.2\ntorch==2.4.1+cpu\n')).toEqual({ minor: 10, pin: 'scikit-learn==1.1.2' })
  })
})

test.each([
  [
    { 'requirements.txt': '-r base.txt\n', 'base.txt': 'flask\n-c constraints.txt\n', 'constraints.txt': '' },
    'pip',
    ['requirements.txt', 'base.txt', 'constraints.txt'],
  ],
  [{ 'requirements/prod.txt': 'flask\n' }, 'pip', ['requirements/prod.txt']],
  [{ 'requirements.txt': '', 'pyproject.toml': '', 'uv.lock': '' }, 'uv', ['pyproject.toml', 'uv.lock']],
  [{ 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["flask"]\n' }, 'pyproject', ['pyproject.toml']],
  [{ 'pyproject.toml': '[tool.poetry]\nname = "a"\n' }, undefined, undefined],
  [{ 'pyproject.toml': '[tool.ruff]\n' }, undefined, undefined],
])('%j is installed by %s', (texts, manager, files) => {
  const found = findPackages(folderOf(texts as Record<string, string>))
  expect([found?.manager, found?.files]).toEqual([manager, files])
})
