import { describe, expect, test } from '@jest/globals'
import { departure, parseStatus } from '../../src/promote/working-copy.ts'
import { commit } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'

const oid = '5'.repeat(40)
const head = `# branch.oid ${commit}`
const changed = (path: string) => `1 .M N... 100644 100644 100644 ${oid} ${oid} ${path}`
const renamed = (path: string, from: string) => `2 R. N... 100644 100644 100644 ${oid} ${oid} R100 ${path}\0${from}`
const unmerged = (path: string) => `u UU N... 100644 100644 100644 100644 ${oid} ${oid} ${oid} ${path}`
const status = (...entries: readonly string[]) => [...entries, ''].join('\0')

describe('what git says of a working copy', () => {
  test.each<readonly [string, string, ReturnType<typeof parseStatus>]>([
    ['nothing', '', { paths: [] }],
    ['the commit alone', status(head, '# branch.head main'), { commit, paths: [] }],
    ['no commit yet', status('# branch.oid (initial)'), { paths: [] }],
    [
      'every kind of entry',
      status(head, changed('a b.py'), renamed('new.py', '? old.py'), unmerged('c.py'), '? d\ne.py', '! ignored'),
      { commit, paths: ['a b.py', 'new.py', 'c.py', 'd\ne.py'] },
    ],
  ])('%s', (_, text, said) => expect(parseStatus(text)).toEqual(said))
})

describe('a working copy', () => {
  const of = async (stdout: string, exitCode = 0) => {
    const host = createFakeHost({ capture: { 'git --no-optional-locks': { stdout, exitCode } } })
    return await departure(host, ['/repo/services/iris', '/repo'], ['model/iris.pkl'], commit, {})
  }
  test.each<readonly [string, string, string | undefined]>([
    ['that is the commit', status(head), undefined],
    ['with a file that was changed', status(head, changed('app.py')), 'the commit does not have app.py as it is here'],
    ['with several', status(head, changed('a.py'), '? b.py', '? c.py'), 'the commit does not have a.py as it is here, nor 2 more'],
    ['with another model, whose digest is compared', status(head, changed('services/model/iris.pkl'), '? model/iris.pkl'), undefined],
    ['with what Python leaves behind', status(head, '? app/__pycache__/a.cpython-311.pyc', '? .pytest_cache/v', '? b.pyc'), undefined],
    ['of another commit', status(`# branch.oid ${'a'.repeat(40)}`), 'the commit aaaaaaa is checked out, and the event is about 1f2e3d4'],
  ])('%s', async (_, text, reason) => expect(await of(text)).toBe(reason))
  test('that git does not know is taken at the word of the event', async () => expect(await of('', 128)).toBeUndefined())
  test('without git, too', async () =>
    expect(await departure(createFakeHost({ capture: {} }), ['/repo', '/repo'], [], commit, {})).toBeUndefined())
})
