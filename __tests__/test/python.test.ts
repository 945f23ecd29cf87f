import { describe, expect, test } from '@jest/globals'
import { findPython, mismatchWarning, shippedPython, wantedPython } from '../../src/test/python.ts'
import { type CaptureScript, createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

describe('the Python that ships is that of an official base image', () => {
  test.each([
    ['FROM python:3.11-slim', '3.11'],
    ['FROM docker.io/library/python:3.12.4-bookworm AS serve', '3.12'],
    ['FROM --platform=linux/amd64 mirror.local/python:3.10', '3.10'],
    ['FROM python:3.9 AS train\nFROM python:3.11-slim', '3.11'],
    ['FROM python:3', undefined],
    ['FROM python', undefined],
    ['FROM nvidia/cuda:12.1', undefined],
    ['FROM acme/mypython:3.11', undefined],
    ['', undefined],
  ])('%j: %s', (dockerfile, version) => expect(shippedPython(dockerfile)).toBe(version))
  test('of the stage that ships, not of one that is only built', () => {
    expect(shippedPython('FROM python:3.9 AS train\nFROM nvidia/cuda:12.1\n')).toBeUndefined()
  })
})

describe('the Python that is wanted', () => {
  const wanted = (files: Readonly<Record<string, string>>, given?: string, dockerfile = 'FROM python:3.11') =>
    wantedPython(
      { files: createFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/repo/${name}`, text]))) },
      '/repo',
      given,
      { dockerfile },
    )
  const requires = (specifier: string) => ({ 'pyproject.toml': `[project]\nname = "a"\nrequires-python = "${specifier}"\n` })
  test('is the one given, before all others', () =>
    expect(wanted({ '.python-version': '3.9' }, '3.12')).toEqual({ version: '3.12', from: 'python-version' }))
  test.each([
    ['3.10\n', '3.10'],
    ['# pyenv\n3.10.4\n3.9\n', '3.10.4'],
  ])('is that of .python-version: %j', (text, version) =>
    expect(wanted({ '.python-version': text })).toEqual({ version, from: '.python-version' }),
  )
  test.each([
    ['==3.10.*', '3.10'],
    ['~=3.10.2', '3.10'],
    ['>=3.10, <3.11', '3.10'],
    ['>= 3.10.1,<3.11.0', '3.10'],
  ])('is the only one that pyproject.toml allows: %s', (specifier, version) =>
    expect(wanted(requires(specifier))).toEqual({ version, from: 'pyproject.toml' }),
  )
  test.each(['>=3.9', '>=3.9,<3.12', '3.10', ''])('is that of the Dockerfile where pyproject.toml allows several: "%s"', (specifier) =>
    expect(wanted(requires(specifier))).toEqual({ version: '3.11', from: 'the Dockerfile' }),
  )
  test('is any where nothing says it', () => expect(wanted({ '.python-version': 'system' }, undefined, 'FROM debian')).toBeUndefined())
})

describe('the Python that is found', () => {
  const wants = (version: string) => ({ version, from: 'python-version' })
  const find = (versions: Readonly<Record<string, string>>, wanted: string | undefined, uv = true, cached: readonly string[] = []) => {
    const missing = () => {
      throw new Error('tool-missing')
    }
    const capture: Record<string, CaptureScript> = {
      python: missing,
      ...Object.fromEntries(Object.entries(versions).map(([name, stdout]) => [`${name} -c`, { stdout: `${stdout}\n` }])),
    }
    const files = createFiles(Object.fromEntries(cached.map((version) => [`/tools/Python/${version}/x64/bin/python3`, ''])))
    const host = createFakeHost({ env: { RUNNER_TOOL_CACHE: '/tools' }, files, capture })
    return findPython(host, wanted === undefined ? undefined : wants(wanted), Promise.resolve(uv ? 'uv' : undefined), {})
  }
  test('is python3 where nothing else is wanted, or it is the one', async () => {
    const plain = { python: 'python3', version: '3.11.9', managed: false }
    expect(await find({ python3: '3.11.9' }, undefined)).toEqual(plain)
    expect(await find({ python3: '3.11.9' }, '3.11')).toEqual(plain)
    expect(await find({ python3: '3.11.9' }, '3.11.9')).toEqual(plain)
  })
  test('is the newest of the tool cache', async () => {
    const found = await find({ python3: '3.12.1' }, '3.10', true, ['3.10.4', '3.10.14', '3.9.1', '3.1.0'])
    expect(found).toMatchObject({ python: '/tools/Python/3.10.14/x64/bin/python3', managed: false })
  })
  test('is the one of that name on PATH', async () => {
    expect(await find({ python3: '3.12.1', 'python3.10': '3.10.2' }, '3.10')).toEqual({
      python: 'python3.10',
      version: '3.10.2',
      managed: false,
    })
    expect((await find({ python3: '3.12.1', 'python3.10': '3.10.2' }, '3.10.4')).managed).toBe(true)
  })
  test('is left to uv, or is python3 where uv is not there', async () => {
    expect(await find({ python3: '3.12.1' }, '3.10')).toEqual({ python: '3.10', version: '3.10', managed: true })
    expect(await find({ python3: '3.12.1' }, '3.10', false)).toEqual({ python: 'python3', version: '3.12.1', managed: false })
    expect(await find({}, undefined)).toEqual({ python: 'python3', managed: false })
  })
  test('3.1 is not 3.10', async () => expect((await find({ python3: '3.10.2' }, '3.1')).managed).toBe(true))
})

test('testing on another Python than ships is warned of, with what to do', () => {
  expect(mismatchWarning('3.12.1', { dockerfile: 'FROM python:3.11' })).toMatch(
    /^python-mismatch: .* 3\.12\.1, the image ships 3\.11\. Set python-version: "3\.11"/,
  )
  expect([
    mismatchWarning('3.11.9', { dockerfile: 'FROM python:3.11' }),
    mismatchWarning(undefined, { dockerfile: 'FROM python:3.11' }),
    mismatchWarning('3.9', { dockerfile: 'FROM debian' }),
  ]).toEqual([undefined, undefined, undefined])
})
