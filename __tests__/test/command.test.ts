import { expect, test } from '@jest/globals'
import { pytestOptions, reportPath, runsPytest, testArgv } from '../../src/test/command.ts'

test.each([
  [{}, '/t/junit.xml'],
  [{ command: 'make test' }, '/t/junit.xml'],
  [{ command: 'pytest --junitxml=out/report.xml -q' }, '/repo/out/report.xml'],
  [{ command: 'pytest --junit-xml "/tmp/r.xml"' }, '/tmp/r.xml'],
  [{ command: 'pytest --junitxml=a.xml', report: 'b.xml' }, '/repo/b.xml'],
])('the report of %j is at %s', (given, path) => expect(reportPath(given, '/t', '/repo')).toBe(path))

test.each([
  [undefined, true],
  ['pytest -q', true],
  ['python -m pytest', true],
  ['uv run pytest', true],
  ['cd x && pytest', true],
  ['pip install pytest-cov && make', false],
  ['make test', false],
  ['./run-pytest.sh', false],
])('%s runs pytest: %s', (command, expected) => expect(runsPytest(command)).toBe(expected))

test.each(['(cd x; pytest)', 'pytest; echo done', 'pytest|tee log', 'pytest&&echo'])('%s runs pytest too', (command) =>
  expect(runsPytest(command)).toBe(true),
)

test('a path with a quote is still one word for pytest', () => {
  expect(pytestOptions("/t/it's", undefined)).toBe("--junitxml='/t/it'\\''s/junit.xml' -o cache_dir='/t/it'\\''s/cache'")
  expect(testArgv(undefined, '/v/python')).toEqual(['/v/python', '-m', 'pytest'])
})
