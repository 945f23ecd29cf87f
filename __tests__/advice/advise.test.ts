import { describe, expect, test } from '@jest/globals'
import { advise, byGain, measured } from '../../src/advice/advise.ts'
import { adviseOn } from '../../src/advice/advising.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const dockerfile =
  'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nUSER app\nCMD ["python", "app.py"]\n'

function look(text: string, files: Readonly<Record<string, string>> = {}, more: Parameters<typeof createInputs>[0] = {}) {
  const inputs = createInputs({ ...more, build: { dockerfile: text, ...more.build } })
  return advise(createFakeHost({ files: createFiles({ '/repo/Dockerfile': text, ...files }) }), inputs)
}
const names = (found: readonly Readonly<{ rule: string }>[]) => found.map(({ rule }) => rule)

test('what is found has its rule, and the greatest gain is first', () => {
  expect(names(look(dockerfile))).toEqual(['no-dockerignore', 'code-before-packages', 'pip-cache'])
})

test('a comment silences, in whichever file it stands', () => {
  expect(names(look(`# ml-image: ignore no-dockerignore\n${dockerfile.replace('RUN', '# ml-image: ignore pip-cache\nRUN')}`))).toEqual([
    'code-before-packages',
  ])
  const code = (comment: string) => ({ '/repo/app.py': `import flask\n\n${comment}\napp.run()\n`, '/repo/.dockerignore': '' })
  expect(names(look(dockerfile, code('#')))).toContain('loopback-server')
  expect(names(look(dockerfile, code('# ml-image: ignore loopback-server')))).not.toContain('loopback-server')
})

test('nothing is said of what is not there: no stage, another target', () => {
  expect(look('')).toEqual([])
  expect(names(look(`FROM scratch AS empty\n${dockerfile}`, {}, { build: { target: 'empty' } }))).toEqual([])
})

test('a GPU is asked for by run-args', () => {
  const torch = 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch\n'
  expect(names(look(torch))).toEqual(['cuda-wheels-on-cpu'])
  expect(look(torch, {}, { smoke: { args: ['--gpus', 'all'] } })).toEqual([])
})

test('gains are compared by the time they are worth', () => {
  const some = (gain: Parameters<typeof byGain>[0][number]['gain'], rule: string) => ({ gain, rule })
  const all = [
    some({ kind: 'size' }, 'unmeasured'),
    some({ kind: 'time', ms: 90_000 }, 'a minute and a half'),
    some({ kind: 'size', bytes: 250_000_000 }, 'ten seconds'),
    some({ kind: 'risk', text: 'x' }, 'risk'),
    some({ kind: 'size', bytes: 2_500_000_000 }, '100 seconds'),
  ]
  expect(names(byGain(all))).toEqual(['100 seconds', 'a minute and a half', 'risk', 'ten seconds', 'unmeasured'])
})

describe('after the build', () => {
  const found = look(dockerfile)
  const step = { name: '[4/4] RUN pip install -r requirements.txt', cached: false, ms: 95_000 }
  test('the time of the step that would be saved is the gain', () => {
    expect(measured(found, dockerfile, [step])[0]).toMatchObject({ rule: 'code-before-packages', gain: { kind: 'time', ms: 95_000 } })
  })
  test('not that of one that came from the cache', () => {
    const [, advice] = measured(found, dockerfile, [{ ...step, cached: true }])
    expect([advice?.rule, advice?.gain, advice && 'timeOf' in advice]).toEqual(['code-before-packages', { kind: 'time' }, false])
  })
  test('a Dockerfile out of the workspace has no line that an annotation could stand at', () => {
    const outside = look(dockerfile, {}, { build: { file: '/other/Dockerfile' } })
    expect(measured(outside, dockerfile, []).map(({ at }) => at)).toEqual([undefined, undefined, undefined])
  })
})

