import { expect, test } from '@jest/globals'
import { cleanUp } from '../../src/host/clean-up.ts'
import type { Trace } from '../../src/host/host.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const traces: readonly Trace[] = [
  { kind: 'image', name: 'ml-image-action/run:f00d' },
  { kind: 'folder', path: '/temp/a' },
  { kind: 'folder', path: '/temp/gone' },
  { kind: 'containers', runId: 'f00d' },
]

test('folders, containers and then images of that very run are removed, and told', async () => {
  const host = createFakeHost({
    files: createFiles({ '/temp/a/x': '', '/temp/b/y': '' }),
    capture: {
      'docker ps': { stdout: 'c1\nc2\n' },
      'docker rm': {},
      'docker image rm': { stdout: 'Untagged: ml-image-action/run:f00d\nDeleted: sha256:aa\n' },
    },
  })
  expect(await cleanUp(host, traces)).toEqual(['/temp/a', 'container c1', 'container c2', 'image ml-image-action/run:f00d'])
  expect(host.argvs()).toEqual([
    'docker ps --all --quiet --filter label=io.github.ml-image-action.run=f00d',
    'docker rm --force --volumes c1 c2',
    'docker image rm ml-image-action/run:f00d',
  ])
  expect([...host.files.entries.keys()]).toEqual(['/temp/b/y'])
})

test('an image is removed when the container is gone that the run itself had begun to remove', async () => {
  let looks = 0
  const host = createFakeHost({
    capture: {
      'docker ps': () => ({ stdout: ++looks < 4 ? 'c1\n' : '\n' }),
      'docker rm': { exitCode: 1, stderr: 'removal of container c1 is already in progress' },
      'docker image rm': () => (looks < 4 ? { exitCode: 1 } : { stdout: 'Untagged: ml-image-action/run:f00d\n' }),
    },
  })
  expect(await cleanUp(host, traces)).toEqual(['container c1', 'image ml-image-action/run:f00d'])
})

test('where nothing is left, nothing is told and no container is touched', async () => {
  const host = createFakeHost({ capture: { 'docker ps': { stdout: '\n' }, 'docker image rm': { exitCode: 1, stderr: 'No such image' } } })
  expect(await cleanUp(host, traces)).toEqual([])
  expect(host.argvs().some((argv) => argv.startsWith('docker rm'))).toBe(false)
})

test('where docker is gone the folders are still removed', async () => {
  const host = createFakeHost({ files: createFiles({ '/temp/a/x': '' }) })
  expect(await cleanUp(host, traces)).toEqual(['/temp/a'])
})

test('a run that noted nothing has nothing to remove', async () => {
  const host = createFakeHost()
  expect(await cleanUp(host, [])).toEqual([])
  expect(host.commands).toEqual([])
})

const stat = (born: number) => `7 (bash) S ${Array.from({ length: 18 }, () => 0).join(' ')} ${born} 0`

test('what is still at work is ended before anything is removed; another process with its number is not', async () => {
  const group = { kind: 'group', pid: 7, born: '4711' } as const
  const files = createFiles({ '/proc/7/stat': stat(4711), '/temp/a/x': '' })
  const host = createFakeHost({
    files,
    capture: {
      sh: () => {
        files.entries.delete('/proc/7/stat')
        return {}
      },
      docker: {},
      'docker image rm': { stdout: 'Untagged: ml-image-action/run:f00d\n' },
    },
  })
  expect(await cleanUp(host, [...traces, group])).toEqual(['1 process', '/temp/a', 'image ml-image-action/run:f00d'])
  expect(host.argvs()[0]).toBe('sh -c kill -s KILL -- "-$0" 7')

  const other = createFakeHost({ files: createFiles({ '/proc/7/stat': stat(4712) }) })
  expect(await cleanUp(other, [group, { ...group, pid: 8 }])).toEqual([])
  expect(other.commands).toEqual([])
})

test('an engine that does not answer is not waited for', async () => {
  const host = createFakeHost({
    files: createFiles({ '/temp/a/x': '' }),
    capture: { docker: () => new Promise<never>(() => {}) },
  })
  const start = host.now()
  expect(await cleanUp(host, traces)).toEqual(['/temp/a'])
  expect(host.now() - start).toBe(40_000)
})
