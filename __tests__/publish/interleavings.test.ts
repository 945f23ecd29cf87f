import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Tag } from '../../src/plan/tags.ts'
import { type Commit, isAncestor, isNewer, type ModelRun, play, shaOf, type World } from './model.ts'

const stays = (name: string): Tag => ({ name, moves: false })
const moves = (name: string): Tag => ({ name, moves: true })
const shaTag = (commit: number) => stays(`sha-${shaOf(commit).slice(0, 7)}`)

/** A step takes no time, a little, or as long as others need for their whole run. */
const delays = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 50, max: 400 })), {
  minLength: 7,
  maxLength: 60,
})
const start = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 900 }))

type Push = Readonly<{ commit: number; start: number; build: number; dispatched: boolean; rerun: boolean }>
const push = (most: number) =>
  fc.record({
    commit: fc.integer({ min: 0, max: most }),
    start,
    build: fc.constantFrom(1, 2, 3),
    dispatched: fc.boolean(),
    rerun: fc.boolean(),
  })

/** Runs of the branch: some commits have none (path filters), some several (re-runs, dispatches), in any order. */
function branchRuns(pushes: readonly Push[]): readonly ModelRun[] {
  return pushes.map(({ commit, dispatched, rerun, start: at, build }, index) => ({
    commit,
    number: dispatched || !rerun ? 100 + commit * 10 + (dispatched ? index + 1 : 0) : 100 + commit * 10,
    start: at,
    build,
    event: dispatched ? 'workflow_dispatch' : 'push',
    tags: [shaTag(commit), moves('latest'), moves('main')],
  }))
}

/**
 * A run is found by its tags that stay. Those of the same commit share their sha tag: a release leaves it to the branch,
 * and an earlier run to a later one, but registries have no "put if absent". This counts how often one took it from
 * another in the very moment in which that one was run over.
 */
let excused = 0

async function everyTagHoldsTheNewest(world: World): Promise<void> {
  const { tags, digests, failures, tip, log } = await play(world)
  const told = () =>
    `${JSON.stringify(world)}\n${digests.map((digest, index) => `run ${index} ${digest.slice(7, 11)}`).join(', ')}\n${log.join('\n')}`
  if (failures.length > 0) throw new Error(`${failures.join('\n')}\n${told()}`)
  // A commit that the branch was set back from is found only while a tag holds it.
  const onBranch = ({ commit }: ModelRun) => world.commits[commit]?.tipAt === undefined || isAncestor(world.commits, commit, tip)
  const isMasked = (run: ModelRun) => tags.get(shaTag(run.commit).name) !== digests[world.runs.indexOf(run)]

  for (const [name, digest] of tags) {
    const holders = world.runs.filter((_, index) => digests[index] === digest)
    for (const run of world.runs.filter(onBranch)) {
      const tag = run.tags.find((one) => one.name === name && one.moves)
      if (!tag || !holders.every((holder) => isNewer(world, tag, run, holder))) continue
      if (!isMasked(run)) throw new Error(`${name} holds ${digest.slice(7, 11)}, and run ${world.runs.indexOf(run)} is newer\n${told()}`)
      excused++
    }
  }
}

const line: readonly Commit[] = [0, 1, 2, 3, 4].map((index) => ({ parent: index - 1, tipAt: 0 }))

/** The branch goes on while the runs are under way. */
const growing = fc
  .array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 5 })
  .map((pauses): readonly Commit[] =>
    pauses.map((_, index) => ({ parent: index - 1, tipAt: pauses.slice(0, index + 1).reduce((sum, pause) => sum + pause, 0) })),
  )

/** After the fourth commit (3) main is set back to the second (1), and goes on from there with 4 and 5. */
const forcePushed = fc.integer({ min: 0, max: 500 }).map((at): readonly Commit[] => [
  { parent: -1, tipAt: 0 },
  { parent: 0, tipAt: 0 },
  { parent: 1, tipAt: 0 },
  { parent: 2, tipAt: 0 },
  { parent: 1, tipAt: at },
  { parent: 4, tipAt: at },
])

