import { describe, expect, test } from '@jest/globals'
import { findForeign, foreignPlatforms, nativePlatform, normalPlatform, refuseUntested } from '../../src/build/platforms.ts'
import { createFakeHost } from '../fake-host.ts'

describe('a platform is written as buildx writes it', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/x86_64', 'linux/amd64'],
    ['Linux/x86-64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/i386', 'linux/386'],
    ['linux/riscv64', 'linux/riscv64'],
  ])('%s: %s', (text, expected) => {
    expect(normalPlatform(text)).toBe(expected)
    expect(normalPlatform(expected)).toBe(expected)
  })
})

test.each([
  ['x86_64', 'linux/amd64'],
  ['aarch64', 'linux/arm64'],
  ['s390x', 'linux/s390x'],
])('an engine on %s is %s', (architecture, platform) => expect(nativePlatform(architecture)).toBe(platform))

describe('what an engine cannot run', () => {
  test.each<readonly [string, readonly string[], string, readonly string[], readonly string[]]>([
    ['its own kind it can', ['linux/amd64'], 'x86_64', [], []],
    ['and the kin of it', ['linux/amd64', 'linux/386', 'linux/amd64/v3'], 'x86_64', [], []],
    ['another kind it cannot', ['linux/amd64', 'linux/arm64'], 'x86_64', [], ['linux/arm64']],
    ['unless it is emulated', ['linux/arm64', 'linux/riscv64'], 'x86_64', ['linux/amd64', 'linux/arm64/v8'], ['linux/riscv64']],
    ['an arm does not run 386', ['linux/386', 'linux/arm64'], 'aarch64', [], ['linux/386']],
  ])('%s', (_, platforms, architecture, runs, foreign) => expect(foreignPlatforms(platforms, architecture, runs)).toEqual(foreign))

  test('is asked of its builder only where that can matter', async () => {
    const stdout = 'Name: default\nDriver: docker\n\nNodes:\nName: default\nStatus: running\nPlatforms: linux/amd64, linux/arm64\n'
    const host = createFakeHost({ capture: { 'docker buildx inspect default': { stdout } } })
    const engine = { architecture: 'x86_64' }
    expect(await findForeign(host, ['linux/amd64', 'linux/386'], engine, 'default', {})).toEqual([])
    expect(host.commands).toEqual([])
    expect(await findForeign(host, ['linux/arm64', 'linux/s390x'], engine, 'default', {})).toEqual(['linux/s390x'])
  })
  test('is red', () => {
    expect(() => refuseUntested([], 'linux/amd64')).not.toThrow()
    expect(() => refuseUntested(['linux/arm64'], 'linux/amd64')).toThrow(
      expect.objectContaining({
        code: 'platform-untested',
        message: 'This engine (linux/amd64) cannot run linux/arm64: the image would not be tested there.',
      }),
    )
  })
})
