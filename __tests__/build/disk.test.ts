import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { askLargest, bytesOf, freeRoom, largestOf, makeRoom } from '../../src/build/disk.ts'
import { isHostedRunner } from '../../src/build/free-disk.ts'
import { discard } from '../../src/host/disk.ts'
import { realFiles } from '../../src/host/files.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const hosted = { RUNNER_ENVIRONMENT: 'github-hosted', ImageOS: 'ubuntu24', GITHUB_ACTIONS: 'true' }

describe('a machine is one of GitHub only where all says so', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
    ['hosted', hosted, true],
    ['self-hosted', { ...hosted, RUNNER_ENVIRONMENT: 'self-hosted' }, false],
    ['act, in the laptop itself', { ...hosted, ACT: 'true' }, false],
    ['a variable that somebody set', { RUNNER_ENVIRONMENT: 'github-hosted' }, false],
    ['a laptop', {}, false],
  ])('%s', (_, env, expected) => expect(isHostedRunner(env)).toBe(expected))
})

describe('room on a disk that is short', () => {
  const gigabyte = 1e9
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ml-image-root-'))
    for (const name of [
      'opt/ghc/bin/ghc',
      'opt/hostedtoolcache/CodeQL/x/codeql',
      'opt/hostedtoolcache/Python/python',
      'usr/share/dotnet/sdk/dotnet',
      'home/me/notes',
    ]) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), 'x')
    }
    mkdirSync(join(root, 'usr/local/lib'), { recursive: true })
    symlinkSync(join(root, 'home'), join(root, 'usr/local/lib/android'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const filesOf = () =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => lstatSync(join(root, name)).isFile() && !name.includes('android'))
      .sort()
  /** Real folders and a real removal; a disk on which each file takes 1 GB of what is free at the beginning. */
  async function room(
    free: number,
    env: Readonly<Record<string, string>>,
    freeDisk: 'auto' | 'off' = 'auto',
    signal = new AbortController().signal,
  ) {
    const atFirst = filesOf().length
    const freeBytes = () => (free + atFirst - filesOf().length) * gigabyte
    const notices: string[] = []
    const host = { ...createFakeHost({ env }), files: { ...realFiles(root), freeBytes }, discard }
    await makeRoom(
      host,
      { rootFolder: root },
      createInputs({ build: { options: { freeDisk } } }).build,
      (text) => notices.push(text),
      signal,
      root,
    )
    return notices
  }
  const all = [
    'home/me/notes',
    'opt/ghc/bin/ghc',
    'opt/hostedtoolcache/CodeQL/x/codeql',
    'opt/hostedtoolcache/Python/python',
    'usr/share/dotnet/sdk/dotnet',
  ]

  test('enough: nothing is said or removed', async () => {
    expect(await room(3, hosted)).toEqual([])
    expect(filesOf()).toEqual(expect.arrayContaining(all))
  })
  test('on a hosted runner tool folders go until it is enough, and one line says so with the bytes', async () => {
    expect(await room(1, hosted)).toEqual([
      `free-disk: 1.00 GB were free and the build may take 3.00 GB, so ${root}/opt/hostedtoolcache/CodeQL, ${root}/opt/ghc were removed from this hosted runner: 2.00 GB won.`,
    ])
    expect(filesOf()).toEqual(expect.arrayContaining(['home/me/notes', 'opt/hostedtoolcache/Python/python', 'usr/share/dotnet/sdk/dotnet']))
    expect(filesOf().filter((name) => /CodeQL|ghc/.test(name))).toEqual([])
  })
  test('where all of them are not enough, that is said too; nothing else goes, nor what a link points to', async () => {
    const notices = await room(-9, hosted)
    expect(notices).toEqual([
      expect.stringContaining('3.00 GB won'),
      'The disk of the engine has −6.00 GB left, and the build may take about 3.00 GB.',
    ])
    expect(filesOf()).toEqual(expect.arrayContaining(['home/me/notes', 'opt/hostedtoolcache/Python/python']))
    expect(filesOf().filter((name) => /CodeQL|ghc|dotnet/.test(name))).toEqual([])
  })
  test.each<readonly [string, Readonly<Record<string, string>>, 'auto' | 'off']>([
    ['elsewhere', { RUNNER_ENVIRONMENT: 'self-hosted', ImageOS: 'ubuntu24', GITHUB_ACTIONS: 'true' }, 'auto'],
    ['under act', { ...hosted, ACT: 'true' }, 'auto'],
    ['on a laptop', {}, 'auto'],
    ['with free-disk: off', hosted, 'off'],
  ])('%s it is only told', async (_, env, freeDisk) => {
    expect(await room(1, env, freeDisk)).toEqual(['The disk of the engine has 1.00 GB left, and the build may take about 3.00 GB.'])
    expect(filesOf()).toEqual(expect.arrayContaining(all))
  })
  test('a run that is over removes nothing', async () => {
    expect(await room(1, hosted, 'auto', AbortSignal.abort())).toEqual([])
    expect(filesOf()).toEqual(expect.arrayContaining(all))
  })
})

describe('the disk of an engine', () => {
  const files = { ...createFiles({ '/var/lib/docker/x': '' }), freeBytes: () => 5 }
  test.each<readonly [string, Readonly<Record<string, string>>, string, number | undefined]>([
    ['here', {}, '/var/lib/docker', 5],
    ['by another socket', { DOCKER_HOST: 'unix:///run/other.sock' }, '/var/lib/docker', 5],
    ['elsewhere', { DOCKER_HOST: 'tcp://10.0.0.1:2376' }, '/var/lib/docker', undefined],
    ['in a virtual machine', {}, '/not/here', undefined],
    ['that does not say', {}, '', undefined],
  ])('%s', (_, env, rootFolder, free) => expect(freeRoom(createFakeHost({ env, files }), { rootFolder })).toBe(free))
})

describe('what takes the most room', () => {
  test.each([
    ['4.096kB', 4_096],
    ['317.6MB', 317_600_000],
    ['1.2GB', 1_200_000_000],
    ['0B', 0],
    ['', 0],
    ['much', 0],
  ])('%s', (text, bytes) => expect(Math.round(bytesOf(text))).toBe(bytes))

  const lines = [
    { Description: 'local source for context', Size: '4.096kB' },
    { Description: 'mount / from exec /bin/sh -c pip install\n  torch', Size: '3.1GB' },
    { Description: 'pulled from docker.io/library/python:3.11', Size: '389.5MB' },
    {},
    { Size: '94.59MB' },
  ].map((record) => JSON.stringify(record))
  const told = ['3.1GB RUN pip install torch', '389.5MB pulled from docker.io/library/python:3.11', '94.59MB a layer of a base image']
  test('is told the largest first, without what is small', () => expect(largestOf([...lines, 'no JSON', ''].join('\n'), 5)).toEqual(told))
  test('as many as are asked for', () => expect(largestOf(lines.join('\n'), 1)).toEqual(told.slice(0, 1)))
  test('is asked of the builder', async () => {
    const host = createFakeHost({ capture: { 'docker buildx du --builder mine --format json': { stdout: lines.join('\n') } } })
    expect(await askLargest(host, 'mine', {})).toEqual(told)
  })
  test('is not known where the builder cannot be asked', async () => {
    const host = createFakeHost({ capture: { 'docker buildx du': { exitCode: 1, stdout: lines.join('\n') } } })
    expect(await askLargest(host, 'mine', {})).toEqual([])
    expect(await askLargest(createFakeHost(), 'mine', {})).toEqual([])
  })
})
