import { expect, test } from '@jest/globals'
import { withPlaces } from '../../src/test/places.ts'
import { createTestReport } from '../builders.ts'
import { createFiles } from '../memory-files.ts'

const files = createFiles({ '/repo/service/tests/test_a.py': '', '/repo/app/test_b.py': '', '/etc/passwd': '' })
const placed = (file: string) => {
  const report = createTestReport({ failures: [{ name: 'n', message: 'm', file, line: 3 }] })
  const [found] = withPlaces(files, '/repo', ['/repo/service', '/repo/app'], report).failures
  return found?.file && `${found.file}:${found.line}`
}

test.each([
  ['as pytest prints it, from the working directory', 'tests/test_a.py', 'service/tests/test_a.py:3'],
  ['from the build context, as in a stage of the Dockerfile', 'test_b.py', 'app/test_b.py:3'],
  ['absolute, and in the workspace', '/repo/app/test_b.py', 'app/test_b.py:3'],
  ['beside it', '../app/test_b.py', 'app/test_b.py:3'],
  ['not there', 'tests/test_x.py', undefined],
  ['outside', '../../etc/passwd', undefined],
  ['outside, absolute', '/etc/passwd', undefined],
  ['a folder', 'tests', undefined],
  ['no path at all', 'a\0b', undefined],
])('a place %s', (_, file, path) => expect(placed(file)).toBe(path))
