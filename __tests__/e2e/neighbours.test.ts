import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createJob, docker, fixture, type Job, leftovers, pushToMain, type Ran } from './action.ts'
import { type Double, listen } from './registry-door.ts'

/** In every secret of the job, and in what the neighbours would have others believe. */
const mark = `c4n4ry${randomBytes(4).toString('hex')}`
const images = `localhost:9/acme/neighbours-${process.pid}`

/** Something on this machine that is nobody's business but ours; it counts who comes. */
let calls = 0
let listener: Double
beforeAll(async () => {
  listener = await listen(
    createServer((_, answer) => {
      calls++
      answer.end('{"status":"ok"}')
    }),
  )
})
afterAll(async () => {
  const left = docker('images', '--format', '{{.Repository}}:{{.Tag}}', images).split('\n').filter(Boolean)
  if (left.length > 0) docker('image', 'rm', ...left)
  await listener[Symbol.asyncDispose]()
})

const secrets = () => ({
  GITHUB_TOKEN: `${mark}-github-token`,
  ACTIONS_RUNTIME_TOKEN: `${mark}-runtime-token`,
  AWS_SECRET_ACCESS_KEY: `${mark}-aws-secret`,
})
const inputs = {
  ...{ images, username: 'octocat', password: `${mark}-password`, 'github-token': `ghs_${mark}` },
  ...{ test: 'false', push: 'false', cache: 'none', 'start-timeout': '5s' },
}

/** The lines that the runner obeys, but for those that are ours to say. */
const obeyed = (log: string) =>
  log
    .split(/\r\n|\n|\r/)
    .filter((line) => /^\s*::.*::/.test(line) || /##\[[^\]]*\]/.test(line))
    .filter((line) => !/^::(group|endgroup|notice|warning|error|add-mask)( [^:]*)?::/.test(line) || line.includes('##['))
const shown = (ran: Ran) => ran.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
/** What of a summary is not inside a code block. */
const prose = (markdown: string) => markdown.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')

function expectUntouched(ran: Ran): void {
  expect(obeyed(ran.log)).toEqual([])
  expect(shown(ran).filter((line) => line.includes(mark))).toEqual([])
  expect(ran.outputs['pushed']).toBe('false')
  expect(JSON.stringify(ran.outputs)).not.toContain('FORGED')
  expect(leftovers(ran.state)).toEqual([])
}

test('a step of the build finds nothing of the job, and says nothing to the runner', async () => {
  const looks = [
    'import glob, os, re, socket',
    'def read(path):',
    '    try: return open(path, "rb").read(1 << 20)',
    '    except OSError: return b""',
    'def connects(family, address):',
    '    with socket.socket(family) as client:',
    '        client.settimeout(2)',
    '        try: client.connect(address)',
    '        except OSError: return False',
    '        return True',
    'mark = "MARK".replace("_", "").encode()',
    'found = {',
    '    "environment": any(mark in read(path) for path in glob.glob("/proc/[0-9]*/environ")),',
    '    "variables": any(re.match("INPUT_|GITHUB_|ACTIONS_|RUNNER_", name) for name in os.environ),',
    '    "engine": any(connects(socket.AF_UNIX, path) for path in ("/var/run/docker.sock", "/run/docker.sock")),',
    '    "machine": connects(socket.AF_INET, ("127.0.0.1", PORT)),',
    '    "workspace": any(os.path.exists(path) for path in ("WORKSPACE", "TEMP")),',
    '    "secrets": os.path.exists("/run/secrets") and bool(os.listdir("/run/secrets")),',
    '}',
    'print("FOUND", sorted(name for name, there in found.items() if there))',
    'for line in ("::error::FORGED", "::set-output name=pushed::FORGED", "##[error]FORGED", "a\\r::warning::FORGED"): print(line)',
  ]
  using job = createJob(fixture('service'))
  const script = looks
    .join('\n')
    .replaceAll('MARK', `${mark.slice(0, 3)}_${mark.slice(3)}`)
    .replaceAll('PORT', String(listener.port))
    .replaceAll('WORKSPACE', job.workspace)
    .replaceAll('TEMP', job.temp)
  writeFileSync(join(job.workspace, 'look.py'), script)
  writeFileSync(join(job.workspace, 'Dockerfile'), 'FROM python:3.11-slim\nCOPY look.py /\nRUN python /look.py\n')
  const ran = await job.main({ ...inputs, smoke: 'false' }, secrets())
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-3_000) }).toEqual({ exitCode: 0, log: '' })
  expect(ran.log).toMatch(/│ .*FOUND \[\]/)
  expect(ran.log).toContain('::error::FORGED')
  expectUntouched(ran)
})

