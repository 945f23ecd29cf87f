import { describe, expect, test } from '@jest/globals'
import { type Facts, judge, type Order, type Relation, type RunFact } from '../../src/publish/newer.ts'
import type { VersionOrder } from '../../src/publish/version-order.ts'

const ours = { revision: 'a'.repeat(40), movingTags: [] }
const theirs = { revision: 'b'.repeat(40), version: '1.5.0', movingTags: [] }
const none: RunFact = { kind: 'none' }
const run = (number: number): RunFact => ({ kind: 'number', number })
const unsaid: RunFact = { kind: 'unknown', reason: 'no permission' }
const unknown: Relation = { kind: 'unknown', reason: 'no answer' }

const higher = 'its version 1.5.0 is higher'
const descends = 'its commit bbbbbbb descends from aaaaaaa'
const later = 'it is of run 8 of the same workflow, ours is run 7'

describe('which of two images a tag should hold', () => {
  test.each<readonly [string, VersionOrder | undefined, Relation['kind'], Facts['runs'], string]>([
    // The version rules a tag that came from one.
    ['a higher version', 'higher', 'behind', { ours: none, theirs: none }, higher],
    ['a higher version of an earlier run', 'higher', 'identical', { ours: run(8), theirs: run(7) }, higher],
    ['a lower version that is a later commit', 'lower', 'ahead', { ours: run(7), theirs: run(8) }, 'older'],
    ['the same version of a later commit', 'same', 'ahead', { ours: none, theirs: none }, descends],
    ['the same version of an earlier commit', 'same', 'behind', { ours: none, theirs: none }, 'older'],
    ['the same version of a later run', 'same', 'identical', { ours: run(7), theirs: run(8) }, later],
    ['the same version, and nothing else', 'same', 'identical', { ours: none, theirs: none }, 'level'],
    // Without one, the commit does.
    ['a commit that descends from ours', undefined, 'ahead', { ours: none, theirs: none }, descends],
    ['a commit that descends from ours, of an earlier run', undefined, 'ahead', { ours: run(8), theirs: run(7) }, descends],
    ['a commit that ours descends from', undefined, 'behind', { ours: none, theirs: none }, 'older'],
    ['a commit that ours descends from, of an earlier run', undefined, 'behind', { ours: run(8), theirs: run(7) }, 'older'],
    ['a commit that ours descends from, of a later run', undefined, 'behind', { ours: run(7), theirs: run(8) }, later],
    // Where the commit does not, the run does.
    ['the same commit', undefined, 'identical', { ours: none, theirs: none }, 'level'],
    ['the same commit of a later run', undefined, 'identical', { ours: run(7), theirs: run(8) }, later],
    ['the same commit of an earlier run', undefined, 'identical', { ours: run(8), theirs: run(7) }, 'older'],
    ['the same run again', undefined, 'identical', { ours: run(7), theirs: run(7) }, 'level'],
    ['the same commit of a run that does not say which', undefined, 'identical', { ours: run(7), theirs: none }, 'level'],
    ['commits that have parted ways', undefined, 'diverged', { ours: none, theirs: none }, 'level'],
    ['commits that have parted ways, a later run', undefined, 'diverged', { ours: run(7), theirs: run(8) }, later],
    ['commits that have parted ways, an earlier run', undefined, 'diverged', { ours: run(8), theirs: run(7) }, 'older'],
    [
      'commits that have parted ways, their run not known',
      undefined,
      'diverged',
      { ours: run(7), theirs: unsaid },
      'unknown: no permission',
    ],
    ['commits that have parted ways, our run not known', undefined, 'diverged', { ours: unsaid, theirs: run(8) }, 'unknown: no permission'],
    // What is not known is said.
    ['a commit of which nobody knows', undefined, 'unknown', { ours: none, theirs: none }, 'unknown: no answer'],
    ['a commit of which nobody knows, of a later run', undefined, 'unknown', { ours: run(7), theirs: run(8) }, later],
    ['a commit of which nobody knows, of an earlier run', undefined, 'unknown', { ours: run(8), theirs: run(7) }, 'older'],
    ['a commit of which nobody knows, of a higher version', 'higher', 'unknown', { ours: none, theirs: none }, higher],
  ])('%s', (_, version, kind, runs, expected) => {
    const order: Order = judge(ours, theirs, { version, relation: kind === 'unknown' ? unknown : { kind }, runs })
    const text = { newer: 'reason' in order ? order.reason : '', unknown: `unknown: ${'reason' in order ? order.reason : ''}` }
    expect(order.kind === 'newer' || order.kind === 'unknown' ? text[order.kind] : order.kind).toBe(expected)
  })

  test.each(['ahead', 'behind', 'identical', 'diverged'] as const)('seen from the other side it is the other way round: %s', (kind) => {
    const turned = { ahead: 'behind', behind: 'ahead', identical: 'identical', diverged: 'diverged' } as const
    const turnedVersion = { higher: 'lower', lower: 'higher', same: 'same' } as const
    const opposite: Readonly<Record<Order['kind'], Order['kind']>> = { newer: 'older', older: 'newer', level: 'level', unknown: 'unknown' }
    for (const version of [undefined, 'higher', 'lower', 'same'] as const) {
      // A run and a commit that contradict each other are the one exception: then each leaves the other alone.
      const runs = kind === 'ahead' ? [none, run(2)] : kind === 'behind' ? [none, run(0)] : [none, run(0), run(2)]
      for (const other of runs) {
        const there = judge(ours, theirs, { version, relation: { kind }, runs: { ours: run(1), theirs: other } })
        const facts = {
          version: version && turnedVersion[version],
          relation: { kind: turned[kind] },
          runs: { ours: other, theirs: run(1) },
        }
        expect(judge(theirs, ours, facts).kind).toBe(opposite[there.kind])
      }
    }
  })
})
