import { dirname } from 'node:path'
import { expect, test } from '@jest/globals'
import { openLocalCache } from '../../../src/build/cache/folder.ts'
import type { PackageCache } from '../../../src/host/host.ts'
import { createFakeHost } from '../../fake-host.ts'
import { createFiles, type MemoryFiles } from '../../memory-files.ts'

const root = '/home/ci/.cache/ml-image-action/layers/iris'
const old = `${root}/0000000000001-aa`

function write(files: MemoryFiles, path: string, text: string): void {
  files.makeFolder(dirname(path))
  files.writePrivate(path, text)
}

type Kept = { saved: string[]; restored: string[] }

/** A service that has `files` to restore. */
function createService(kept: Kept, files: MemoryFiles, content: Readonly<Record<string, string>> = {}): PackageCache {
  return {
    restore: async (path, _key, restoreKeys) => {
      kept.restored.push(`${path} ${restoreKeys.join(' ')}`)
      for (const [name, text] of Object.entries(content)) write(files, name, text)
      return Object.keys(content).length > 0 ? 'found' : undefined
    },
    save: async (path, key) => void kept.saved.push(`${path} ${key}`),
  }
}

async function open(content: Readonly<Record<string, string>>, mayWrite = true, restorable?: Readonly<Record<string, string>>) {
  const files = createFiles(content)
  const kept: Kept = { saved: [], restored: [] }
  const notices: string[] = []
  const service = restorable ? { packageCache: createService(kept, files, restorable) } : {}
  const host = createFakeHost({ files, ...service })
  const cache = await openLocalCache(host, 'iris', mayWrite, (text) => notices.push(text))
  const build = (text: string) => write(files, `${cache.folders.next}/index.json`, text)
  return { host, files, cache, kept, notices, build }
}

test('the first run finds none and leaves one, which the next finds', async () => {
  const first = await open({})
  expect(first.cache.folders).toEqual({ next: expect.stringMatching(/layers\/iris\/\d{13}-f00dcafe0001$/) })
  first.build('{"a":1}')
  await first.cache.keep()
  const path = `${first.cache.folders.next}/index.json`
  const second = await open({ [path]: first.files.readText(path) ?? '' })
  expect(second.cache.folders.last).toBe(first.cache.folders.next)
})

test('the newest that is whole is read', async () => {
  const { cache } = await open({
    [`${old}/index.json`]: '{}',
    [`${root}/0000000000002-bb/index.json`]: '{}',
    [`${root}/0000000000003-cc/blobs`]: '',
  })
  expect(cache.folders.last).toBe(`${root}/0000000000002-bb`)
})

test('one that says nothing new goes, and the last stays', async () => {
  const { cache, files, build } = await open({ [`${old}/index.json`]: '{"a":1}' })
  build('{"a":1}')
  await cache.keep()
  expect(files.kind(String(cache.folders.next))).toBeUndefined()
  expect(files.kind(`${old}/index.json`)).toBe('file')
})

test('without a right to write none is left', async () => expect((await open({}, false)).cache.folders).toEqual({}))

test('the cache service has it between machines, by what is in it', async () => {
  const { cache, kept, build, files } = await open({}, true, { [`${old}/index.json`]: '{"a":1}' })
  expect(kept.restored).toEqual([`${root} ml-image-layers-iris-`])
  expect(cache.folders.last).toBe(old)
  build('{"a":2}')
  await cache.keep()
  expect(kept.saved).toEqual([expect.stringMatching(new RegExp(`^${root} ml-image-layers-iris-[0-9a-f]{32}$`))])
  expect(files.kind(`${old}/index.json`)).toBeUndefined()
})

test('a folder that is there already is not restored, and nothing new is not saved', async () => {
  const { cache, kept, build } = await open({ [`${old}/index.json`]: '{"a":1}' }, true, {})
  build('{"a":1}')
  await cache.keep()
  expect(kept).toEqual({ saved: [], restored: [] })
})
