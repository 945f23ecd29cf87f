import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { createJob, docker, fixture, leftovers, type Ran } from './action.ts'

let registry: Registry
/** A registry that lets nobody pull any more. */
const crowded = createServer((_, answer) =>
  answer.writeHead(429, { 'content-type': 'application/json' }).end('{"errors": [{"code": "TOOMANYREQUESTS", "message": "slow down"}]}'),
)
/** An index that lets nobody in, for steps: it listens for them, too. */
const closed = createServer((_, answer) => answer.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end('who are you?'))
const portOf = (server: Server) => String((server.address() as AddressInfo).port)
const crowdedHost = () => `127.0.0.1:${portOf(crowded)}`
beforeAll(async () => {
  registry = await startRegistry()
  await new Promise<void>((resolve) => crowded.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => closed.listen(0, '0.0.0.0', resolve))
})
afterAll(() => {
  registry.stop()
  crowded.close()
  closed.close()
})

type Files = Readonly<Record<string, string>>
type Case = Readonly<{
  cause: string
  /** Lines of the Dockerfile; the marked one is at fault. */
  dockerfile: readonly string[]
  files?: Files
  more?: Files
  code?: 'disk-full' | 'base-image-unavailable'
  says: RegExp
  fix: RegExp
}>

const from = 'FROM python:3.11-slim'
const fails = (text: string, exitCode = 1) => `RUN echo "${text}"; exit ${exitCode}`
/** Marks the line that is to be blamed. */
const bad = (line: string) => `${line}#BAD`

