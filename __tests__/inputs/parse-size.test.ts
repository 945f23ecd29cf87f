import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseIncrease, parseSize } from '../../src/inputs/parse-size.ts'
import { inputsOf, reasonsOf } from './reading.ts'

describe('a size', () => {
  test.each<readonly [string, number]>([
    ['500MB', 500_000_000],
    ['500 MB', 500_000_000],
    ['500mb', 500_000_000],
    ['1.5GB', 1_500_000_000],
    ['2GiB', 2_147_483_648],
    ['0.5GiB', 536_870_912],
    ['750kB', 750_000],
    ['64KiB', 65_536],
    ['1TB', 1_000_000_000_000],
    ['1234567B', 1_234_567],
  ])('%s', (text, bytes) => expect(parseSize(text)).toEqual({ bytes, text }))
  test.each<readonly [string, string]>([
    ['500', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['MB', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['-5MB', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['1e9B', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['500 megabytes', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['500MB or so', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['1GB500MB', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['10%', 'is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)'],
    ['1,5GB', 'has a decimal comma; write 1.5GB'],
    ['512m', 'does not say which M is meant; write 512MB or 512MiB'],
    ['100K', 'does not say which K is meant; write 100kB or 100KiB'],
    ['0MB', 'is no size at all'],
    ['0.1B', 'is no size at all'],
    ['9999999TB', 'is larger than any image'],
  ])('%s is none', (text, reason) => expect(() => parseSize(text)).toThrow(reason))
  test('is read or refused with a reason, whatever it is', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9.,]{1,6} ?[kKmMgGtTiBb%]{0,3}$/))
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const { bytes } = parseSize(text)
          return Number.isSafeInteger(bytes) && bytes > 0
        } catch (error) {
          return (error as Error).message.length > 0 && (error as Error).constructor.name === 'Invalid'
        }
      }),
      { seed: 1, numRuns: 5_000 },
    )
  })
})

describe('a growth', () => {
  test.each([
    ['10%', { kind: 'percent', percent: 10, text: '10%' }],
    ['2.5 %', { kind: 'percent', percent: 2.5, text: '2.5 %' }],
    ['0%', { kind: 'percent', percent: 0, text: '0%' }],
    ['50MB', { kind: 'bytes', bytes: 50_000_000, text: '50MB' }],
    ['0MB', { kind: 'bytes', bytes: 0, text: '0MB' }],
  ])('%s', (text, increase) => expect(parseIncrease(text)).toEqual(increase))
  test.each([
    ['10', 'is neither per cent (10%) nor a size with a unit (50MB)'],
    ['%', 'is neither per cent (10%) nor a size with a unit (50MB)'],
    ['10%MB', 'is neither per cent (10%) nor a size with a unit (50MB)'],
    ['-5%', 'is less than nothing: it says how much larger the image may be than the one before'],
    ['-5MB', 'is less than nothing: it says how much larger the image may be than the one before'],
    ['50M', 'does not say which M is meant; write 50MB or 50MiB'],
  ])('%s is none', (text, reason) => expect(() => parseIncrease(text)).toThrow(reason))
})

test('both are limits of a run, which without them has none', () => {
  expect(inputsOf({ 'max-image-size': '500MB', 'max-size-increase': '10%' }).size).toEqual({
    most: { bytes: 500_000_000, text: '500MB' },
    increase: { kind: 'percent', percent: 10, text: '10%' },
  })
  expect(inputsOf({}).size).toEqual({})
})
test('what is wrong with both is told at once', () =>
  expect(reasonsOf({ 'max-image-size': '0MB', 'max-size-increase': '10' })).toEqual([
    'max-image-size is no size at all',
    'max-size-increase is neither per cent (10%) nor a size with a unit (50MB)',
  ]))
