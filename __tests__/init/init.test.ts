import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { initProject } from '../../src/init/main.ts'
import { parseInitWords } from '../../src/init/words.ts'
import { declaredInputs } from '../../src/inputs/declared.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'
import { initIn, type Made, type Texts } from './initialising.ts'
import { projects } from './projects.ts'

type Name = keyof typeof projects
type Step = Readonly<{ uses: string; with: Readonly<Record<string, unknown>> }>

/** The inputs of the step beside the image. */
function inputsIn({ written }: Made): Readonly<Record<string, unknown>> {
  const workflow = parse(written['.github/workflows/image.yml'] ?? '') as { jobs: { image: { steps: readonly Step[] } } }
  const { images, ...others } = workflow.jobs.image.steps[1]?.with ?? {}
  expect(images).toBe('ghcr.io/${{ github.repository }}')
  for (const name of Object.keys(others)) expect(Object.keys(declaredInputs)).toContain(name)
  return others
}
const lineOf = (text: string | undefined, keyword: string) => text?.split('\n').findLast((line) => line.startsWith(keyword))
const noTests = { accept: 'no-tests' }

describe('what is written for a project', () => {
  const table: readonly (readonly [Name, base: string, command: string, inputs: Readonly<Record<string, unknown>>])[] = [
    ['FastAPI with a model beside it', 'python:3.13-slim', 'uvicorn app:app --host 0.0.0.0 --port 8000', {}],
    [
      'FastAPI, trained by a script on data',
      'python:3.11-slim AS base',
      'uvicorn app:app --host 0.0.0.0 --port 8000',
      { 'test-in': 'image' },
    ],
    ['Flask with a pickle at the root', 'python:3.12-slim', 'gunicorn --bind 0.0.0.0:5001 app:app', { 'predict-path': '/score' }],
    ['Flask with a factory and gunicorn', 'python:3.13-slim', 'gunicorn --bind 0.0.0.0:8000 service:create_app()', noTests],
    ['Poetry, a package', 'python:3.13-slim', 'uvicorn shop.main:app --host 0.0.0.0 --port 8000', {}],
    ['uv, in src', 'python:3.12-slim', 'uvicorn shop.api:app --host 0.0.0.0 --port 8000', noTests],
    ['Pipenv', 'python:3.12-slim', 'uvicorn main:app --host 0.0.0.0 --port 8000', noTests],
    ['a notebook that trains', 'python:3.12-slim AS base', 'uvicorn app:app --host 0.0.0.0 --port 8000', noTests],
    ['a notebook beside a model that is there', 'python:3.12-slim', 'uvicorn app:app --host 0.0.0.0 --port 8000', noTests],
    ['LitServe', 'python:3.13-slim', 'python server.py', noTests],
    ['BentoML', 'python:3.13-slim', 'bentoml serve service:Iris --host 0.0.0.0 --port 3000', { ...noTests, 'predict-path': '/classify' }],
    ['an MLflow model alone', 'python:3.13-slim', 'mlflow models serve -m model --env-manager local --host 0.0.0.0 --port 8080', noTests],
    ['sentences with torch', 'python:3.13-slim', 'uvicorn main:app --host 0.0.0.0 --port 8000', noTests],
  ]
  test.each(table)('%s', async (name, base, command, inputs) => {
    const made = await initIn(projects[name])
    expect(made.exitCode).toBe(0)
    const dockerfile = made.written['Dockerfile'] ?? ''
    expect(dockerfile.split('\n').filter((line) => /^FROM (?!base|.* AS packages)/.test(line))).toEqual([`FROM ${base}`])
    const [, words = '[]'] = /^CMD (.*)$/m.exec(dockerfile) ?? []
    expect((JSON.parse(words) as readonly string[]).join(' ')).toBe(command)
    expect(inputsIn(made)).toEqual(inputs)
  })
  test.each(Object.keys(projects) as readonly Name[])('gets no advice: %s', async (name) => {
    expect((await initIn(projects[name])).advice.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
  })

  test('a model that a script makes is made in a stage, of what it reads', async () => {
    const { written } = await initIn(projects['FastAPI, trained by a script on data'])
    expect(written['Dockerfile']).toBe(
      [
        'FROM python:3.11-slim AS base',
        'ENV PYTHONDONTWRITEBYTECODE=1 \\',
        '    PYTHONUNBUFFERED=1',
        'WORKDIR /app',
        'COPY requirements.txt ./',
        'RUN pip install --no-cache-dir -r requirements.txt',
        '',
        '# Makes model.joblib.',
        'FROM base AS train',
        'COPY train.py ./',
        'COPY data/flowers.csv ./data/',
        'RUN python train.py',
        '',
        'FROM base',
        'RUN useradd --create-home --uid 10001 app',
        'COPY --from=train /app/model.joblib ./model.joblib',
        'COPY app.py ./',
        'USER app',
        'EXPOSE 8000',
        'HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\',
        `    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=3)"]`,
        'CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]',
        '',
      ].join('\n'),
    )
    expect(written['.dockerignore']?.split('\n')).not.toContain('data')
  })
  test.each([
    ['uv, in src', 'RUN uv sync --frozen --no-dev --no-install-project --no-cache', 'PYTHONPATH=/app/src'],
    [
      'Poetry, a package',
      'RUN poetry export --output locked.txt && /opt/venv/bin/pip install --no-cache-dir -r locked.txt',
      'COPY --from=packages /opt/venv /opt/venv',
    ],
    ['Pipenv', 'RUN pipenv requirements > locked.txt && ', 'RUN /opt/venv/bin/pip install --no-cache-dir uvicorn=='],
    ['Flask with a pickle at the root', 'RUN pip install --no-cache-dir -r requirements.txt gunicorn==', '/healthz'],
    [
      'a notebook that trains',
      'COPY train.ipynb flowers.csv ./\nRUN jupyter nbconvert --to notebook --execute --ExecutePreprocessor.kernel_name=python3 --output-dir /tmp train.ipynb\n',
      '--from=train /app/model.joblib',
    ],
    [
      'sentences with torch',
      '--extra-index-url https://download.pytorch.org/whl/cpu',
      "snapshot_download('sentence-transformers/all-MiniLM-L6-v2')",
    ],
    ['sentences with torch', '--no-install-recommends libgomp1 ', 'PYTHONPATH=/app/app'],
  ] as const)('%s has %s', async (name, ...texts) => {
    const { written } = await initIn(projects[name])
    for (const text of texts) expect(written['Dockerfile']).toContain(text)
  })
  test('weights in a package have a layer of their own', async () => {
    const { 'shop/model.joblib': _, ...code } = projects['Poetry, a package']
    const { written, advice } = await initIn({
      ...code,
      'shop/ml/model.joblib': 'x'.repeat(10_000_000),
      'shop/ml/load.py': '',
      'shop/web/page.html': '',
    })
    expect(written['Dockerfile']?.match(/^COPY .*shop.*$/gm)).toEqual([
      'COPY shop/ml/model.joblib ./shop/ml/',
      'COPY shop/web/ ./shop/web/',
      'COPY shop/__init__.py shop/main.py ./shop/',
      'COPY shop/ml/load.py ./shop/ml/',
    ])
    expect(advice).toEqual([])
  })
  test('tests that train run on the runner', async () => {
    const project = projects['FastAPI, trained by a script on data']
    const inputs = async (text: string) => inputsIn(await initIn({ ...project, 'tests/conftest.py': text }))
    expect(await inputs('from train import main\n')).toEqual({})
    expect(await inputs('from sklearn.model_selection import train_test_split\n\ntrain_test_split([1])\n')).toEqual({ 'test-in': 'image' })
  })
  test('a notebook stays out where it makes nothing that is needed', async () => {
    const { written } = await initIn(projects['a notebook beside a model that is there'])
    expect(written['.dockerignore']?.split('\n')).toContain('**/*.ipynb')
    expect((await initIn(projects['a notebook that trains'])).written['.dockerignore']).not.toContain('ipynb\n')
  })
  test('a request of a test that is answered by 200 is the sample', async () => {
    const { written } = await initIn(projects['Flask with a pickle at the root'])
    expect(JSON.parse(written['tests/golden.json'] ?? '')).toEqual([
      { name: 'as in tests/test_score.py', request: { path: '/score', body: { values: [1, 2.5], unit: null } } },
    ])
  })
  test('it is told what was found, written and left, and what to do', async () => {
    const { text } = await initIn(projects['FastAPI, trained by a script on data'])
    expect(text).toBe(
      [
        'Found',
        '  server    FastAPI, app:app (app.py), port 8000, health at /health, predicts at /predict',
        '  packages  requirements.txt (pip)',
        '  Python    3.11 (.python-version)',
        '  model     model.joblib, made by train.py in the build',
        '  tests     tests/test_app.py',
        '  image     ghcr.io/${{ github.repository }}',
        '  branch    main',
        '',
        'Written',
        '  Dockerfile',
        '  .dockerignore',
        '  .github/workflows/image.yml',
        '',
        'Left as it is',
        '  samples: no test and no pydantic model has a request to take over: the action looks into what the',
        '    service documents of itself. A request in tests/golden.json proves the model (docs/samples.md)',
        '',
        'Next',
        '  Read what was written, and run all gates here: npx ml-image-action --images try/it --test-in image',
        '  Then commit it, and push.',
        '',
      ].join('\n'),
    )
  })
})

test('docs/init.md shows the very workflow', async () => {
  const [, shown = ''] =
    /```yaml\n(name: image\n[\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'init.md'), 'utf8')) ?? []
  const { written } = await initIn(projects['FastAPI, trained by a script on data'])
  expect(written['.github/workflows/image.yml']).toBe(shown)
})

const plain = projects['FastAPI with a model beside it']

describe('what is there stays as it is', () => {
  test('a Dockerfile, for which the workflow is written', async () => {
    const dockerfile = 'FROM python:3.11-slim\nCOPY models/m.joblib app.py ./\nCMD ["python", "app.py"]\n'
    const made = await initIn({ ...plain, Dockerfile: dockerfile, 'tests/test_train.py': 'from train import train\n' })
    expect(Object.keys(made.written)).toEqual(['.github/workflows/image.yml'])
    expect(made.after['Dockerfile']).toBe(dockerfile)
    expect(inputsIn(made)).toEqual({ 'test-first': true })
    expect(made.text).toContain('dockerfile: Dockerfile is there')
  })
  test('a workflow that uses the action, and one that uses something else', async () => {
    const ours = { '.github/workflows/release.yml': 'steps:\n  - uses: org/ml-image-action@v1\n' }
    expect(Object.keys((await initIn({ ...plain, ...ours })).written)).toEqual(['Dockerfile', '.dockerignore'])
    const other = { '.github/workflows/image.yml': 'on: push\n' }
    expect(Object.keys((await initIn({ ...plain, ...other })).written)).toContain('.github/workflows/model-image.yml')
  })
  test('a samples file that the action finds', async () => {
    const { text } = await initIn({ ...plain, 'tests/golden.yaml': '[]' })
    expect(text).toContain('samples: tests/golden.yaml is found by the action')
  })
  test('and a second time nothing is written', async () => {
    const { after } = await initIn(projects['Flask with a pickle at the root'])
    const again = await initIn(after)
    expect([again.written, again.exitCode]).toEqual([{}, 0])
  })
  const names = [
    'app.py',
    'src/app.py',
    'Dockerfile',
    '.dockerignore',
    'requirements.txt',
    'pyproject.toml',
    'uv.lock',
    'Pipfile',
    'Pipfile.lock',
  ]
  const more = [
    'poetry.lock',
    'train.py',
    'a.ipynb',
    'model.pkl',
    'MLmodel',
    '.github/workflows/image.yml',
    'tests/test_a.py',
    'tests/golden.json',
    'Procfile',
  ]
  const texts = Object.values<Texts>(projects).flatMap((project) => Object.values(project))
  const fragment = fc.oneof(
    fc.constantFrom(...texts, 'FROM a\nCOPY x y\n', '[', '{}', '"""', "('"),
    fc.string(),
    fc.string({ unit: 'grapheme' }),
  )
  const anyFolder = fc.dictionary(
    fc.oneof(fc.constantFrom(...names, ...more), fc.stringMatching(/^[a-z][a-z.$' ]{0,7}(\/[a-z]{1,4}){0,2}\.(py|txt|pkl)$/)),
    fragment,
    {
      maxKeys: 12,
    },
  )
  test('whatever the folder holds: nothing throws, nothing is changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyFolder, async (folder) => {
        const { after, exitCode } = await initIn(folder)
        for (const [path, text] of Object.entries(folder)) expect(after[path]).toBe(text)
        expect([0, 2]).toContain(exitCode)
      }),
      { numRuns: 300 },
    )
  })
})

describe('where something is missing', () => {
  test('no server and no Dockerfile: nothing is written, and it says why', async () => {
    const made = await initIn({ 'notes.md': 'x', 'requirements.txt': 'numpy==2.3.5\n' })
    expect([made.exitCode, made.written]).toEqual([2, {}])
    expect(made.text).toContain('No server was recognised.')
    expect(made.text).not.toContain('which packages')
  })
  test('no requirements', async () => {
    const made = await initIn({ 'app.py': plain['app.py'] })
    expect([made.exitCode, made.written]).toEqual([2, {}])
    expect(made.text.replace(/\s+/g, ' ')).toContain('pip freeze > requirements.txt')
  })
  test('a model that nothing makes is told', async () => {
    const { 'model.joblib': _, ...without } = plain
    expect((await initIn(without)).text.replace(/\s+/g, ' ')).toContain(
      'model.joblib is loaded by the server; the project does not have it',
    )
  })
})

test('a link to nowhere is left, and nothing is written through it', async () => {
  const files = createFiles(Object.fromEntries(Object.entries(plain).map(([path, text]) => [`/repo/${path}`, text])), {
    '/repo/Dockerfile': '/elsewhere/Dockerfile',
  })
  const host = createFakeHost({ files, capture: { git: { exitCode: 128 } } })
  const { text } = await initProject(host, parseInitWords([]), {}, 100)
  expect(files.entries.has('/elsewhere/Dockerfile')).toBe(false)
  expect(text).toContain('dockerfile: Dockerfile is there')
})

describe('flags and git', () => {
  test('--dry-run prints the files, and writes none', async () => {
    const made = await initIn(plain, ['--dry-run'])
    expect(made.written).toEqual({})
    expect(made.text).toMatch(/--- Dockerfile\nFROM python:3\.13-slim\n[\s\S]*Would write\n {2}Dockerfile\n/)
  })
  test('--only, --image and --python', async () => {
    expect(Object.keys((await initIn(plain, ['--only=workflow'])).written)).toEqual(['.github/workflows/image.yml'])
    const { written } = await initIn(plain, ['--image', 'registry.example.com/acme/iris', '--python', '3.12'])
    expect(lineOf(written['Dockerfile'], 'FROM')).toBe('FROM python:3.12-slim')
    expect(written['.github/workflows/image.yml']).toContain('          images: registry.example.com/acme/iris\n')
    expect(written['.github/workflows/image.yml']).not.toContain('packages: write')
  })
  test.each([
    [['here'], 'init takes no "here"'],
    [['--force'], 'init has no flag --force'],
    [['--python', '3'], '--python is "3", and takes a version such as 3.12'],
    [['--image', 'Acme/iris:1'], '--image "Acme/iris:1" '],
    [['--only', 'workflow,all'], '--only has "all"'],
    [['--image', '--dry-run'], '--image needs a value'],
  ])('%j is refused', async (words, message) => {
    await expect(initIn(plain, words)).rejects.toThrow(message)
  })
  test('a project below the root of its repository has its workflow there', async () => {
    const git = {
      'rev-parse --show-prefix': 'services/iris/\n',
      'symbolic-ref --quiet --short refs/remotes/origin/HEAD': 'origin/trunk\n',
      'config --get remote.origin.url': 'git@github.com:Acme/Shop.git\n',
    }
    const { after, text } = await initIn(plain, [], git)
    expect(Object.keys(after)).not.toContain('.github/workflows/image.yml')
    expect(text).toContain('  ../../.github/workflows/image.yml\n')
    expect(text).toContain('  image     ghcr.io/acme/shop/iris\n  branch    trunk\n')
  })
  test('what git ignores is not there for a runner', async () => {
    const listed = Object.keys(plain).filter((path) => path !== 'model.joblib')
    const { text } = await initIn(plain, [], { 'ls-files': `${listed.join('\0')}\0` })
    expect(text.replace(/\s+/g, ' ')).toContain('(or git ignores it)')
  })
  test('Git LFS and submodules are asked of the checkout', async () => {
    const { written } = await initIn({ ...plain, '.gitattributes': '*.joblib filter=lfs\n', '.gitmodules': '' })
    expect(written['.github/workflows/image.yml']).toContain('          lfs: true\n          submodules: true\n')
  })
})