const cases: readonly Case[] = [
  {
    cause: 'missing-wheel',
    dockerfile: [from, 'RUN true \\\n  && true', bad('RUN echo first && \\\n    pip install no-such-package-xyz==9')],
    says: /No matching distribution found for no-such-package-xyz==9.*nothing that fits \(no-such-package-xyz==9\)/,
    fix: /python:3\.11-slim/,
  },
  {
    cause: 'missing-compiler',
    dockerfile: [from, 'WORKDIR /src', 'COPY package .', bad('RUN pip install --no-build-isolation .')],
    files: {
      'package/setup.py': "from setuptools import setup, Extension\nsetup(name='x', ext_modules=[Extension('x', ['x.c'])])\n",
      'package/x.c': 'int x;\n',
    },
    says: /command '?\S*gcc'? failed/,
    fix: /build-essential/,
  },
  {
    cause: 'sklearn-package',
    dockerfile: [from, 'COPY requirements.txt .', bad('RUN pip install -r requirements.txt')],
    files: { 'requirements.txt': 'sklearn\n' },
    says: /sklearn/,
    fix: /scikit-learn instead of sklearn/,
  },
  {
    cause: 'lfs-pointer',
    dockerfile: [from, 'COPY model.pkl .', bad("RUN python -c \"import pickle; pickle.load(open('model.pkl', 'rb'))\"")],
    files: { 'model.pkl': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 123456\n` },
    says: /invalid load key, 'v'/,
    fix: /lfs: true/,
  },
  {
    cause: 'not-in-context',
    dockerfile: [from, bad('COPY models/model.joblib /models/')],
    says: /models\/model\.joblib is not in the build context/,
    fix: /test-first: true/,
  },
  {
    cause: 'not-in-stage',
    dockerfile: [`${from} AS train`, from, bad('COPY --from=train /model.pkl /')],
    says: /not in train/,
    fix: /WORKDIR/,
  },
  { cause: 'out-of-memory', dockerfile: [from, bad("RUN sh -c 'kill -9 $$'; exit 137")], says: /137/, fix: /larger runner/ },
  {
    cause: 'network',
    dockerfile: [from, bad('RUN pip install --retries 1 --trusted-host nowhere.invalid --index-url http://nowhere.invalid/simple iris')],
    says: /nowhere\.invalid|Name or service not known/,
    fix: /proxy/,
  },
  {
    cause: 'missing-program',
    dockerfile: [from, bad('RUN no-such-program --version')],
    says: /no-such-program: not found/,
    fix: /Install it before/,
  },
  {
    cause: 'missing-module',
    dockerfile: [from, bad('RUN python -c "import pandas"')],
    says: /No module named 'pandas'/,
    fix: /requirements/,
  },
  {
    cause: 'missing-secret',
    dockerfile: [from, bad('RUN --mount=type=secret,id=tok,required=true cat /run/secrets/tok')],
    says: /tok/,
    fix: /secret-envs/,
  },
  { cause: 'syntax', dockerfile: [from, bad('COPI a b')], says: /unknown instruction: COPI/, fix: /Correct the line/ },
  {
    cause: 'wrong-architecture',
    dockerfile: [from, bad(fails('exec /bin/x: exec format error'))],
    says: /exec format error/,
    fix: /setup-qemu-action/,
  },
  {
    cause: 'apt-mirror',
    dockerfile: [from, bad(fails('E: Failed to fetch http://x  Hash Sum mismatch', 100))],
    says: /Hash Sum/,
    fix: /again/,
  },
  {
    cause: 'private-index',
    dockerfile: [from, bad('RUN pip install --trusted-host index.local --index-url http://index.local:INDEX/simple iris')],
    more: { 'add-hosts': 'index.local:host-gateway' },
    says: /40[13]|User for/,
    fix: /--mount=type=secret/,
  },
  {
    cause: 'no-space',
    dockerfile: [from, bad('RUN --mount=type=tmpfs,target=/small,size=65536 dd if=/dev/zero of=/small/x bs=1k count=999')],
    code: 'disk-full',
    says: /No space left on device.*The largest that the builder keeps:.*[kMG]B /,
    fix: /larger runner/,
  },
  {
    cause: 'base-not-found',
    dockerfile: [bad('FROM REGISTRY/acme/gone:1')],
    says: /There is no image .*acme\/gone:1/,
    fix: /name or the tag/,
  },
  {
    cause: 'base-rate-limit',
    dockerfile: [bad('FROM CROWDED/acme/base:1')],
    code: 'base-image-unavailable',
    says: /429|toomanyrequests/i,
    fix: /login-action/,
  },
  {
    cause: 'base-unauthorized',
    dockerfile: [bad('FROM LOCKED/acme/base:1')],
    code: 'base-image-unavailable',
    says: /401|authori/i,
    fix: /login-action/,
  },
  {
    cause: 'base-unreachable',
    dockerfile: [bad('FROM nowhere.invalid/acme/base:1')],
    code: 'base-image-unavailable',
    says: /no such host|lookup/,
    fix: /daemon\.json/,
  },
]

/** Runs a build that fails, in a folder of the workspace. */
async function run(
  { dockerfile, files = {} }: Pick<Case, 'dockerfile' | 'files'>,
  more: Files = {},
): Promise<Ran & { line: number; report: unknown }> {
  using job = createJob(fixture('service'))
  const hosts: Files = { REGISTRY: registry.host, LOCKED: registry.host, CROWDED: crowdedHost(), INDEX: portOf(closed) }
  const text = dockerfile.join('\n').replace(/\b(REGISTRY|LOCKED|CROWDED|INDEX)\b/g, (name) => hosts[name] ?? '')
  const line =
    text.slice(0, text.indexOf('#BAD')).split('\n').length - (dockerfile.find((row) => row.endsWith('#BAD'))?.split('\n').length ?? 1) + 1
  for (const [name, content] of Object.entries({ ...files, Dockerfile: `${text.replace('#BAD', '')}\nCMD ["python", "x"]\n` })) {
    mkdirSync(dirname(join(job.workspace, 'service', name)), { recursive: true })
    writeFileSync(join(job.workspace, 'service', name), content)
  }
  const ran = await job.main({ images: 'registry.invalid/acme/x', push: 'false', test: 'false', context: 'service', ...more })
  expect(leftovers(ran.state)).toEqual([])
  return { ...ran, line, report: JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) }
}

test("what BuildKit's checks find in a build that is green stands at its lines", async () => {
  using job = createJob(fixture('service'))
  const dockerfile = join(job.workspace, 'Dockerfile')
  writeFileSync(dockerfile, `${readFileSync(dockerfile, 'utf8')}\nLABEL of=$NOBODY\nmaintainer me\n`)
  const line = readFileSync(dockerfile, 'utf8').split('\n').length - 2
  const ran = await job.main({ images: 'registry.invalid/acme/checked', push: 'false', test: 'false', smoke: 'false' })
  docker('image', 'rm', 'registry.invalid/acme/checked:sha-1f2e3d4', 'registry.invalid/acme/checked:latest')
  expect(ran.exitCode).toBe(0)
  expect(ran.log).toMatch(new RegExp(`^::warning title=Dockerfile%3A UndefinedVar,file=Dockerfile,line=${line}::.*NOBODY`, 'm'))
  const { checks } = JSON.parse(readFileSync(ran.outputs['report'] ?? '', 'utf8')) as { checks: readonly { rule: string }[] }
  expect(checks.map(({ rule }) => rule)).toEqual(['UndefinedVar', 'MaintainerDeprecated', 'ConsistentInstructionCasing'])
})

describe('a failed build is told with the line, the cause and the remedy', () => {
  test.each(cases)('$cause', async ({ cause, code = 'build-failed', says, fix, more, ...given }) => {
    const login =
      cause === 'base-not-found' ? { images: `${registry.host}/acme/x`, username: registry.username, password: registry.password } : {}
    const { exitCode, outputs, log, line, report } = await run(given, { ...login, ...more })
    const annotation = log.split('\n').find((text) => text.startsWith('::error ')) ?? log.slice(-3_000)
    expect({ annotation, cause, report }).toMatchObject({
      annotation: expect.stringMatching(new RegExp(`^::error title=ML image%3A build ${code},file=service/Dockerfile,line=${line}::`)),
      report: { failure: { cause: { name: cause }, at: { file: 'service/Dockerfile', line } } },
    })
    expect(annotation).toMatch(says)
    expect(annotation).toMatch(fix)
    expect({ exitCode, code: outputs['failure-code'] }).toEqual({ exitCode: code === 'build-failed' ? 1 : 3, code })
  })

  test('in a build of two targets, too', async () => {
    const { log, line } = await run(
      { dockerfile: [`${from} AS tested`, 'RUN true', `${from}`, bad('RUN pip install no-such-package-xyz==9')] },
      { test: 'true', 'test-in': 'target:tested' },
    )
    expect(log).toMatch(
      new RegExp(`^::error title=ML image%3A build build-failed,file=service/Dockerfile,line=${line}::.*No matching`, 'm'),
    )
  })

  test('in the stage that tests, too', async () => {
    const { log, line, outputs } = await run(
      { dockerfile: [`${from} AS tested`, bad('RUN pip install no-such-package-xyz==9'), from] },
      { test: 'true', 'test-in': 'target:tested' },
    )
    expect(outputs['failure-code']).toBe('tests-failed')
    expect(log).toMatch(
      new RegExp(`^::error title=ML image%3A test tests-failed,file=service/Dockerfile,line=${line}::.*nothing that fits`, 'm'),
    )
  })

  test('one that takes too long, by the name of its step', async () => {
    const { log, line } = await run({ dockerfile: [from, bad('RUN sleep \\\n  612')] }, { 'build-timeout': '3s' })
    expect(log).toMatch(new RegExp(`^::error title=ML image%3A build build-timeout,file=service/Dockerfile,line=${line}::`, 'm'))
  })
})
