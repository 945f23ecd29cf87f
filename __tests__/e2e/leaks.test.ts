import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import type { Report } from '../../src/report/report.ts'
import { createJob, docker, example, fixture, type Job, leftovers, type Ran } from './action.ts'

const password = 'pA55+w0rd/of="the job"'
let registry: Registry
beforeAll(async () => {
  registry = await startRegistry({ username: 'shipper', password })
})
afterAll(() => registry.stop())

let seed = 0
/** A secret that nobody has, the same at every run. */
function random(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string {
  let text = ''
  for (seed++; text.length < length; )
    for (const byte of createHash('sha512').update(`${seed} ${text.length}`).digest()) text += alphabet[byte % alphabet.length]
  return text.slice(0, length)
}
const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const github = () => `ghp_${random(36)}`

/** Files of the build context with a secret in each, the rule that finds it, and where it comes to lie. */
const files: readonly Readonly<{ path: string; text: () => string; rule: string }>[] = [
  { path: '.env', text: () => `PORT=8000\nDB_PASSWORD=${random(14)}\n`, rule: 'dotenv' },
  { path: 'conf/prod.env', text: () => `API_KEY=${random(32)}\n`, rule: 'dotenv' },
  { path: 'keys/id_ed25519', text: pem, rule: 'private-key' },
  { path: 'settings.py', text: () => `KEY = """${pem()}"""\n`, rule: 'private-key' },
  { path: 'renamed.bin', text: pem, rule: 'private-key' },
  {
    path: 'key.json',
    text: () => JSON.stringify({ type: 'service_account', private_key_id: random(40, '0123456789abcdef') }),
    rule: 'google-service-account',
  },
  { path: '.aws/credentials', text: () => `[default]\naws_secret_access_key = ${random(40)}\n`, rule: 'aws-credentials' },
  {
    path: 'train.py',
    text: () => `client(aws_access_key_id="AKIA${random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}")\n`,
    rule: 'aws-access-key',
  },
  { path: '.docker/config.json', text: () => `{"auths": {"ghcr.io": {"auth": "${random(40)}"}}}`, rule: 'docker-login' },
  { path: 'kaggle.json', text: () => `{"username": "me", "key": "${random(32, '0123456789abcdef')}"}`, rule: 'kaggle-key' },
  { path: 'pip.conf', text: () => `[global]\nindex-url = https://ci:${random(16)}@pypi.acme.dev/simple\n`, rule: 'url-password' },
  { path: '.npmrc', text: () => `//npm.acme.dev/:_authToken=${random(36)}\n`, rule: 'npmrc' },
  { path: '.git/config', text: () => `[http]\n\textraheader = AUTHORIZATION: basic ${random(60)}\n`, rule: 'git-config' },
  { path: 'notebook.ipynb', text: () => JSON.stringify({ cells: [`login("hf_${random(34)}")`] }), rule: 'huggingface-token' },
  { path: 'deep/er/x.txt', text: () => github(), rule: 'github-token' },
  { path: 'gone.txt', text: () => `sk-${random(20)}T3BlbkFJ${random(20)}`, rule: 'openai-key' },
  { path: 'app/plain.txt', text: () => `x ${password} y`, rule: 'job-secret' },
  { path: 'app/address.txt', text: () => `https://u:${encodeURIComponent(password)}@h/`, rule: 'job-secret' },
  { path: 'app/quoted.json', text: () => JSON.stringify({ p: password }), rule: 'job-secret' },
  { path: 'app/encoded.txt', text: () => Buffer.from(`u:${password}`).toString('base64'), rule: 'job-secret' },
  { path: 'app/encoded-too.txt', text: () => Buffer.from(`me:${password}!`).toString('base64'), rule: 'job-secret' },
]

const dockerfile = () => `FROM python:3.11-slim AS early
ARG EARLY_TOKEN=none
RUN echo "\${EARLY_TOKEN}" | sha256sum
FROM python:3.11-slim
WORKDIR /srv
ARG API_TOKEN=${random(20)}
ARG GIVEN_TOKEN
ENV DB_PASSWORD=${random(14)}
ENV HUB="hf_${random(34)}" \\
    PORT=8000
ENV LOGIN=${Buffer.from(`shipper:${password}`).toString('base64')}
LABEL note="${github()}"
RUN echo "machine api.acme.dev login me password ${random(20)}" > /root/.netrc
COPY . .
RUN rm gone.txt && echo ${github()} > /dev/null
CMD ["python", "server.py", "--key", "gsk_${random(52)}"]
`

/** All that the image of \`dockerfile\` must be found to hold beside the files. */
const places = [
  'env:DB_PASSWORD holds a secret in a variable (secret-variable)',
  'env:HUB holds a token of Hugging Face (huggingface-token)',
  'env:LOGIN holds a secret of this job (job-secret)',
  'label:note holds a token of GitHub (github-token)',
  'command holds an API key of Groq (groq-key)',
  'arg:API_TOKEN holds a secret in a variable (secret-variable)',
  'history holds a secret of this job (job-secret): ARG GIVEN_TOKEN=',
  'history holds a token of GitHub (github-token)',
  '/root/.netrc holds a login of a .netrc (netrc)',
]

function planted(): Job {
  const job = createJob(fixture('service'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(job.workspace, path)), { recursive: true })
    writeFileSync(join(job.workspace, path), text)
  }
  for (const { path, text } of files) write(path, text())
  write('Dockerfile', dockerfile())
  return job
}

