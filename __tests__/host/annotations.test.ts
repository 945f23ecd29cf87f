import { expect, test } from '@jest/globals'
import { countAnnotations, mostAnnotations } from '../../src/host/annotations.ts'

test('ten of each level are shown, and how many are left is known', () => {
  const { room, take } = countAnnotations()
  expect(Array.from({ length: mostAnnotations + 2 }, () => take('warning'))).toEqual([...Array(10).fill(true), false, false])
  expect([room('warning'), room('error'), room('notice')]).toEqual([0, 10, 10])
})
