import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { servicesIn } from '../../src/advice/compose-file.ts'
import { composeRules } from '../../src/advice/rules/compose/rules.ts'
import { isLeftOutByGit } from '../../src/advice/rules/compose/secrets.ts'
import { applyDiff } from './apply-diff.ts'
import { around, type Sizes, type Texts } from './project.ts'

const dockerfile = `FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY src/ ./src/
COPY models/ ./models/
EXPOSE 8000
CMD ["uvicorn", "src.app:app", "--host", "0.0.0.0", "--port", "8000"]
`
const base: Texts = { Dockerfile: dockerfile, 'requirements.txt': '', 'src/app.py': '', 'models/m.onnx': '', '.dockerignore': '' }
const services = (text: string) => `services:\n${text.replace(/^(?=.)/gm, '  ')}`
const ours = (text: string) => services(`api:\n  build: .\n${text.replace(/^(?=.)/gm, '  ')}`)

type Case = Readonly<{
  rule: string
  hit: string
  says: RegExp
  line: number
  near: string
  more?: Texts
  moreNear?: Texts
  sizes?: Sizes
  fixed?: string
}>

const redis = 'cache:\n  image: redis:7-alpine\n'
const cases: readonly Case[] = [
  {
    rule: 'depends-on-without-health',
    hit: services(`${redis}api:\n  build: .\n  depends_on:\n    - cache # wait\n  restart: always\n`),
    says: /api starts as soon as the process of cache has/,
    line: 7,
    near: services(`${redis}api:\n  build: .\n  depends_on:\n    cache:\n      condition: service_healthy\n`),
  },
  {
    rule: 'depends-on-without-health',
    hit: services(
      `db: { image: 'postgres:16', ports: ['5432:5432'] }\n${redis}api:\n  build: .\n  depends_on: [cache, migrate]\nmigrate:\n  image: acme/migrate:1.0\n`,
    ),
    says: /cache, migrate/,
    line: 7,
    near: services('api:\n  build: .\n  depends_on:\n    migrate:\n      condition: service_completed_successfully\n'),
    fixed: services(`${redis}api:\n  build: .\n  depends_on:\n    cache:\n      condition: service_healthy\n`),
  },
  {
    rule: 'service-without-healthcheck',
    hit: `${ours('')}  web:\n    image: nginx:1.27\n    depends_on:\n      api:\n        condition: service_healthy\n`,
    says: /Others wait for api to be healthy/,
    line: 2,
    near: `${ours('')}  web:\n    image: nginx:1.27\n    depends_on:\n      api:\n        condition: service_healthy\n`,
    moreNear: { Dockerfile: dockerfile.replace('EXPOSE', 'HEALTHCHECK CMD python -c 1\nEXPOSE') },
  },
  {
    rule: 'compose-healthcheck-tool',
    hit: ours('healthcheck:\n  test: ["CMD", "curl", "-f", "http://localhost:8000/health"]\n  interval: 30s\n'),
    says: /healthcheck of api calls curl, which python:3\.11-slim does not have/,
    line: 5,
    near: ours('healthcheck:\n  test: curl -f http://localhost:8000/health\n'),
    moreNear: { Dockerfile: dockerfile.replace('WORKDIR', 'RUN apt-get install -y curl\nWORKDIR') },
  },
  {
    rule: 'secret-in-compose',
    hit: ours('environment:\n  - LOG_LEVEL=INFO\n  - DATABASE_PASSWORD=hV9xkQ2mZ7\n'),
    says: /^DATABASE_PASSWORD of api has its value in compose\.yaml\.$/,
    line: 6,
    near: ours('environment:\n  DATABASE_PASSWORD: ${DATABASE_PASSWORD:?}\n  POSTGRES_PASSWORD: postgres\n'),
    fixed: ours('environment:\n  - DATABASE_PASSWORD=${DATABASE_PASSWORD:?}\n'),
  },
  {
    rule: 'secret-in-compose',
    hit: ours('environment:\n  DATABASE_URL: postgresql://app:hV9xkQ2mZ7@db/app\n'),
    says: /^DATABASE_URL of api/,
    line: 5,
    near: ours('environment:\n  REDIS_URL: redis://cache:6379\n'),
    fixed: ours('environment:\n  DATABASE_URL: ${DATABASE_URL:?}\n'),
  },
  {
    rule: 'env-file-in-repository',
    hit: ours('env_file: .env\n'),
    more: { '.env': 'LOG=1\nAPI_KEY="hV9xkQ2mZ7"\n', '.gitignore': '*.pyc\n', '.dockerignore': '.env\n' },
    says: /api takes API_KEY from \.env/,
    line: 4,
    near: ours('env_file:\n  - .env\n'),
    moreNear: { '.env': 'API_KEY=hV9xkQ2mZ7\n', '.gitignore': '.env\n', '.dockerignore': '.env\n' },
  },
  {
    rule: 'env-file-in-repository',
    hit: ours('env_file:\n  - path: ./conf.env\n'),
    more: { 'conf.env': 'export API_TOKEN=hV9xkQ2mZ7\n' },
    says: /API_TOKEN from conf\.env/,
    line: 5,
    near: ours('env_file: conf.env\n'),
    moreNear: { 'conf.env': 'LOG_LEVEL=INFO\nMODEL_PATH=/app/models/m.onnx\n' },
  },
  {
    rule: 'published-port-mismatch',
    hit: ours('ports:\n  - "8080:8080"\n'),
    says: /publishes port 8080 of the container, and its server listens on 8000/,
    line: 5,
    near: ours('ports:\n  - "8080:8000"\n  - "127.0.0.1:${PORT:-9000}:8000/tcp"\n'),
  },
  {
    rule: 'published-port-mismatch',
    hit: ours('ports:\n  - published: 80\n    target: 80\n'),
    says: /port 80 of the container/,
    line: 5,
    near: ours('command: uvicorn src.app:app --port 80\nports:\n  - 8000:80\n'),
  },
  {
    rule: 'latest-in-compose',
    hit: services('mlflow:\n  image: ghcr.io/mlflow/mlflow:latest\n'),
    says: /mlflow runs ghcr\.io\/mlflow\/mlflow:latest/,
    line: 3,
    near: services('a:\n  image: localhost:5000/a:1.0\nb:\n  image: b@sha256:00\nc:\n  image: ${IMAGE}\nd:\n  build: .\n  image: acme/d\n'),
    fixed: services('mlflow:\n  image: ghcr.io/mlflow/mlflow:v2.13.0\n'),
  },
  {
    rule: 'latest-in-compose',
    hit: services('a:\n  image: localhost:5000/a\n'),
    says: /localhost:5000\/a/,
    line: 3,
    near: services('a:\n  build: .\n  image: acme/a\nworker:\n  image: acme/a\n'),
    fixed: services(redis),
  },
  {
    rule: 'model-volume-writable',
    hit: services('triton:\n  image: triton:24.05\n  volumes:\n    - ./store:/models # repository\n'),
    says: /triton may write to the model it serves: \/models/,
    line: 5,
    near: services(
      'a:\n  image: a:1\n  volumes:\n    - ./store:/models:ro\n    - hf_cache:/root/.cache/models\n    - type: bind\n      source: ./x\n      target: /models\n      read_only: true\n',
    ),
  },
  {
    rule: 'model-volume-writable',
    hit: services('a:\n  image: a:1\n  volumes:\n    - type: bind\n      source: ./x\n      target: /models\n'),
    says: /\/models is mounted without/,
    line: 5,
    near: services('a:\n  image: a:1\n  volumes:\n    - ./logs:/logs\n'),
  },
  {
    rule: 'weights-in-image-and-volume',
    hit: ours('volumes:\n  - ./models:/app/models:ro\n'),
    sizes: { 'models/m.onnx': 4e8 },
    says: /mounts models over \/app\/models, where the image has it from COPY models\/ \.\/models\//,
    line: 5,
    near: ours('volumes:\n  - ./models:/app/models:ro\n'),
    moreNear: { Dockerfile: dockerfile.replace('COPY models/ ./models/\n', '') },
  },
  {
    rule: 'source-mounted-over-image',
    hit: ours('volumes:\n  - ./src:/app/src\nports: ["8000:8000"]\n'),
    says: /mounts src over \/app\/src/,
    line: 5,
    near: ours('volumes:\n  - ./monitoring:/etc/monitoring\n  - data:/app/data\n'),
  },
  {
    rule: 'source-mounted-over-image',
    hit: ours('volumes:\n  - .:/app\n  - ./logs:/logs\n'),
    says: /mounts the project over \/app/,
    line: 5,
    near: services('other:\n  image: x:1\n  volumes:\n    - .:/app\n'),
  },
  {
    rule: 'model-left-out',
    hit: ours('environment:\n  - MODEL_PATH=models/model.pkl\n'),
    more: { '.dockerignore': 'models/\n' },
    says: /MODEL_PATH of api names models\/model\.pkl, which \.dockerignore keeps out of the image/,
    line: 5,
    near: ours('environment:\n  - MODEL_PATH=models/model.pkl\nvolumes:\n  - ./models:/app/models:ro\n'),
    moreNear: { '.dockerignore': 'models/\n' },
    fixed: ours('environment:\n  - MODEL_PATH=src/model.pkl\n'),
  },
]

