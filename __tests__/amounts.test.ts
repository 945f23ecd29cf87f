import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bytesText, callText, changeText, count, numberText, percentText, signed, someOf, timeText } from '../src/amounts.ts'

describe('bytes for people', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.5, '1.0 kB'],
    [1_000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [61_449_999, '61.4 MB'],
    [412_000_000, '412.0 MB'],
    [999_950_000, '1.00 GB'],
    [5_312_000_000, '5.31 GB'],
    [-6e9, '−6.00 GB'],
  ])('%d', (bytes, text) => expect(bytesText(bytes)).toBe(text))
  test('never say a thousand of a unit that has a larger one', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2e9, noNaN: true }), (bytes) => !/^1000(\.0)? [kM]?B/.test(bytesText(bytes))),
      { seed: 1, numRuns: 20_000 },
    ))
  test.each([
    [415_100_000, 412_000_000, '+3.1 MB, +0.8 %'],
    [412_000_000, 415_100_000, '−3.1 MB, −0.7 %'],
    [412_012_300, 412_000_000, '+12.3 kB, +0.0 %'],
    [412_000_000, 412_000_000, 'as before'],
    [5, 0, '+5 B'],
  ])('%d after %d', (bytes, before, text) => expect(changeText(bytes, before)).toBe(text))
})

describe('times', () => {
  test.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1_000, '1.0 s'],
    [59_900, '59.9 s'],
    [60_000, '1m 0s'],
    [90_400, '1m 30s'],
    [3_600_000, '60m 0s'],
  ])('%d ms are %s', (ms, text) => expect(timeText(ms)).toBe(text))
  test('never say sixty seconds or a thousand milliseconds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (ms) => !/\b60\.0 s|\b60s|\b1000 ms/.test(timeText(ms))),
      { seed: 1, numRuns: 20_000 },
    )
  })
})

test.each([
  [signed(-1_200_000, bytesText), '−1.2 MB'],
  [signed(12, numberText), '+12'],
  [percentText(0.0821), '8.2 %'],
  [callText(3.24), '3.2 ms'],
  [callText(820.4), '820 ms'],
  [callText(12_340), '12.3 s'],
  [numberText(0.1 + 0.2), '0.3'],
  [numberText(0.123456, 4), '0.1235'],
  [numberText(null), 'not a number'],
  [count(1, 'layer'), '1 layer'],
  [count(0, 'layer'), '0 layers'],
  [count(2, 'piece of advice', 'pieces of advice'), '2 pieces of advice'],
  [someOf(['a', 'b']), 'a, b'],
  [someOf(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more'],
])('%s is read as %s', (text, expected) => expect(text).toBe(expected))
