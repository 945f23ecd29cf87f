import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
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
