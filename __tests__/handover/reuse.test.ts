import { describe, expect, test } from '@jest/globals'
import { trustIn, withoutPassed } from '../../src/handover/reuse.ts'
import { commit, createEvent, createInputs, createRecord } from '../builders.ts'

const run = { id: '42', attempt: 3 }
const event = createEvent()

describe('the word of a record is taken', () => {
  test('for this run, repository and commit, whatever the attempt', () =>
    expect(trustIn(createRecord(), event, run)).toEqual({ kind: 'trusted', record: createRecord() }))
  test.each([
    ['without one', undefined, run, 'no record'],
    ['of another run', createRecord({ run: { id: '41', attempt: 1 } }), run, 'of run 41, this is run 42'],
    ['of no run, as of a laptop', (({ run: _, ...rest }) => rest)(createRecord()), run, 'of no run'],
    ['of another repository', createRecord({ repository: 'acme/other' }), run, 'acme/other'],
    ['of another commit', createRecord({ revision: 'f'.repeat(40) }), run, `fffffff, this run is about ${commit.slice(0, 7)}`],
    ['on a laptop', createRecord(), undefined, 'outside of a run'],
  ] as const)('not %s', (_, record, ours, why) =>
    expect(trustIn(record, event, ours)).toEqual({ kind: 'strange', why: expect.stringContaining(why) }),
  )
})

describe('the gates that were passed are left out, and no other', () => {
  const inputs = createInputs()
  test.each([
    ['passed', 'passed', false, false],
    ['passed', 'skipped', false, true],
    ['skipped', 'passed', true, false],
    ['skipped', 'skipped', true, true],
  ] as const)('tests %s, smoke %s', (tests, smoke, testsAgain, smokeAgain) => {
    const left = withoutPassed(inputs, createRecord({ gates: { tests, smoke } }))
    expect([left.test.run, left.smoke.run]).toEqual([testsAgain, smokeAgain])
    for (const gate of [left.test, left.smoke]) expect(gate.leftOut === undefined).toBe(gate.run)
  })
  test('what the user leaves out is the user’s word', () => {
    const said = withoutPassed(createInputs({ test: { run: false }, smoke: { run: false } }), createRecord())
    expect([said.test.leftOut, said.smoke.leftOut]).toEqual([undefined, undefined])
  })
})
