import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lookBy } from '../../src/advice/look.ts'
import { isPinned, requirementsIn } from '../../src/advice/requirement.ts'
import { requirementsRules } from '../../src/advice/rules/requirements/rules.ts'
import { requirementsSubjects } from '../../src/advice/subjects.ts'
import { applyDiff } from './apply-diff.ts'
import { around, projectSubject, type Texts } from './project.ts'

const base: Texts = {
  Dockerfile: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY app.py .\n',
  'requirements.txt': 'fastapi==0.111.0\n',
  'app.py': 'import fastapi\n',
  '.dockerignore': '',
}

type Case = Readonly<{
  rule: string
  hit: string
  says: RegExp
  line: number
  near: string
  more?: Texts
  moreNear?: Texts
  fixed?: string
}>

const cases: readonly Case[] = [
  {
    rule: 'unpinned-requirement',
    hit: 'fastapi==0.111.0\nscikit-learn>=1.0\nnumpy\n',
    says: /scikit-learn>=1\.0, numpy .* have no version/,
    line: 2,
    near: 'fastapi==0.111.0 ; python_version>"3.8"\nuvicorn[standard]==0.29.0 # server\n-r other.txt\n',
    fixed: 'fastapi==0.111.0\nscikit-learn==1.5.0\nnumpy==1.26.4\n',
  },
  {
    rule: 'unpinned-requirement',
    hit: 'torch==2.*\n',
    says: /torch==2\.\*.*has no version/,
    line: 1,
    near: 'torch==2.3.1+cpu \\\n    --hash=sha256:abc\n',
    fixed: 'torch==2.3.1\n',
  },
  {
    rule: 'misnamed-package',
    hit: 'fastapi==1\nsklearn==0.0\n',
    says: /sklearn.*scikit-learn is meant/,
    line: 2,
    near: 'scikit-learn==1.5.0\nsklearn-pandas==2.2.0\n',
  },
  {
    rule: 'test-tools-in-image',
    hit: 'fastapi==1\npytest==8.0.0\npytest-cov==5.0.0\n',
    says: /pytest, pytest-cov.*only tests/,
    line: 2,
    near: 'fastapi==1\nhttpx==0.27.0\n',
  },
  {
    rule: 'desk-tools-in-image',
    hit: 'fastapi==1\nmatplotlib==3.9.0\njupyter==1.0.0\n',
    says: /matplotlib, jupyter/,
    line: 2,
    near: 'matplotlib==3.9.0\n',
    moreNear: { 'app.py': 'import io\nfrom matplotlib import pyplot\n' },
  },
  {
    rule: 'duplicate-requirement',
    hit: 'numpy==1.26.4\nfastapi==1\nNumPy==2.0.0\n',
    says: /numpy is asked for as ==1\.26\.4 in line 1 and as ==2\.0\.0 in line 3/,
    line: 3,
    near: 'numpy==1.26.4 ; python_version < "3.12"\nnumpy==2.0.0 ; python_version >= "3.12"\n',
  },
  { rule: 'duplicate-requirement', hit: 'a.b==1\na-b==1\n', says: /twice, in lines 1 and 2/, line: 2, near: 'a==1\nb==1\n' },
  { rule: 'opencv-with-windows', hit: 'opencv-python==4.10.0.84\n', says: /libGL/, line: 1, near: 'opencv-python-headless==4.10.0.84\n' },
  {
    rule: 'opencv-with-windows',
    hit: 'opencv-contrib-python==4.10.0.84\n',
    says: /opencv-contrib-python needs libGL/,
    line: 1,
    near: 'opencv-python==4.10.0.84\n',
    moreNear: { Dockerfile: base['Dockerfile']?.replace('WORKDIR', 'RUN apt-get update && apt-get install -y libgl1\nWORKDIR') ?? '' },
  },
  {
    rule: 'git-requirement-without-commit',
    hit: 'lib @ git+https://github.com/acme/lib@main\n',
    says: /lib .* what main of https:\/\/github\.com\/acme\/lib is/,
    line: 1,
    near: 'lib @ git+https://github.com/acme/lib@1f2e3d4c\nother @ git+https://github.com/acme/other@v1.2.0\n',
    fixed: 'lib @ git+https://github.com/acme/lib@0123456789abcdef0123456789abcdef01234567\n',
  },
  {
    rule: 'git-requirement-without-commit',
    hit: 'git+https://token:x@github.com/acme/lib.git#egg=lib\n',
    says: /lib .* the default branch of https:\/\/github\.com/,
    line: 1,
    near: '-e git+https://github.com/acme/lib.git@0123456#egg=lib\n',
    fixed: 'fastapi==1\n',
  },
]

const installed = new Map([
  ['scikit-learn', { version: '1.5.0' }],
  ['numpy', { version: '1.26.4' }],
])
const withText = (text: string, more: Texts = {}): Texts => ({ ...base, 'requirements.txt': text, ...more })

describe.each(cases)('$rule, $says', ({ rule, hit, says, line, near, more, moreNear, fixed }) => {
  const project = withText(hit, more)
  const found = around(project).filter((one) => one.rule === rule)
  test('is told once, at its line, and tells no login', () => {
    expect(found).toMatchObject([{ message: expect.stringMatching(says), at: { file: 'requirements.txt', line } }])
    expect(JSON.stringify(found)).not.toContain('token:')
  })
  test('is silent after the fix', () => {
    const after = found[0]?.fix === undefined ? { ...project, 'requirements.txt': fixed ?? hit } : applyDiff(project, found[0].fix)
    expect(around(after).map((one) => one.rule)).not.toContain(rule)
  })
  test('does not mind what is like it', () => {
    expect(around(withText(near, moreNear)).map((one) => one.rule)).not.toContain(rule)
  })
})

