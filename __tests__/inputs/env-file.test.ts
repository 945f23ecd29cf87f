import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseEnvFile } from '../../src/inputs/env-file.ts'
import { Invalid } from '../../src/inputs/parse.ts'
import { inputsOf, reasonsOf, workspaceFiles } from './reading.ts'

describe('an env file is read as docker reads it', () => {
  test.each<readonly [string, string, Readonly<Record<string, string>>]>([
    ['values as they are', 'A=1\nB="x y" # no comment\nC=\nD=a=b\n', { A: '1', B: '"x y" # no comment', C: '', D: 'a=b' }],
    ['comments and empty lines', '# one\n\n   \n  #two\nA=1', { A: '1' }],
    ['blanks before a name, not behind a value', '  A=1  \r\n\tB= 2', { A: '1  ', B: ' 2' }],
    ['names of any kind', 'my.key-1=a', { 'my.key-1': 'a' }],
    ['a name alone is from the job', 'TOKEN', { TOKEN: 't' }],
    ['the later line wins', 'A=1\nA=2', { A: '2' }],
  ])('%s', (_, text, variables) => expect(parseEnvFile(text, { TOKEN: 't' })).toEqual(variables))
  test.each([
    ['A=1\nexport B=2', /^line 2 starts with export/],
    ['=1', /^line 1 has no name/],
    ['# x\nA B=1', /^line 2 has a space in the name/],
    ['A =1', /^line 1 has a space/],
    ['A: 1', /^line 1 has a space/],
    ['{"A": 1}', /^line 1 has a space/],
    ['NOBODY', /^line 1 takes a variable from the job/],
    ['A=\0', /^line 1 is no UTF-8/],
  ])('%j is refused', (text, says) => expect(() => parseEnvFile(text)).toThrow(says))
  test('whatever it holds, it is variables or refused, and the value is not told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string()).map((lines) => lines.join('\n')),
        fc.stringMatching(/^[a-z]{12}$/),
        (text, secret) => {
          try {
            parseEnvFile(`${text}\nA B=${secret}`)
          } catch (error) {
            expect(error).toBeInstanceOf(Invalid)
            expect(String(error)).not.toContain(secret)
          }
        },
      ),
    )
  })
})

const files = { ...workspaceFiles, '/repo/a.env': 'A=1\nB=1', '/repo/b.env': 'B=2\nC=2', '/repo/bad.env': 'A=1\nnot a name' }
const reasons = (given: Readonly<Record<string, string>>) => reasonsOf(given, { files })

describe('run-env-file', () => {
  test('of several files the later wins, and run-env over all', () =>
    expect(inputsOf({ 'run-env-file': 'a.env\nb.env', 'run-env': 'C=3' }, { files }).smoke.env).toEqual({ A: '1', B: '2', C: '3' }))
  test('what is wrong is told with its line', () => {
    expect(reasons({ 'run-env-file': 'none.env' })).toEqual(['run-env-file is not there'])
    expect(reasons({ 'run-env-file': 'tests' })).toEqual(['run-env-file is a folder, not a file'])
    expect(reasons({ 'run-env-file': '../../etc/passwd' })).toEqual(['run-env-file is not there'])
    expect(reasons({ 'run-env-file': 'bad.env' })).toEqual(['run-env-file is no env file: line 2 has a space in the name of the variable'])
  })
})

describe('what runs around the container', () => {
  test('run-command is parted as a shell does it', () =>
    expect(inputsOf({ 'run-command': `gunicorn -w 2 --bind '0.0.0.0:80 x' app:app` }).smoke.command).toEqual([
      'gunicorn',
      '-w',
      '2',
      '--bind',
      '0.0.0.0:80 x',
      'app:app',
    ]))
  test.each<readonly [Readonly<Record<string, string>>, string]>([
    [{ 'run-command': 'a | b' }, 'run-command holds a shell operator'],
    [{ 'run-command': '# nothing' }, 'run-command holds no word'],
    [{ 'run-command': 'echo $HOME' }, 'run-command uses $HOME: variables are not expanded here, use an expression of the workflow'],
    [{ offline: 'yes' }, 'offline is neither true nor false'],
    [{ offline: 'true', 'run-args': '--network x' }, 'run-args names a network, which offline: true takes away'],
    [{ 'compose-service': 'api' }, 'compose-service is given without compose-file'],
    [{ 'compose-file': 'stack.yml' }, 'compose-file is not there'],
    [{ 'compose-file': 'tests' }, 'compose-file is a folder, not a file'],
    [
      { 'compose-file': 'a.env', 'run-args': '--init' },
      'run-args has no meaning with compose-file: write it into the service of the stack',
    ],
  ])('%j', (given, reason) => expect(reasons(given)).toEqual([reason]))
})