/** A server of the attacker: `answers` is the body of do_GET or do_POST. */
const hostileServer = (get: string, post = 'self.say(200, "{}")') =>
  [
    'import json, sys',
    'from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer',
    'print("::error::FORGED\\n##[error]FORGED\\r::set-output name=pushed::FORGED", flush=True)',
    'forged = "</details><script>FORGED</script>\\n```\\n## FORGED\\n| FORGED | FORGED |\\n@FORGED [FORGED](https://FORGED)\\n::error::FORGED"',
    'class Handler(BaseHTTPRequestHandler):',
    '    def say(self, status, text, **headers):',
    '        body = text.encode()',
    '        self.send_response(status)',
    '        for name, value in headers.items(): self.send_header(name, value)',
    '        self.send_header("content-length", str(len(body)))',
    '        self.end_headers()',
    '        self.wfile.write(body)',
    '    def do_GET(self):',
    `        ${get}`,
    '    def do_POST(self):',
    `        ${post}`,
    'ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()',
    '',
  ].join('\n')

function serving(job: Job, server: string): void {
  writeFileSync(join(job.workspace, 'server.py'), server)
  rmSync(join(job.workspace, 'tests'), { recursive: true })
}

describe('a hostile image', () => {
  test.each([
    ['another port of this machine', (port: number) => `http://127.0.0.1:${port}/`],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('that sends its health check on to %s is red, and nobody is asked there', async (_, to) => {
    using job = createJob(fixture('service'))
    serving(job, hostileServer(`self.say(302, "", Location="${to(listener.port)}")`))
    const before = calls
    const ran = await job.main({ ...inputs, 'health-path': '/health', 'predict-body': '{}' }, secrets())
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'smoke' } })
    expect(ran.log).toContain('302')
    expect(calls).toBe(before)
    expectUntouched(ran)
  })

  test('whose answers and lines hold markup and commands has them quoted, and obeyed by nobody', async () => {
    using job = createJob(fixture('service'))
    serving(job, hostileServer('self.say(200, json.dumps({"status": "ok"}))', 'self.say(422, forged)'))
    const branch = 'feature/$(id)-`id`-@everyone-<b>'
    const ran = await createJobRun(job, branch)
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'smoke' } })
    expect(obeyed(ran.log)).toEqual([])
    expect(ran.log).toContain('FORGED')
    expect(prose(ran.summary)).not.toMatch(
      /<script|^## |@FORGED|^\| FORGED|\]\(https:(?!\/\/github\.com\/acme\/shop\/blob\/[0-9a-f]{40}\/Dockerfile)|@everyone|<b>/m,
    )
    expect(leftovers(ran.state)).toEqual([])
  })

  const createJobRun = (job: Job, branch: string) =>
    job.main({ ...inputs, 'predict-body': '{}', push: 'false' }, { ...secrets(), GITHUB_REF: `refs/heads/${branch}` })
})

test('links that lead out of the workspace are refused, all at once, before anything is run', async () => {
  using job = createJob(fixture('service'), pushToMain)
  const away = join(job.temp, '..', 'elsewhere')
  mkdirSync(away)
  const names = ['Dockerfile', 'samples.jsonl', 'body.json', 'variables', 'compose.yml']
  for (const name of names) {
    writeFileSync(join(away, name), `${mark}\n`)
    rmSync(join(job.workspace, name), { force: true })
    symlinkSync(join(away, name), join(job.workspace, name))
  }
  symlinkSync(away, join(job.workspace, 'context'))
  const ran = await job.main({
    images,
    file: 'Dockerfile',
    context: 'context',
    samples: 'samples.jsonl',
    'run-env-file': 'variables',
    'compose-file': 'compose.yml',
  })
  expect(ran).toMatchObject({ exitCode: 2, outputs: { 'failure-code': 'bad-input' } })
  const annotation = ran.log.split('\n').find((line) => line.startsWith('::error')) ?? ''
  const told = annotation.split('::').at(-1)?.split('%0A') ?? []
  const outside = told.flatMap((line) => (/(outside|out of) the workspace/.test(line) ? [line.split(':')[0]] : []))
  expect(outside.toSorted()).toEqual(['compose-file', 'context', 'file', 'run-env-file', 'samples'])
  expect(ran.log).not.toContain(mark)
  expect(ran.state['traces']).toBeUndefined()

  const body = await job.main({ images, 'predict-body': '@body.json', 'working-directory': '.' })
  expect(body.log).toMatch(/predict-body: .*names a file outside the workspace/)
  expect(body.log).not.toContain(mark)
})
