import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { realFiles } from '../../src/host/files.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'files-test-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const files = realFiles(root)
const at = (name: string) => join(root, name)

mkdirSync(at('folder'))
writeFileSync(at('folder/a.txt'), '\uFEFFFROM scratch\n')
symlinkSync(at('folder'), at('link'))
symlinkSync(at('nowhere'), at('broken'))

test('text is read without the mark of its encoding', () => expect(files.readText(at('link/a.txt'))).toBe('FROM scratch\n'))

describe('what is not there, or is something else, is nothing', () => {
  test.each(['nope', 'broken', 'folder/a.txt/b'])('"%s"', (name) => {
    const path = at(name)
    expect([files.readText(path), files.kind(path), files.list(path), files.realPath(path)]).toEqual([undefined, undefined, [], undefined])
  })
  test('a folder has no text', () => expect(files.readText(at('folder'))).toBeUndefined())
})

test('files and folders are told apart, links followed', () => {
  expect(['folder', 'link', 'folder/a.txt'].map((name) => files.kind(at(name)))).toEqual(['directory', 'directory', 'file'])
  expect(files.realPath(at('link/a.txt'))).toBe(at('folder/a.txt'))
  expect(files.list(at('link'))).toEqual(['a.txt'])
})

test('what is private nobody else may read', () => {
  const folder = files.makeTemp('login')
  expect(folder.startsWith(at('ml-image-login-'))).toBe(true)
  files.writePrivate(join(folder, 'config.json'), '{}')
  expect([statSync(folder).mode & 0o777, statSync(join(folder, 'config.json')).mode & 0o777]).toEqual([0o700, 0o600])
  expect(files.makeTemp('login')).not.toBe(folder)
})

test('removing takes a folder with all in it, not what links lead to, and nothing that is not there', () => {
  const folder = files.makeTemp('test')
  files.link(at('folder'), join(folder, 'contexts'))
  expect(files.readText(join(folder, 'contexts/a.txt'))).toBe('FROM scratch\n')
  files.remove(folder)
  files.remove(folder)
  expect([files.kind(folder), files.kind(at('folder/a.txt'))]).toEqual([undefined, 'file'])
})

describe('a file that somebody hostile may have made', () => {
  test('is read when it is one', () => expect(files.readUntrusted(at('folder/a.txt'))).toContain('FROM scratch'))
  test('is not read when it is a link, a folder, or not there', () => {
    symlinkSync(at('folder/a.txt'), at('to-a-file'))
    expect(['to-a-file', 'broken', 'folder', 'nope'].map((name) => files.readUntrusted(at(name)))).toEqual(Array(4).fill(undefined))
  })
  test('keeps nobody waiting when it is a pipe', () => {
    execFileSync('mkfifo', [at('pipe')])
    expect(files.readUntrusted(at('pipe')) ?? '').toBe('')
  })
})

test('a folder is shared to be read, or to be written by anybody who then owns what he wrote', () => {
  files.makeFolder(at('new/deep'))
  files.makeFolder(at('new/deep'))
  const modes = (['read', 'write'] as const).map((access) => {
    files.share(at('new/deep'), access)
    return statSync(at('new/deep')).mode & 0o7777
  })
  expect(modes).toEqual([0o755, 0o1777])
})

test('a file is another when it was written again, and nothing else has a stamp', () => {
  writeFileSync(at('stamped'), 'a')
  const before = files.stamp(at('stamped'))
  writeFileSync(at('stamped'), 'ab')
  expect([before === files.stamp(at('stamped')), files.stamp(at('folder')), files.stamp(at('nope'))]).toEqual([false, undefined, undefined])
})

describe('what a folder holds', () => {
  const folder = at('context')
  mkdirSync(join(folder, 'sub'), { recursive: true })
  writeFileSync(join(folder, 'b'), 'weights')
  writeFileSync(join(folder, 'B'), '')
  symlinkSync(join(folder, 'b'), join(folder, 'link'))
  symlinkSync(join(folder, 'sub'), join(folder, 'linked'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  test('files and folders in the order of their names; what is a link or a pipe is neither', () =>
    expect(files.contents(folder)).toEqual([
      { name: 'B', kind: 'file' },
      { name: 'b', kind: 'file' },
      { name: 'sub', kind: 'directory' },
    ]))
  test('nothing when it is none', () => expect([files.contents(join(folder, 'b')), files.contents(at('nope'))]).toEqual([[], []]))
  test('the size, the time and the sha256 of a file', async () => {
    utimesSync(join(folder, 'b'), 7, 1.5)
    expect([files.stat(join(folder, 'b')), files.stat(join(folder, 'B'))?.bytes]).toEqual([{ bytes: 7, modifiedMs: 1500 }, 0])
    expect(await files.digest(join(folder, 'b'))).toBe('9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c')
  })
  test.each(['link', 'sub', 'nope'])('but not of "%s"', async (name) =>
    expect([files.stat(join(folder, name)), await files.digest(join(folder, name))]).toEqual([undefined, undefined]),
  )
})

test('a copy is the same file under a second name, and stays when the first goes; a folder takes the place of an empty one', async () => {
  files.makeFolder(at('made/deep'))
  files.writeText(at('made/deep/blob'), 'weights')
  await files.copy(at('made/deep/blob'), at('made/copy'))
  files.remove(at('made/deep'))
  files.makeFolder(at('empty'))
  files.move(at('made'), at('empty'))
  expect([files.readText(at('empty/copy')), files.kind(at('made'))]).toEqual(['weights', undefined])
  expect(() => files.move(at('empty'), at('folder'))).toThrow(/ENOTEMPTY|EEXIST/)
  await expect(files.copy(at('nowhere'), at('x'))).rejects.toThrow(/ENOENT/)
})
