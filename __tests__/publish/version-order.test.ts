import { describe, expect, test } from '@jest/globals'
import { type VersionOrder, versionOrder } from '../../src/publish/version-order.ts'

type Case = readonly [theirs: string | undefined, ours: string, order: VersionOrder | undefined]

describe('versions by SemVer', () => {
  test.each<Case>([
    ['1.4.3', '1.4.2', 'higher'],
    ['1.4.2', '1.4.2', 'same'],
    ['1.4.1', '1.4.2', 'lower'],
    ['1.10.0', '1.9.0', 'higher'],
    ['v2.0.0', '1.9.9', 'higher'],
    ['V2.0.0', '1.9.9', 'higher'],
    ['1.4.2-rc.1', '1.4.2', 'lower'],
    ['1.4.2-rc.10', '1.4.2-rc.9', 'higher'],
    ['1.4.2+build', '1.4.2', 'same'],
    ['model-1.4.3', '1.4.2', 'higher'],
    ['models/v1.4.3', '1.4.2', 'higher'],
    // A label that is no longer says nothing of what is behind.
    ['1.5', '1.4.2', 'higher'],
    ['1.4', '1.4.2', 'same'],
    ['1.3', '1.4.2', 'lower'],
    ['2.0', '1.4', 'higher'],
    // No versions.
    ['2', '1.4.2', undefined],
    ['20261121', '1.4.2', undefined],
    ['sha-1234567', '1.4.2', undefined],
    ['main', '1.4.2', undefined],
    ['nightly', '1.4.2', undefined],
    ['', '1.4.2', undefined],
    [undefined, '1.4.2', undefined],
    ['1.4.2', 'main', undefined],
    ['1.2.3.4', '1.4.2', undefined],
  ])('%s to %s: %s', async (theirs, ours, order) => expect((await versionOrder('semver'))(theirs, ours)).toBe(order))
})

describe('versions by PEP 440', () => {
  test.each<Case>([
    ['1.4.3', '1.4.2', 'higher'],
    ['1.4.2', '1.4.2', 'same'],
    ['1.4.2.post1', '1.4.2', 'higher'],
    ['1.4.2rc1', '1.4.2', 'lower'],
    ['1.4.2.dev3', '1.4.2rc1', 'lower'],
    ['1!1.0.0', '2.0.0', 'higher'],
    ['1.2.3.4', '1.2.3', 'higher'],
    ['1.5', '1.4.2', 'higher'],
    ['1.4', '1.4.2', 'same'],
    ['2026', '1.4.2', undefined],
    ['1.4.2-alpine', '1.4.2', undefined],
    ['main', '1.4.2', undefined],
  ])('%s to %s: %s', async (theirs, ours, order) => expect((await versionOrder('pep440'))(theirs, ours)).toBe(order))
})
