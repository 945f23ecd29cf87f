import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Advice } from '../../src/advice/advice.ts'
import { lookBy } from '../../src/advice/look.ts'
import { dockerfileRules } from '../../src/advice/rules/dockerfile/table.ts'
import { subjectIn } from '../advice/looking.ts'
import { cases } from '../advice/rules/cases.ts'
import { createJob, docker } from './action.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-image-advice-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

type Warning = Readonly<{ ruleName: string; location?: Readonly<{ ranges?: readonly Readonly<{ start: Readonly<{ line: number }> }>[] }> }>

/** What BuildKit's checks say of a Dockerfile, whose base images are all the one that is here. */
function checksOf(dockerfile: string): readonly Readonly<{ rule: string; line: number | undefined }>[] {
  write({ Dockerfile: dockerfile })
  const bases = [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gm)].map(([, base = '']) => base)
  const contexts = [...new Set(bases)].flatMap((base) => ['--build-context', `${base}=docker-image://python:3.11-slim`])
  // Its exit code says whether there is any.
  const { stdout } = spawnSync('docker', ['buildx', 'build', '--call=check,format=json', ...contexts, folder], { encoding: 'utf8' })
  const { warnings = [] } = JSON.parse(stdout) as Readonly<{ warnings?: readonly Warning[] | null }>
  return (warnings ?? []).map(({ ruleName, location }) => ({ rule: ruleName, line: location?.ranges?.[0]?.start.line }))
}

/** How a command is written is another matter than what it does. */
const apart = 'JSONArgsRecommended'

test('no line has an advice and a check of BuildKit that say the same', () => {
  const plain = cases.filter(({ hit }) => !/@sha256|^FROM scratch/m.test(hit.dockerfile))
  expect(plain.length).toBeGreaterThan(40)
  const both = plain.flatMap(({ hit }) => {
    const found = lookBy(dockerfileRules, subjectIn(hit)).filter(({ at }) => at?.file === 'Dockerfile')
    return checksOf(hit.dockerfile).flatMap(({ rule, line }) =>
      found.filter(({ at }) => at?.line === line).map((advice) => `${rule} ${advice.rule}`),
    )
  })
  expect([...new Set(both)].filter((pair) => !pair.startsWith(apart))).toEqual([])
})

test('secrets in ARG and ENV are a check of BuildKit, and no rule of ours says it again', () => {
  const dockerfile = 'FROM python:3.11-slim\nARG API_TOKEN\nENV DB_PASSWORD=x\nUSER app\n'
  expect(checksOf(dockerfile).map(({ rule }) => rule)).toEqual(['SecretsUsedInArgOrEnv', 'SecretsUsedInArgOrEnv'])
  expect(lookBy(dockerfileRules, subjectIn({ dockerfile }))).toEqual([])
})

const worst = {
  Dockerfile: `FROM python:3.11-slim
WORKDIR /app
# All there is
COPY . .
RUN pip install -r requirements.txt
RUN chmod -R 755 /app
EXPOSE 8080
CMD ["uvicorn", "server:app", "--port", "8000", "--reload"]
`,
  'requirements.txt': 'fastapi==0.115.0\nuvicorn==0.30.6\n',
  'server.py': `import json
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/predict")
def predict(body: dict):
    return {"prediction": sum(body["features"])}
`,
}

describe('a service with much to advise', () => {
  test('with every fix taken, by git, it is green with advice: error, and serves', async () => {
    write(worst)
    using job = createJob(folder)
    const inputs = {
      ...{ images: 'localhost:5000/acme/advised', push: 'false', test: 'false', advice: 'error', cache: 'none' },
      ...{ 'predict-body': '{"features": [1, 2]}', 'predict-expect': '{"prediction": 3}' },
    }
    const taken: string[] = []
    let ran = await job.main(inputs)
    while (ran.outputs['failure-code'] === 'advice' && taken.length < 20) {
      const { advice } = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as Readonly<{ advice: readonly Advice[] }>
      const next = advice.find(({ fix }) => fix !== undefined)
      expect(next).toBeDefined()
      execFileSync('git', ['apply', '-'], { cwd: job.workspace, input: next?.fix ?? '' })
      taken.push(next?.rule ?? '')
      ran = await job.main(inputs)
    }
    expect(taken.toSorted()).toEqual([
      'chown-copies',
      'code-before-packages',
      'development-server',
      'loopback-server',
      'no-dockerignore',
      'no-healthcheck',
      'pip-cache',
      'port-mismatch',
      'root-user',
    ])
    expect(ran.log).toContain('Result: passed')
    expect([ran.exitCode, ran.outputs['result']]).toEqual([0, 'passed'])
    for (const tag of JSON.parse(ran.outputs['json'] ?? '{"tags": []}').tags) docker('image', 'rm', '-f', tag)
  })
})
