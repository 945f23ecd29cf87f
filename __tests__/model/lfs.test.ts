import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { realFiles } from '../../src/host/files.ts'
import { capture } from '../../src/host/process.ts'
import { checkedOutPointers, readIndex } from '../../src/model/lfs.ts'
import { mostHashed, readModel } from '../../src/model/read.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const sha256 = 'ab'.repeat(32)
const pointerTo = (bytes: number) => `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes}\n`

describe('what git says of its index', () => {
  const shown = (path: string) =>
    `${path}\0  ctime: 1:2\n  mtime: 1795250829:500000000\n  dev: 1\tino: 2\n  uid: 0\tgid: 0\n  size: 4\tflags: 0\n`
  test('is read', () =>
    expect(readIndex(shown('a b.pt') + shown('m/é'))).toEqual(['a b.pt', 'm/é'].map((path) => ({ path, modifiedMs: 1795250829500 }))))
  test('in another form it says nothing', () => expect(readIndex(shown('a').replace('mtime', 'modified'))).toEqual([]))
  test('whatever it is', () => fc.assert(fc.property(fc.string(), (text) => Array.isArray(readIndex(text)))))
})

describe('the digest of what is there by Git LFS', () => {
  const root = mkdtempSync(join(tmpdir(), 'lfs-test-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' })
  const folder = join(root, 'project')
  const env = { PATH: process.env['PATH'] ?? '' }
  const host = { capture, files: realFiles(root) }

  // A clean filter in the place of git-lfs: it makes a pointer of what it is given.
  const filter = join(root, '.git', 'clean.sh')
  mkdirSync(folder)
  git('init', '--quiet')
  writeFileSync(
    filter,
    `#!/bin/sh\nprintf 'version https://git-lfs.github.com/spec/v1\\noid sha256:${sha256}\\nsize %s\\n' "$(wc -c | tr -d ' ')"\n`,
    { mode: 0o755 },
  )
  git('config', 'filter.pointers.clean', filter)
  writeFileSync(join(root, '.gitattributes'), '*.pt filter=pointers\n')
  for (const name of [':large model.pt', 'retrained.pt', 'grown.pt']) writeFileSync(join(folder, name), 'x'.repeat(5000))
  writeFileSync(join(folder, 'plain.onnx'), 'x'.repeat(5000))
  writeFileSync(join(folder, 'pointer.onnx'), pointerTo(7))
  git('add', '.')
  writeFileSync(join(folder, 'new.pt'), 'x')
  writeFileSync(join(folder, 'retrained.pt'), 'y'.repeat(5000))
  utimesSync(join(folder, 'retrained.pt'), 1, 1)
  appendFileSync(join(folder, 'grown.pt'), 'y')

  test('is that of the pointer in the index, if the file is as it was checked out', async () => {
    const paths = [':large model.pt', 'retrained.pt', 'grown.pt', 'plain.onnx', 'pointer.onnx', 'new.pt', 'none.pt', 'none.onnx']
    expect([...(await checkedOutPointers(host, folder, paths, env))]).toEqual([[':large model.pt', sha256]])
  })
  test('is nothing outside of a repository', async () => {
    expect([...(await checkedOutPointers(host, '/', ['a.pt'], env))]).toEqual([])
  })
})

test('a model that is too large to be read has the digest of its pointer', async () => {
  const bytes = mostHashed + 1
  const index = `a.pt\0  ctime: 1:2\n  mtime: 0:0\n  dev: 1\tino: 2\n  uid: 0\tgid: 0\n  size: ${bytes}\tflags: 0\n`
  const host = createFakeHost({
    files: createFiles({ '/repo/a.pt': 'x'.repeat(bytes) }),
    capture: {
      'git -c safe.directory=* ls-files': { stdout: index },
      'git -c safe.directory=* cat-file --batch-check': { stdout: `${'c'.repeat(40)} blob 134\n` },
      'git -c safe.directory=* cat-file --batch': { stdout: `${'c'.repeat(40)} blob 134\n${pointerTo(bytes)}\n` },
    },
  })
  const { build } = createInputs({ build: { dockerfile: 'FROM a\nCOPY . .\n' } })
  expect(await readModel(host, build, {})).toMatchObject({ digest: `sha256:${sha256}`, remarks: [], notices: [] })
})
