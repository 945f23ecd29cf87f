import { posix } from 'node:path'
import { elsewhere, needsTorch } from '../advice/rules/dockerfile/cuda.ts'
import { fetches } from '../advice/rules/dockerfile/weights.ts'
import { uvVersion } from '../test/uv.ts'
import type { Packages } from './packages.ts'
import type { Project } from './project.ts'
import type { Server } from './server.ts'
import { asTheyLie, type Shipped } from './shipped.ts'

/** What is installed beside the packages of the project, in versions that are known to work together. */
const pinned = {
  uv: `uv==${uvVersion}`,
  // pip installs what the lock says: by whatever index and certificates pip is set up for.
  poetry: 'poetry==2.5.1 poetry-plugin-export==1.10.1',
  pipenv: 'pipenv==2026.10.3',
  gunicorn: 'gunicorn==27.0.1',
  uvicorn: 'uvicorn==0.54.0',
  notebook: 'nbconvert==7.17.2 ipykernel==7.4.0',
} as const

/** Libraries of Debian that wheels need and a slim image does not have. */
const systemLibraries: Readonly<Record<string, readonly string[]>> = {
  lightgbm: ['libgomp1'],
  'opencv-python': ['libgl1', 'libglib2.0-0'],
  'opencv-contrib-python': ['libgl1', 'libglib2.0-0'],
  pytesseract: ['tesseract-ocr'],
  pdf2image: ['poppler-utils'],
  pydub: ['ffmpeg'],
  'ffmpeg-python': ['ffmpeg'],
  'openai-whisper': ['ffmpeg'],
  graphviz: ['graphviz'],
}

const copyLine = ({ sources, to }: Shipped) => {
  const words = [...sources, to]
  return words.some((word) => /\s/.test(word)) ? `COPY ${JSON.stringify(words)}` : `COPY ${words.join(' ')}`
}
const execForm = (keyword: string, words: readonly string[]) => `${keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`

/** The server that a framework needs and the packages of the project do not have. */
function missingServer({ framework }: Server, { names }: Packages): string | undefined {
  if (framework === 'fastapi' || framework === 'starlette') return names.has('uvicorn') ? undefined : pinned.uvicorn
  return framework === 'flask' && !names.has('gunicorn') && !names.has('waitress') ? pinned.gunicorn : undefined
}

/** What the image runs: the server of production of its framework. */
function commandOf({ framework, file, root, module, application, factory, port }: Server, { names }: Packages): readonly string[] {
  const target = `${module}:${application}`
  const bound = `0.0.0.0:${port}`
  switch (framework) {
    case 'fastapi':
    case 'starlette':
      return ['uvicorn', target, ...(factory ? ['--factory'] : []), '--host', '0.0.0.0', '--port', String(port)]
    case 'flask':
      return names.has('waitress') && !names.has('gunicorn')
        ? ['waitress-serve', `--listen=${bound}`, ...(factory ? ['--call'] : []), target]
        : ['gunicorn', '--bind', bound, factory ? `${target}()` : target]
    case 'litserve':
      return root === '' && file.includes('/') ? ['python', '-m', module] : ['python', file]
    case 'bentoml':
      return ['bentoml', 'serve', target, '--host', '0.0.0.0', '--port', String(port)]
    case 'mlflow':
      return ['mlflow', 'models', 'serve', '-m', file, '--env-manager', 'local', '--host', '0.0.0.0', '--port', String(port)]
  }
}

/** Packages in a folder of their own, where what installs them does not belong into the image. */
function packagesStage(packages: Packages, python: string, extra: string | undefined): readonly string[] {
  const { manager, files, names, text } = packages
  const git = /\bgit\+/.test(text)
  // The whole image has git and compilers, which only this stage needs.
  const from = `FROM python:${python}${git ? '' : '-slim'} AS packages`
  const copies = ['WORKDIR /app', ...asTheyLie(files).map(copyLine)]
  const alone = (install: string) => (extra === undefined ? [] : [`RUN ${install} ${extra}`])
  const venvPip = '/opt/venv/bin/pip install --no-cache-dir'
  const venvUv = 'uv pip install --no-cache --python /opt/venv'
  switch (manager) {
    case 'uv':
      return [
        from,
        `RUN pip install --no-cache-dir ${pinned.uv}`,
        'ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never',
        ...copies,
        'RUN uv sync --frozen --no-dev --no-install-project --no-cache',
        ...alone(venvUv),
      ]
    case 'poetry':
      return [
        from,
        `RUN pip install --no-cache-dir ${pinned.poetry} && python -m venv /opt/venv`,
        ...copies,
        `RUN poetry export --output locked.txt && ${venvPip} -r locked.txt`,
        ...alone(venvPip),
      ]
    case 'pipenv':
      return [
        from,
        `RUN pip install --no-cache-dir ${pinned.pipenv} && python -m venv /opt/venv`,
        ...copies,
        `RUN pipenv requirements > locked.txt && ${venvPip} -r locked.txt`,
        ...alone(venvPip),
      ]
    case 'pyproject':
      return [
        from,
        `RUN pip install --no-cache-dir ${pinned.uv} && python -m venv /opt/venv`,
        ...copies,
        `RUN ${venvUv}${forCpu(names, text) ? ' --torch-backend=cpu' : ''} -r pyproject.toml`,
        ...alone(venvUv),
      ]
    case 'pip':
      return [from, 'RUN python -m venv /opt/venv', ...copies, `RUN ${venvPip} ${pipWords(packages, extra)}`]
  }
}

