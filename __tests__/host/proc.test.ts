import { expect, test } from '@jest/globals'
import { bornAt } from '../../src/host/proc.ts'
import { createFiles } from '../memory-files.ts'

const stat = (name: string) => `7 (${name}) S 1 7 7 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 8000000 500 18446744073709551615\n`

test.each(['bash', 'a b', ') S (', 'x) 1 (y\n'])('a process called %j is told from others by when it was born', (name) => {
  expect(bornAt(createFiles({ '/proc/7/stat': stat(name) }), 7)).toBe('4711')
})

test('of one that is gone, or where there is no /proc, nothing is known', () => {
  expect(bornAt(createFiles(), 7)).toBeUndefined()
})

test('one that has ended, and waits for its parent to ask how, is gone', () => {
  expect(bornAt(createFiles({ '/proc/7/stat': stat('bash').replace(' S ', ' Z ') }), 7)).toBeUndefined()
})