test('each rule has a case', () => {
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(requirementsRules.map(({ id }) => id).sort())
})

test('what the image has installed gives the versions of a diff', () => {
  const project = withText('fastapi==0.111.0\nscikit-learn[all] >=1.0 # model\nnumpy\n')
  const [subject] = requirementsSubjects(projectSubject(project))
  const [found] = subject ? lookBy(requirementsRules, { ...subject, installed }) : []
  expect(applyDiff(project, found?.fix ?? '')['requirements.txt']).toBe(
    'fastapi==0.111.0\nscikit-learn[all]==1.5.0 # model\nnumpy==1.26.4\n',
  )
})

describe('which files are looked at', () => {
  const filesOf = (texts: Texts) => requirementsSubjects(projectSubject({ ...base, ...texts })).map(({ file }) => file)
  const install = (line: string) => `FROM python:3.11-slim\nCOPY . /app\nWORKDIR /app\nRUN ${line}\n`
  test.each<[string, Texts, readonly string[]]>([
    ['that of pip install -r', {}, ['requirements.txt']],
    ['those it takes in', { 'requirements.txt': '-r more/base.txt\n', 'more/base.txt': 'a==1\n' }, ['requirements.txt', 'more/base.txt']],
    [
      'a copy elsewhere',
      { Dockerfile: 'FROM python\nCOPY conf/reqs.txt /tmp/reqs.txt\nRUN pip install -r /tmp/reqs.txt\n', 'conf/reqs.txt': 'a\n' },
      ['conf/reqs.txt'],
    ],
    [
      'none of a stage that the image has nothing of',
      {
        Dockerfile: `${base['Dockerfile']?.replace('FROM python:3.11-slim', 'FROM python:3.11-slim AS base')}FROM base AS test\nCOPY test.txt .\nRUN pip install -r test.txt\nFROM base\n`,
        'test.txt': 'pytest\n',
      },
      ['requirements.txt'],
    ],
    [
      'one of a stage that it takes from',
      {
        Dockerfile: `${base['Dockerfile']?.replace('FROM python:3.11-slim', 'FROM python:3.11-slim AS builder')}FROM python:3.11-slim\nCOPY --from=builder /install /usr/local\n`,
      },
      ['requirements.txt'],
    ],
    [
      'pyproject.toml of pip install .',
      { Dockerfile: install('pip install --no-cache-dir .'), 'pyproject.toml': '[project]\nname = "x"\n' },
      ['pyproject.toml'],
    ],
    ['Pipfile of pipenv', { Dockerfile: install('pipenv install --system --deploy'), Pipfile: '[packages]\na = "*"\n' }, ['Pipfile']],
    ['no constraints', { Dockerfile: install('pip install -c constraints.txt fastapi'), 'constraints.txt': 'a\n' }, []],
  ])('%s', (_, texts, files) => expect(filesOf(texts)).toEqual(files))

  const project = {
    Dockerfile: install('pip install .'),
    'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "fastapi==1.0",\n  "numpy>=1",\n]\n',
  }
  test('a pyproject.toml is told at the line of the requirement', () => {
    expect(around({ ...base, ...project })).toMatchObject([{ rule: 'unpinned-requirement', at: { file: 'pyproject.toml', line: 5 } }])
  })
  test('not where a lock says the versions', () => {
    expect(around({ ...base, ...project, 'uv.lock': 'version = 1\n' })).toEqual([])
  })
})

describe('a requirement', () => {
  const one = (text: string, file = 'requirements.txt') => requirementsIn({ file, text })[0]
  test.each([
    ['Scikit_Learn == 1.5.0', 'scikit-learn', '== 1.5.0', true],
    ['uvicorn[standard]===0.29.0', 'uvicorn', '===0.29.0', true],
    ['requests', 'requests', '', false],
    ['a>=1,<2 ; python_version<"3"', 'a', '>=1,<2', false],
    ['a (==1.0)', 'a', '==1.0', true],
    ['a==1.0 --hash=sha256:00', 'a', '==1.0', true],
    ['a @ https://x.org/a-1.whl', 'a', '@ https://x.org/a-1.whl', true],
  ])('%s', (text, name, specifier, pinned) => {
    const found = one(text)
    expect(found).toMatchObject({ name, specifier, line: 1 })
    expect(found && isPinned(found)).toBe(pinned)
  })
  test.each(['# comment', '--index-url https://x', '-r other.txt', '-c c.txt', '', './local', '-e .'])('none in %s', (text) =>
    expect(one(text)).toBeUndefined(),
  )
  test('of a Pipfile', () => {
    expect(requirementsIn({ file: 'Pipfile', text: '[packages]\nflask = "==3.0.0"\nnumpy = "*"\n' })).toMatchObject([
      { name: 'flask', specifier: '==3.0.0', line: 2 },
      { name: 'numpy', specifier: '', line: 3 },
    ])
  })
  test('any text is read, and each requirement has a line of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('requirements.txt', 'pyproject.toml', 'Pipfile'),
        (text, file) => {
          const lines = text.split(/\r?\n/).length
          return requirementsIn({ file, text }).every(({ line, name }) => line >= 1 && line <= lines && name !== '')
        },
      ),
      { numRuns: 500 },
    )
  })
  test('many that are pinned are all pinned', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.stringMatching(/^\d{1,2}\.\d{1,2}$/)), { minLength: 1, maxLength: 20 }), (pins) => {
        const found = requirementsIn({ file: 'r.txt', text: pins.map(([a, b]) => `${a}==${b}`).join('\n') })
        expect(found.map((each) => each.name)).toEqual(pins.map(([a]) => a))
        return found.every(isPinned)
      }),
    )
  })
})
