import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { discard, freeBytes } from '../../src/host/disk.ts'

test('free bytes are those of df', () => {
  const df = Number(execFileSync('df', ['--output=avail', '-B1', tmpdir()], { encoding: 'utf8' }).split('\n')[1])
  expect(Math.abs((freeBytes(tmpdir()) ?? 0) - df)).toBeLessThan(df / 10)
  expect(freeBytes('/not/here')).toBeUndefined()
})

test('a folder goes with all that is in it, and one that is not there is no error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'discard-'))
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  writeFileSync(join(folder, 'a/b/c'), '')
  await discard(folder)
  expect(existsSync(folder)).toBe(false)
  await discard(folder)
})