/** torch comes for CUDA unless it is told otherwise. */
const forCpu = (names: ReadonlySet<string>, text: string) => [...names].some((name) => needsTorch.test(name)) && !elsewhere.test(text)

function pipWords({ files, names, text }: Packages, extra: string | undefined): string {
  const index = forCpu(names, text) ? ['--extra-index-url https://download.pytorch.org/whl/cpu'] : []
  return [...index, `-r ${files[0]}`, ...(extra === undefined ? [] : [extra])].join(' ')
}

const inPlace = ({ manager, text }: Packages) => manager === 'pip' && !/\bgit\+/.test(text)

function systemLines(names: ReadonlySet<string>): readonly string[] {
  const wanted = [
    ...new Set([...names].flatMap((name) => (Object.hasOwn(systemLibraries, name) ? (systemLibraries[name] ?? []) : []))),
  ].sort()
  return wanted.length === 0
    ? []
    : [`RUN apt-get update && apt-get install -y --no-install-recommends ${wanted.join(' ')} \\`, '    && rm -rf /var/lib/apt/lists/*']
}

/** What training and serving share. */
function baseLines({ server, packages, python, folder }: Project, isBase: boolean): readonly string[] {
  const env = [
    'PYTHONDONTWRITEBYTECODE=1',
    'PYTHONUNBUFFERED=1',
    ...(server.root === '' ? [] : [`PYTHONPATH=/app/${server.root}`]),
    ...(inPlace(packages) ? [] : ['PATH=/opt/venv/bin:$PATH']),
  ]
  const extra = missingServer(server, packages)
  const models = [...new Set(server.files.flatMap((file) => fetches.exec(folder.read(file) ?? '')?.[1] ?? []))]
  return [
    `FROM python:${python.version}-slim${isBase ? ' AS base' : ''}`,
    `ENV ${env.join(' \\\n    ')}`,
    'WORKDIR /app',
    ...systemLines(packages.names),
    ...(inPlace(packages)
      ? [...asTheyLie(packages.files).map(copyLine), `RUN pip install --no-cache-dir ${pipWords(packages, extra)}`]
      : ['COPY --from=packages /opt/venv /opt/venv']),
    ...(models.length === 0
      ? []
      : [
          '# The weights of the hub, so that no start waits for it.',
          'ENV HF_HOME=/opt/huggingface',
          ...models.map((model) => `RUN python -c "from huggingface_hub import snapshot_download; snapshot_download('${model}')"`),
        ]),
  ]
}

/** The stage that makes the model; of all that it leaves only that is taken over. */
function trainingLines({ model, extraTraining }: Project): readonly string[] {
  const { training, missing } = model
  if (!training) return []
  const folders = [...new Set(missing.map((path) => posix.dirname(path)))].filter((one) => one !== '.')
  const run = folders.length === 0 ? training.command : `mkdir -p ${folders.join(' ')} && ${training.command}`
  return [
    '',
    `# Makes ${missing.join(', ')}.`,
    'FROM base AS train',
    ...(extraTraining === undefined
      ? []
      : [copyLine({ sources: [extraTraining], to: './' }), `RUN pip install --no-cache-dir -r ${posix.basename(extraTraining)}`]),
    ...(training.notebook ? [`RUN pip install --no-cache-dir ${pinned.notebook}`] : []),
    ...trainingCopies(training.files).map(copyLine),
    `RUN ${run}`,
  ]
}

/** Files to where they lie; a folder as a whole. */
function trainingCopies(files: readonly string[]): readonly Shipped[] {
  const folders = files.filter((path) => !/\.\w+$/.test(posix.basename(path)))
  const alone = files.filter((path) => !folders.some((one) => path === one || path.startsWith(`${one}/`)))
  return [...asTheyLie(alone), ...folders.map((one) => ({ sources: [`${one}/`], to: `./${one}/` }))]
}

const check = (code: string) => [
  'HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\',
  `    ${execForm('CMD', ['python', '-c', code])}`,
]

function healthLines({ port, health }: Server): readonly string[] {
  return health === undefined
    ? check(`import socket; socket.create_connection(('127.0.0.1', ${port}), timeout=3)`)
    : check(`import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${health}', timeout=3)`)
}

/** The Dockerfile of a project: packages before the model before the code, not as root, with a check of its health. */
export function dockerfileText(project: Project): string {
  const { server, packages, python, model, shipped } = project
  const trains = model.training !== undefined
  const lines = [
    ...(inPlace(packages) ? [] : [...packagesStage(packages, python.version, missingServer(server, packages)), '']),
    ...baseLines(project, trains),
    ...trainingLines(project),
    ...(trains ? ['', 'FROM base'] : []),
    'RUN useradd --create-home --uid 10001 app',
    ...(trains ? model.missing.map((path) => `COPY --from=train /app/${path} ./${path}`) : []),
    ...shipped.model.map(copyLine),
    ...shipped.code.map(copyLine),
    'USER app',
    `EXPOSE ${server.port}`,
    ...healthLines(server),
    execForm('CMD', commandOf(server, packages)),
  ]
  return `${lines.join('\n')}\n`
}