const login = (name: string) => ({ images: `${registry.host}/leaks/${name}`, username: 'shipper', password, test: 'false', cache: 'none' })
const reportOf = (ran: Ran) => JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as Report
const writes = () => registry.accessLog().filter(({ method }) => method === 'PUT' || method === 'PATCH' || method === 'DELETE')

describe('secrets in an image', () => {
  test('are found wherever they are, before anything is written to the registry, and none is shown', async () => {
    using job = planted()
    const ran = await job.main({ ...login('planted'), smoke: 'false', 'build-args': `GIVEN_TOKEN=${random(24)}` })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { pushed: 'false', 'failed-stage': 'inspect', 'failure-code': 'secret-in-image' } })
    const { failure } = reportOf(ran)
    const told = failure?.evidence ?? []
    const wanted = [...places, ...files.map(({ path, rule }) => `/srv/${path} holds .*\\(${rule}\\)`)]
    const isTold = (text: string) => told.some((line) => line.startsWith(text) || new RegExp(`^${text}`).test(line))
    expect(wanted.filter((text) => !isTold(text))).toEqual([])
    expect(wanted.length).toBeGreaterThanOrEqual(25)
    // The lines of the Dockerfile, of which the first is that of the annotation.
    expect(failure?.at).toMatchObject({ file: 'Dockerfile' })
    expect(told.find((line) => line.startsWith('/srv/gone.txt'))).toMatch(/by COPY \. \. \(Dockerfile:14\)$/)
    expect(told.find((line) => line.startsWith('/root/.netrc'))).toMatch(/by RUN echo .*\(Dockerfile:13\)$/)
    expect(writes()).toEqual([])
    const shown = ran.log.split('\n').filter((line) => !line.startsWith('::add-mask::') && /Inspect|::error|\(Dockerfile:/.test(line))
    const text = [...shown, ran.summary, JSON.stringify(failure)].join('\n')
    const secrets = files.flatMap(({ path }) => readFileSync(join(job.workspace, path), 'utf8').match(/[A-Za-z0-9+/]{14,}/g) ?? [])
    expect(secrets.filter((secret) => text.includes(secret) && !/^[a-z_]+$/i.test(secret))).toEqual([])
    expect(leftovers(ran.state)).toEqual([])
  })

  test('are found in the provenance of an index', async () => {
    using job = createJob(fixture('service'))
    const early = dockerfile().split('\n').slice(0, 3).join('\n')
    writeFileSync(
      join(job.workspace, 'Dockerfile'),
      `${early.replace('echo', 'echo > /early; echo')}\nFROM python:3.11-slim\nCOPY --from=early /early /early\nCOPY server.py .\nCMD ["python", "server.py"]\n`,
    )
    const asked = { ...login('provenance'), smoke: 'false', provenance: 'mode=max', 'build-args': `EARLY_TOKEN=${random(24)}` }
    const ran = await job.main(asked)
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failure-code': 'secret-in-image' } })
    expect(reportOf(ran).failure?.evidence).toEqual([
      expect.stringMatching(/^provenance holds a secret of this job \(job-secret\): .*EARLY_TOKEN.*\*\*\*/),
    ])
    expect(writes()).toEqual([])
  })

  test('that are none are left out by leak-ignore, and the image is pushed', async () => {
    using job = createJob(fixture('service'))
    writeFileSync(join(job.workspace, 'test.pem'), pem())
    writeFileSync(
      join(job.workspace, 'Dockerfile'),
      `${readFileSync(join(job.workspace, 'Dockerfile'), 'utf8')}COPY test.pem /app/tests/\n`,
    )
    const asked = { ...login('ignored'), 'predict-body': '{"features": [1]}' }
    expect((await job.main(asked)).outputs['failure-code']).toBe('secret-in-image')
    const ran = await job.main({ ...asked, 'leak-ignore': '/app/tests/**' })
    expect(ran).toMatchObject({ exitCode: 0, outputs: { pushed: 'true' } })
    expect(ran.log).toMatch(/Inspect: no secret in \d+ files? of \d layers? \(.*\); 1 left out by leak-ignore/)
  })
})

describe('clean images have none', () => {
  const images = `localhost/leaks/clean-${process.pid}`
  afterAll(() => {
    const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
    if (left.length > 0) docker('image', 'rm', ...left)
  })
  const targets = ['fastapi', 'flask', 'litserve', 'bentoml', 'mlserver', 'mlflow', 'cog', 'kserve']
  const clean: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ...targets.map((target) => [target, fixture('servers'), { target }] as const),
    ['iris', example('iris-sklearn'), {}],
    ['churn, without the model that its tests make', example('churn-fastapi'), { target: 'base' }],
    ['service', fixture('service'), { provenance: 'mode=max' }],
  ]
  test.each(clean)('%s', async (_, source, more) => {
    using job = createJob(source)
    const ran = await job.main({ images, test: 'false', smoke: 'false', push: 'false', cache: 'none', ...more })
    expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log }).toEqual({ exitCode: 0, log: '' })
    expect(reportOf(ran).leaks).toMatchObject({ ignored: [] })
    expect(ran.log).not.toContain('looks like a secret')
    expect(leftovers(ran.state)).toEqual([])
  })
})
