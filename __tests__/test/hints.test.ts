import { describe, expect, test } from '@jest/globals'
import { modelOnlyInImage, withHints } from '../../src/test/hints.ts'

const red = { code: 'tests-failed', message: '1 of 5 tests failed.', evidence: ['a: b'] } as const
const missing = "FileNotFoundError: [Errno 2] No such file or directory: 'models/iris.joblib'"

describe('a model that only the build makes', () => {
  test.each<readonly [string, string, string | undefined]>([
    [missing, 'FROM a AS train\nRUN python train.py\nFROM b\nCOPY --from=train /app/models /app/models\n', 'models/iris.joblib'],
    [missing, 'FROM a\nRUN python train.py --out models/iris.joblib\n', 'models/iris.joblib'],
    [missing, 'FROM a\nCOPY . .\nRUN pip install -r requirements.txt\n', undefined],
    ["No such file or directory: 'data.csv'", 'COPY --from=train /a /b\n', undefined],
    ['assert 1 == 0', 'COPY --from=train /a /b\n', undefined],
    ['No such file or directory: /app/m.onnx', 'COPY --from=train /out/m.onnx /srv/\n', '/app/m.onnx'],
    ['No such file or directory: /app/m.onnx', 'COPY --from=train --chown=1:1 /app/ /app/\n', '/app/m.onnx'],
    ['No such file or directory: /app/m.onnx', 'COPY --from=train / /\n', '/app/m.onnx'],
    ['No such file or directory: m.onnx', 'COPY --from=train /out ./\n', 'm.onnx'],
    [missing, 'FROM a\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\n', undefined],
  ])('%s in %j: %s', (output, dockerfile, model) => expect(modelOnlyInImage(output, dockerfile)).toBe(model))
  test('is found in a command of several lines', () => {
    expect(modelOnlyInImage(missing, 'FROM a\nRUN pip install x && \\\n  python train.py --out models/iris.joblib\n')).toBe(
      'models/iris.joblib',
    )
  })
  test('is told as what it is, with the proof that was there', () => {
    const hinted = withHints(red, missing, 'COPY --from=train /models /models\n', {}, {})
    expect(hinted).toEqual({
      code: 'model-only-in-image',
      message: '1 of 5 tests failed. models/iris.joblib is not here: the build of the image makes it.',
      evidence: ['a: b'],
    })
  })
  test('is not the reason of a crash', () => {
    expect(withHints({ ...red, code: 'tests-crashed' }, missing, 'COPY --from=train /models /models\n', {}, {}).code).toBe('tests-crashed')
  })
})

describe('a red test that names a variable of the job says how it gets it', () => {
  const job = { PATH: '/bin', DATABASE_URL: 'postgres://', API: 'x', DATABASE: 'y', GITHUB_TOKEN: 'z' }
  const hint = 'The tests do not see DATABASE_URL of the job: name what they need in test-env.'
  const evidence = (output: string, env = {}) => withHints(red, output, '', job, { PATH: '/bin', ...env }).evidence
  test.each(["KeyError: 'DATABASE_URL'", 'os.environ[DATABASE_URL]', 'DATABASE_URL'])('%s', (output) =>
    expect(evidence(output)).toEqual(['a: b', hint]),
  )
  test.each(['MY_DATABASE_URL', 'DATABASE_URLS', 'API', 'GITHUB_TOKEN', 'PATH'])('but not by %s', (output) =>
    expect(evidence(output)).toEqual(['a: b']),
  )
  test('nor when they were given it', () => expect(evidence('DATABASE_URL', { DATABASE_URL: 'x' })).toEqual(['a: b']))
  test('and a variable with an odd name does no harm', () => {
    expect(withHints(red, 'x', '', { 'ODD(NAME': 'x' }, {})).toEqual(red)
  })
})
