import { describe, expect, test } from '@jest/globals'
import { inputHashLabel, inputPartsLabel, revisionLabel, treeLabel } from '../../src/plan/labels.ts'
import { promote } from '../../src/publish/gated.ts'
import { commit, createImage } from '../builders.ts'

type Labels = Readonly<Record<string, string>>
const tree = '7'.repeat(40)
const asked: Labels = {
  [inputHashLabel]: 'a'.repeat(64),
  [inputPartsLabel]: 'commit=1111 dockerfile=2222 test=3333',
  [revisionLabel]: commit,
  [treeLabel]: tree,
}
const merged = {
  [inputHashLabel]: 'b'.repeat(64),
  [inputPartsLabel]: 'commit=9999 dockerfile=2222 test=3333',
  [revisionLabel]: 'e'.repeat(40),
}
const isProof = (said: Labels, now: Labels = asked) => promote(createImage(), said, now) !== undefined
const without = (labels: Labels, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)))

describe('an image is proof of its gates', () => {
  test('when it says the same hash and the same commit', () => expect(isProof(without(asked, inputPartsLabel, treeLabel))).toBe(true))
  test('when it says the same tree, and all but the commit', () => expect(isProof({ ...asked, ...merged })).toBe(true))
})
describe('and none', () => {
  test.each<readonly [string, Labels]>([
    ['without labels', {}],
    ['of another hash', { ...without(asked, treeLabel), [inputHashLabel]: 'b'.repeat(64) }],
    ['of another commit alone', { ...without(asked, treeLabel), [revisionLabel]: 'e'.repeat(40) }],
    ['of another tree', { ...asked, ...merged, [treeLabel]: '8'.repeat(40) }],
    ['of the same tree and other inputs', { ...asked, ...merged, [inputPartsLabel]: 'commit=9999 dockerfile=0000 test=3333' }],
    ['of the same tree, without the inputs', without({ ...asked, ...merged }, inputPartsLabel)],
  ])('%s', (_, said) => expect(isProof(said)).toBe(false))
  test('where this run does not know what it asks itself', () => {
    expect(isProof({}, {})).toBe(false)
    expect(isProof(asked, { ...asked, [inputHashLabel]: '', [treeLabel]: '' })).toBe(false)
    expect(isProof({ ...asked, [treeLabel]: '' }, { ...asked, [inputHashLabel]: 'c', [treeLabel]: '' })).toBe(false)
    const noParts = without({ ...asked, [inputHashLabel]: 'c' }, inputPartsLabel)
    expect(isProof(without(asked, inputPartsLabel), noParts)).toBe(false)
  })
})