const project = (compose: string, more: Texts = {}): Texts => ({ ...base, ...more, 'compose.yaml': compose })

describe.each(cases)('$rule, $says', ({ rule, hit, says, line, near, more, moreNear, sizes, fixed }) => {
  const found = around(project(hit, more), sizes).filter((one) => one.rule === rule)
  test('is told once, at its line, and shows no secret', () => {
    expect(found).toMatchObject([{ message: expect.stringMatching(says), at: { file: 'compose.yaml', line } }])
    expect(JSON.stringify(found)).not.toContain('hV9xkQ2mZ7')
  })
  test('is silent after the fix', () => {
    const fix = found[0]?.fix
    expect(fix === undefined).toBe(fixed !== undefined)
    const after = fix === undefined ? project(fixed ?? '', more) : applyDiff(project(hit, more), fix)
    expect(servicesIn(after['compose.yaml'] ?? '').length).toBeGreaterThan(0)
    expect(around(after, sizes).map((one) => one.rule)).not.toContain(rule)
  })
  test('does not mind what is like it', () => {
    expect(around(project(near, moreNear)).map((one) => one.rule)).not.toContain(rule)
  })
})

test('each rule has a case', () => {
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(composeRules.map(({ id }) => id).sort())
})
test('a fix that adds a healthcheck asks by a program that the image has', () => {
  const fix = around(project(cases[0]?.hit ?? '')).find(({ rule }) => rule === 'depends-on-without-health')?.fix
  expect(fix).toContain('+    healthcheck:\n+      test: ["CMD", "redis-cli", "ping"]\n')
  expect(fix).toContain('+        condition: service_healthy\n')
})
test.each(['a: [', '', 'services: []', 'services:\n  a: 1\n', 'x: &a {}\nservices:\n  b: *a\n'])('nothing is said of %j', (text) => {
  expect(around(project(text)).filter(({ at }) => at?.file === 'compose.yaml')).toEqual([])
})
test.each([
  ['.env', '.env', true],
  ['.env*', 'conf/.env.prod', true],
  ['/conf/.env', '.env', false],
  ['.env\n!.env', '.env', false],
  ['# .env', '.env', false],
])('git leaves by %j %s out: %s', (gitignore, path, out) => expect(isLeftOutByGit(gitignore, path)).toBe(out))
test('any text is read, and what it holds stands on lines of it', () => {
  const part = fc.constantFrom(
    'services:',
    '\n',
    '  ',
    'api:',
    ' build: .',
    ' ports:',
    '- 1:2',
    '- ',
    ' depends_on: [a]',
    '&a',
    '*a',
    '<<: *a',
    '{',
    '}',
    ' image: x',
    '#',
    '"',
    "'",
    '|',
    ' volumes:\n    - .:/app',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
        fc.array(part, { maxLength: 12 }).map((parts) => `services:\n  api:\n    build: .\n${parts.join('')}`),
      ),
      (text) => {
        const last = text.split('\n').length
        for (const { line, keys } of servicesIn(text))
          for (const each of [{ line, end: line, items: [] }, ...keys.values()])
            for (const { line: from, end } of [each, ...each.items]) if (!(from >= 1 && from <= end && end <= last)) return false
        around(project(text))
        return true
      },
    ),
    { numRuns: 500 },
  )
})
test('weights that .dockerignore keeps out of the image are in the volume alone', () => {
  const compose = ours('volumes:\n  - ./models:/app/models:ro\n')
  const rules = (ignore: string) => around(project(compose, { '.dockerignore': ignore })).map(({ rule }) => rule)
  expect(rules('')).toContain('weights-in-image-and-volume')
  expect(rules('models\n')).not.toContain('weights-in-image-and-volume')
})