/** No run begins before its commit is there. */
const afterTheirCommits = (commits: readonly Commit[], runs: readonly ModelRun[]): readonly ModelRun[] =>
  runs.map((run) => ({ ...run, start: run.start + (commits[run.commit]?.tipAt ?? 0) }))

/** Releases of versions in any order, each of the commit that it was cut from; the lines 1.3 and 1.4 have branches of their own. */
type Release = Readonly<{ version: readonly [number, number]; start: number; build: number }>
const release: fc.Arbitrary<Release> = fc.record({
  version: fc.tuple(fc.constantFrom(3, 4), fc.integer({ min: 0, max: 3 })),
  start,
  build: fc.constantFrom(1, 2),
})
const releaseLines: readonly Commit[] = [-1, 0, 1, 2, 0, 4, 5, 6, 4].map((parent) => ({ parent }))
const releaseRuns = (releases: readonly Release[], latest: 'by version' | 'not'): readonly ModelRun[] =>
  releases.map(({ version: [minor, patch], start: at, build }, index) => {
    const version = { scheme: 'semver', value: `1.${minor}.${patch}` } as const
    const commit = (minor === 3 ? 0 : 4) + patch
    return {
      ...{ commit, number: index + 1, start: at, build, event: 'release' },
      tags: [
        { name: version.value, moves: false, version },
        { name: `1.${minor}`, moves: true, version },
        shaTag(commit),
        ...(latest === 'by version' ? [{ name: 'latest', moves: true, version }] : []),
      ],
    }
  })

const check = async (worlds: fc.Arbitrary<World>) => {
  await fc.assert(fc.asyncProperty(worlds, everyTagHoldsTheNewest), { numRuns: 2_000, seed: 20_261_121 })
}
const pushed = (most: number, dispatched: fc.Arbitrary<boolean>) =>
  fc
    .array(fc.tuple(push(most), dispatched), { minLength: 2, maxLength: 5 })
    .map((all) => branchRuns(all.map(([one, is]) => ({ ...one, dispatched: is }))))

afterAll(() => expect(excused).toBeLessThan(5))

describe('once all runs have ended, every moving tag holds the newest image that was published for it', () => {
  test('pushes to a branch, re-runs of old ones, path filters', async () => {
    await check(fc.record({ commits: fc.constant(line), runs: pushed(4, fc.constant(false)), delays }))
  })
  test('the branch goes on meanwhile, and some runs are dispatched', async () => {
    const worlds = fc.record({ commits: growing, runs: pushed(4, fc.boolean()), delays })
    await check(worlds.map(({ runs, ...world }) => ({ ...world, runs: afterTheirCommits(world.commits, runs) })))
  })
  test('the branch is set back by force', async () => {
    const worlds = fc.record({ commits: forcePushed, runs: pushed(5, fc.constant(false)), delays })
    await check(worlds.map(({ runs, ...world }) => ({ ...world, runs: afterTheirCommits(world.commits, runs) })))
  })
  test('releases in any order, backports', async () => {
    const releases = fc.array(release, { minLength: 2, maxLength: 5 })
    await check(fc.record({ commits: fc.constant(releaseLines), runs: releases.map((all) => releaseRuns(all, 'by version')), delays }))
  })
  test('releases beside a branch that has latest', async () => {
    const releases = fc.array(release, { minLength: 1, maxLength: 3 }).map((all) => releaseRuns(all, 'not'))
    const worlds = fc.record({ releases, pushes: pushed(3, fc.constant(false)), delays })
    await check(
      worlds.map(({ releases: some, pushes, delays: all }) => ({
        commits: releaseLines.map((one, index) => ({ ...one, ...(index < 4 ? { tipAt: 0 } : {}) })),
        runs: [...some, ...pushes],
        delays: all,
      })),
    )
  })
})