describe('advice: error', () => {
  const on = (text: string) =>
    adviseOn(createFakeHost({ files: createFiles({}) }), createInputs({ advice: 'error', build: { dockerfile: text } }))
  test('is red with a line for each', () => {
    expect(on(dockerfile).red).toMatchObject({
      kind: 'failed',
      red: { code: 'advice', at: { file: 'Dockerfile', line: 3 }, message: expect.stringMatching(/\. There are 2 more\.$/) },
    })
    expect(on(dockerfile).red?.red.evidence[2]).toBe('Dockerfile:4 pip-cache: pip keeps what it has downloaded in the image.')
  })
  test('is green where there is none', () => expect(on('FROM python:3.12-slim\n').red).toBeUndefined())
})

test('a rule that breaks costs the advice, and a notice', () => {
  const host = createFakeHost({ files: createFiles({}) })
  const broken = {
    ...host,
    files: {
      ...host.files,
      kind: () => {
        throw new Error('disk')
      },
    },
  }
  expect(adviseOn(broken, createInputs({ advice: 'warn', build: { dockerfile } })).after([])).toEqual([])
  expect(host.notices).toEqual(['There is no advice on this Dockerfile, a rule broke on it: disk'])
})

describe('what the image shows', () => {
  const layers = [
    { bytes: 9e7, own: true, instruction: 'COPY . .', line: 3, held: [{ path: '/app/w.bin', bytes: 9e7 }] },
    { bytes: 9e7, own: true, instruction: 'RUN chown -R app /app', line: 4, held: [{ path: '/app/w.bin', bytes: 9e7 }] },
  ]
  const chowned = 'FROM acme/base:1\nWORKDIR /app\nCOPY . .\nRUN chown -R app /app\nCMD ["python", "app.py"]\n'
  const told = (text: string) => {
    const files = createFiles({ '/repo/.dockerignore': '' })
    const advising = adviseOn(createFakeHost({ files }), createInputs({ build: { dockerfile: text } }))
    advising.onSeen({ user: '0', layers })
    return advising.after([])
  }
  test('is told with what was foretold: once, with the bytes that are there', () => {
    const all = told(chowned)
    expect(all.filter(({ rule }) => rule === 'chown-copies')).toMatchObject([
      { message: expect.stringMatching(/^chown -R/), gain: { bytes: 9e7 } },
    ])
    expect(all.filter(({ rule }) => rule === 'root-user')).toMatchObject([{ message: expect.stringMatching(/has USER 0\.$/) }])
  })
  test('gives the versions of requirements that have none', () => {
    const text = 'FROM acme/base:1\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n'
    const files = createFiles({ '/repo/requirements.txt': 'numpy\n', '/repo/.dockerignore': '' })
    const advising = adviseOn(createFakeHost({ files }), createInputs({ build: { dockerfile: text } }))
    const held = [{ path: '/usr/lib/python3/site-packages/numpy-1.26.4.dist-info/METADATA', bytes: 9 }]
    advising.onSeen({ user: 'app', layers: [{ bytes: 9, own: true, instruction: 'RUN pip install', line: 3, held }] })
    expect(advising.after([]).find(({ rule }) => rule === 'unpinned-requirement')?.fix).toContain('\n-numpy\n+numpy==1.26.4\n')
  })
  test('a comment silences it as well', () => {
    const rules = told(`# ml-image: ignore chown-copies, root-user\n${chowned}`).map(({ rule }) => rule)
    expect(rules.filter((rule) => /^(chown-copies|root-user)$/.test(rule))).toEqual([])
  })
})

test('a comment that silences no rule is told, with the one that is near', () => {
  const host = createFakeHost({ files: createFiles({}) })
  adviseOn(host, createInputs({ advice: 'warn', build: { dockerfile: `# ml-image: ignore root-usr, pip-cache\n${dockerfile}` } }))
  expect(host.notices).toEqual(['Dockerfile:1 silences root-usr, which is no rule of docs/advice.md: did you mean root-user.'])
})
