import { describe, expect, test } from '@jest/globals'
import { changedFiles, contextState, dirtyWarning } from '../../src/test/context-changes.ts'
import { createFiles } from '../memory-files.ts'

const context = {
  '/repo/app.py': '1',
  '/repo/models/a.joblib': '1',
  '/repo/.git/HEAD': '1',
  '/repo/notebooks/x.ipynb': '1',
  '/repo/.dockerignore': '# data\nnotebooks/\n*.csv\n!keep.csv\n',
}

describe('what the tests change in the build context', () => {
  const changes = (change: (entries: Map<string, string>) => void) => {
    const files = createFiles(context)
    const before = contextState(files, '/repo')
    change(files.entries)
    return changedFiles(before, contextState(files, '/repo'))
  }
  test.each<readonly [string, (entries: Map<string, string>) => void, readonly string[]]>([
    ['nothing', () => {}, []],
    ['a new file', (entries) => entries.set('/repo/models/b.joblib', '1'), ['models/b.joblib']],
    ['another content', (entries) => entries.set('/repo/app.py', '2'), ['app.py']],
    ['a file that is gone is not sent', (entries) => entries.delete('/repo/app.py'), []],
    ['what .dockerignore leaves out', (entries) => entries.set('/repo/notebooks/y.ipynb', '1').set('/repo/x.csv', '1'), []],
    ['but not what it takes back in', (entries) => entries.set('/repo/keep.csv', '1'), ['keep.csv']],
    ['what Python and git keep for themselves', (entries) => entries.set('/repo/__pycache__/a.pyc', '1').set('/repo/.git/index', '1'), []],
  ])('%s', (_, change, changed) => expect(changes(change)).toEqual(changed))
})

test('is named, five files at most', () => {
  expect(dirtyWarning([])).toBeUndefined()
  expect(dirtyWarning(['a'])).toContain('built from it: a. If the image needs them, set test-first: true')
  expect(dirtyWarning(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toContain(': a, b, c, d, e and 2 more.')
})
