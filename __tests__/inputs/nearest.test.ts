import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { declaredInputs } from '../../src/inputs/declared.ts'
import { nearest } from '../../src/inputs/nearest.ts'

const known = Object.keys(declaredInputs)

describe('the nearest name is the one that was probably meant', () => {
  test.each([
    ['image', 'images'],
    ['tag', 'tags'],
    ['dockerfile', undefined],
    ['test_command', 'test-command'],
    ['Test-Command', 'test-command'],
    ['testcommand', 'test-command'],
    ['predict-bdoy', 'predict-body'],
    ['health-paths', 'health-path'],
    ['build-arg', 'build-args'],
    ['run-arg', 'run-args'],
    ['dryrun', 'dry-run'],
    ['pusch', 'push'],
    ['registy', 'registry'],
    ['platform', 'platforms'],
    ['cgroup-parent', undefined],
    ['kubernetes-namespace', undefined],
    ['', undefined],
  ])('%s -> %s', (name, meant) => expect(nearest(name, known)).toBe(meant))
})

test('a known name is nearest to itself', () => {
  for (const name of known) expect(nearest(name, known)).toBe(name)
})

test('of names far from all none is suggested, and what is suggested is a known one', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const found = nearest(name, known)
      return found === undefined || known.includes(found)
    }),
  )
  expect(nearest('x'.repeat(40), known)).toBeUndefined()
  expect(nearest('images', [])).toBeUndefined()
})
