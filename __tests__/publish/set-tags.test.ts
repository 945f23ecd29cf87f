import { describe, expect, test } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { movingTagsLabel, runLabel, workflowLabel } from '../../src/plan/labels.ts'
import type { Tag } from '../../src/plan/tags.ts'
import { createReader, type Held } from '../../src/publish/held.ts'
import type { History } from '../../src/publish/history.ts'
import { ownPedigree } from '../../src/publish/pedigree.ts'
import { setTags } from '../../src/publish/set-tags.ts'
import { createClient } from '../../src/registry/client.ts'
import { createEvent, createPlan } from '../builders.ts'
import { type Answer, createFakeHost } from '../fake-host.ts'
import { createFakeRegistry, type FakeRegistry, sha256 } from '../fake-registry.ts'

const workflow = 'acme/iris/.github/workflows/image.yml'
const sha = { old: '0'.repeat(40), mine: '1'.repeat(40), new: '2'.repeat(40), other: '3'.repeat(40) }
const order = [sha.old, sha.mine, sha.new]
const revision = 'org.opencontainers.image.revision'

type Labels = Readonly<Record<string, string>>
const image = (labels: Labels, build = 1) => {
  const config = JSON.stringify({ config: { Labels: labels }, build })
  const text = JSON.stringify({ config: { digest: sha256(config) } })
  return { config, text, digest: sha256(text) }
}
type Image = ReturnType<typeof image>
const at = (commit: string, more: Labels = {}) => image({ [revision]: commit, [movingTagsLabel]: 'latest', ...more })
const newer = at(sha.new)
const older = at(sha.old)
const unlabelled = image({})

const latest: Tag = { name: 'latest', moves: true }
const staying: Tag = { name: 'sha-1111111', moves: false }
const line = { name: '1.4', moves: true, version: { scheme: 'semver', value: '1.4.2' } } as const

type Options = Readonly<{
  tags?: readonly Tag[]
  labels?: Labels
  /** What tags hold before, by name. */
  held?: Readonly<Record<string, Image>>
  /** What happens to the registry when something is asked of it; an answer is given instead of its own. */
  fault?: (request: string, count: number, put: (name: string, image: Image) => void) => Answer | undefined
  history?: Partial<History>
  over?: Image
  namesBefore?: readonly string[]
  run?: number
  stop?: AbortController
}>

async function run({
  tags = [latest],
  labels = {},
  held = {},
  fault,
  history = {},
  over,
  namesBefore,
  run: number,
  stop = new AbortController(),
}: Options) {
  const store = (name: string, { text, config, digest }: Image): void => {
    const stored = { mediaType: 'application/vnd.oci.image.manifest.v1+json', body: new TextEncoder().encode(text) }
    registry.manifests.set(`acme/iris:${name}`, stored).set(`acme/iris@${digest}`, stored)
    registry.blobs.set(sha256(config), config)
  }
  const registry: FakeRegistry = createFakeRegistry({
    fault: (request, count) => fault?.(request.replace('/v2/acme/iris/manifests/', ''), count, store),
  })
  for (const [name, one] of Object.entries(held)) store(name, one)
  const host = createFakeHost({ request: { '': registry.answer } })
  const mine = image({ [revision]: sha.mine, [movingTagsLabel]: 'latest', ...labels })
  const asked: string[] = []
  const event = createEvent({ sha: sha.mine, ...(number === undefined ? {} : { run: { workflow, number } }) })
  const plan = createPlan({ event, tags, labels: { [revision]: sha.mine, ...labels } })
  const client = createClient(host, parseImageName('ghcr.io/acme/iris'), undefined)
  const read = createReader(client, undefined)
  const manifest = {
    digest: mine.digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    body: new TextEncoder().encode(mine.text),
  }
  const ours: Held = { digest: mine.digest, manifest, pedigree: ownPedigree(plan.labels, event) }
  if (over) store('latest', over)
  const before = over && (await read('latest'))
  if (over) store('latest', mine)
  const failures: ActionError[] = []
  const begun = registry.log.length
  const done = await setTags(
    plan,
    [
      {
        name: parseImageName('ghcr.io/acme/iris'),
        client,
        read,
        image: ours,
        compressedBytes: 0,
        ...(namesBefore ? { namesBefore: new Set(namesBefore) } : {}),
        ...(before ? { over: { tag: 'latest', held: before } } : {}),
      },
    ],
    {
      relation: async (base, other) => {
        asked.push('relation')
        const [from, to] = [order.indexOf(base), order.indexOf(other)]
        if (from < 0 || to < 0) return { kind: 'diverged' }
        return { kind: to > from ? 'ahead' : to < from ? 'behind' : 'identical' }
      },
      since: async () => ({ kind: 'known', commits: [], whole: true }),
      latestRun: async () => ({ kind: 'none' }),
      ...history,
    },
    async (_, action) => {
      try {
        return await action()
      } catch (error) {
        if (error instanceof ActionError) failures.push(error)
        else throw error
        return undefined
      }
    },
    { line: (text) => void host.lines.push(text), close: () => {} },
    stop.signal,
  )
  const puts = registry.log.slice(begun).flatMap((request) => (request.startsWith('PUT') ? [request.replace(/.*manifests\//, '')] : []))
  const holds = (tag: string) => sha256(registry.manifests.get(`acme/iris:${tag}`)?.body ?? '')
  return { ...done, failures, puts, lines: host.lines, asked, holds, mine }
}
const name = 'ghcr.io/acme/iris'

describe('before it is set', () => {
  test('a tag that is not there is set, and nobody is asked', async () => {
    const { pushedTags, puts, asked, lines, mine } = await run({})
    expect([pushedTags, puts, asked]).toEqual([[`${name}:latest`], ['latest'], []])
    expect(lines).toEqual([`${name}:latest -> ${mine.digest}`])
  })
  test('a tag that holds our image needs nothing', async () => {
    const { pushedTags, puts, asked } = await run({ held: { latest: image({ [revision]: sha.mine, [movingTagsLabel]: 'latest' }) } })
    expect([pushedTags, puts, asked]).toEqual([[`${name}:latest`], [], []])
  })
  test('one that holds something older moves', async () => {
    const { pushedTags, puts, kept } = await run({ held: { latest: older } })
    expect([pushedTags, puts, kept]).toEqual([[`${name}:latest`], ['latest'], []])
  })
  test('one that holds something newer stays, and the line says why', async () => {
    const { pushedTags, puts, kept, lines, failures } = await run({ held: { latest: newer } })
    expect([pushedTags, puts, failures]).toEqual([[], [], []])
    expect(kept).toEqual([`${name}:latest keeps ${newer.digest}: its commit 2222222 descends from 1111111`])
    expect(lines).toEqual(kept)
  })
  test('one that came from a version stays at a higher one, and GitHub is not asked', async () => {
    const higher = at(sha.old, { 'org.opencontainers.image.version': '1.4.10' })
    const { kept, asked } = await run({ tags: [line], held: { '1.4': higher } })
    expect([kept, asked]).toEqual([[`${name}:1.4 keeps ${higher.digest}: its version 1.4.10 is higher`], []])
  })
  test('one that came from a version leaves a lower one of a later commit', async () => {
    const lower = at(sha.new, { 'org.opencontainers.image.version': '1.4.1' })
    expect((await run({ tags: [line], held: { '1.4': lower } })).pushedTags).toEqual([`${name}:1.4`])
  })
  test('one that holds an image without labels moves, and that is said', async () => {
    const { pushedTags, lines } = await run({ held: { latest: unlabelled } })
    expect(pushedTags).toEqual([`${name}:latest`])
    expect(lines[0]).toBe(
      `${name}:latest is moved; whether ${unlabelled.digest.slice(0, 19)} there is newer could not be checked: the image there has no label org.opencontainers.image.revision of this repository`,
    )
  })
  test('one of which GitHub does not tell moves, and each thing that was not checked is said once', async () => {
    const unknown = { kind: 'unknown', reason: 'no answer' } as const
    const { lines, pushedTags } = await run({
      tags: [latest, { name: 'main', moves: true }],
      held: { latest: older },
      history: { relation: async () => unknown, since: async () => unknown },
    })
    expect(pushedTags).toEqual([`${name}:latest`, `${name}:main`])
    expect(lines.filter((text) => text.includes('could not be checked'))).toEqual([
      expect.stringContaining(':latest is moved; whether'),
      `${name}: whether something newer was published meanwhile could not be checked: no answer`,
    ])
  })
  test('a later run of the same workflow stays, by its label', async () => {
    const later = at(sha.mine, { [workflowLabel]: workflow, [runLabel]: '8' })
    expect((await run({ run: 7, held: { latest: later } })).kept[0]).toContain('it is of run 8 of the same workflow, ours is run 7')
    expect((await run({ run: 8, held: { latest: later } })).kept).toEqual([])
    const elsewhere = at(sha.mine, { [workflowLabel]: `${workflow}.other`, [runLabel]: '8' })
    expect((await run({ run: 7, held: { latest: elsewhere } })).kept).toEqual([])
  })
  test('where the commits have parted ways GitHub says which run had them', async () => {
    const latestRun: History['latestRun'] = async (commit) => ({ kind: 'number', number: commit === sha.other ? 9 : 1 })
    expect((await run({ run: 7, held: { latest: at(sha.other) }, history: { latestRun } })).kept[0]).toContain('run 9')
    expect((await run({ run: 10, held: { latest: at(sha.other) }, history: { latestRun } })).kept).toEqual([])
  })
})

describe('after it was set', () => {
  const since: History['since'] = async (base) => ({ kind: 'known', commits: base === sha.mine ? [sha.new] : [], whole: true })
  test('a newer image that is announced for the tag is put back over ours', async () => {
    const { holds, pushedTags, kept, puts, lines } = await run({ held: { latest: older, 'sha-2222222': newer }, history: { since } })
    expect([holds('latest'), pushedTags, puts]).toEqual([newer.digest, [], ['latest', 'latest']])
    expect(kept).toEqual([`${name}:latest keeps ${newer.digest}: its commit 2222222 descends from 1111111`])
    expect(lines[0]).toContain('it is put back to')
  })
  test('one that is announced for other tags is not', async () => {
    const { pushedTags } = await run({
      held: { latest: older, 'sha-2222222': at(sha.new, { [movingTagsLabel]: 'stable' }) },
      history: { since },
    })
    expect(pushedTags).toEqual([`${name}:latest`])
  })
  test('nor is a commit that nobody has published', async () => {
    expect((await run({ held: { latest: older }, history: { since } })).pushedTags).toEqual([`${name}:latest`])
  })
  test('a higher version is found by its name', async () => {
    const higher = image({ [revision]: sha.other, 'org.opencontainers.image.version': '1.4.3', [movingTagsLabel]: '1.4' })
    const { holds, kept } = await run({ tags: [line], held: { '1.4.3': higher, '2.0.0': at(sha.new) } })
    expect([holds('1.4'), kept]).toEqual([higher.digest, [`${name}:1.4 keeps ${higher.digest}: its version 1.4.3 is higher`]])
  })
  test('a higher version that was promoted, which its image does not say, is put back by the tag it was released under', async () => {
    const promoted = at(sha.other, { 'org.opencontainers.image.version': 'sha-3333333' })
    const { holds, kept, failures } = await run({ tags: [line], held: { '1.4': promoted, '1.4.3': promoted, '1.4.10-rc.1': at(sha.old) } })
    expect(failures).toEqual([])
    expect([holds('1.4'), kept]).toEqual([promoted.digest, [`${name}:1.4 keeps ${promoted.digest}: its version 1.4.3 is higher`]])
  })
  test('a merge that was promoted, whose image is of its pull request, is put back by the tag of its commit', async () => {
    const promoted = at(sha.other, { [movingTagsLabel]: 'pr-12' })
    const history = { since: async () => ({ kind: 'known', commits: [sha.new], whole: true }) as const }
    const { holds, kept } = await run({ held: { latest: promoted, 'sha-2222222': promoted }, history })
    expect([holds('latest'), kept]).toEqual([
      promoted.digest,
      [`${name}:latest keeps ${promoted.digest}: its commit 2222222 descends from 1111111`],
    ])
  })
  test('where nobody tells what the branch has, what is new in the repository is looked at', async () => {
    const untold: History['since'] = async () => ({ kind: 'unknown', reason: 'no such branch' })
    const held = { latest: older, 'sha-2222222': newer }
    const { holds, lines } = await run({ held, history: { since: untold }, namesBefore: ['latest'] })
    expect(holds('latest')).toBe(newer.digest)
    expect(lines.at(-1)).toContain('could not be checked: no such branch')
    const seenBefore = await run({ held, history: { since: untold }, namesBefore: ['latest', 'sha-2222222'] })
    expect(seenBefore.pushedTags).toEqual([`${name}:latest`])
  })
  test('something newer that is there already is left there', async () => {
    const { kept, puts, failures } = await run({
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count === 2) put('latest', newer)
        return undefined
      },
    })
    expect([kept.length, puts, failures]).toEqual([1, ['latest'], []])
  })
  test('something older that was put over it is run over again', async () => {
    const { pushedTags, puts, lines } = await run({
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count === 2) put('latest', older)
        return undefined
      },
    })
    expect([pushedTags, puts]).toEqual([[`${name}:latest`], ['latest', 'latest']])
    expect(lines[0]).toBe(
      `${name}:latest answers ${older.digest.slice(0, 19)} after it was set: it is put back to ${(await run({})).mine.digest.slice(0, 19)}`,
    )
  })
  test('what another run of the same standing has set is left there', async () => {
    const { kept, failures } = await run({
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count === 2) put('latest', image({ [revision]: sha.mine }, 2))
        return undefined
      },
    })
    expect([kept[0]?.replace(/sha256:\w+/, 'DIGEST'), failures]).toEqual([
      `${name}:latest keeps DIGEST: another run has set it after this one`,
      [],
    ])
  })
  test('two that take turns with the same two images do not fight over them', async () => {
    const equal = image({ [revision]: sha.mine }, 2)
    const { kept, failures, puts } = await run({
      held: { latest: equal },
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count > 1) put('latest', equal)
        return undefined
      },
    })
    expect([kept.length, failures, puts]).toEqual([1, [], ['latest', 'latest']])
  })
  test('rules that contradict each other come to an end, too', async () => {
    const { kept, failures } = await run({
      held: { latest: older, 'sha-2222222': newer, 'sha-1111111': image({ [revision]: sha.mine, [movingTagsLabel]: 'latest' }) },
      history: {
        relation: async (base) => ({ kind: base === sha.mine || base === sha.new ? 'ahead' : 'behind' }),
        since: async () => ({ kind: 'known', commits: [sha.new, sha.mine], whole: true }),
      },
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count === 1) put('latest', unlabelled)
        return undefined
      },
    })
    expect([kept.length, failures]).toEqual([1, []])
  })
  test('a registry that takes it and goes on answering the old one is a failure', async () => {
    const { failures, puts, pushedTags } = await run({
      held: { latest: older },
      fault: (request) => (request === 'HEAD latest' ? { headers: { 'docker-content-digest': older.digest } } : undefined),
    })
    expect(failures).toMatchObject([
      { code: 'digest-mismatch', message: expect.stringContaining(`${name}:latest answers ${older.digest}, set was`) },
    ])
    expect([puts.length, pushedTags]).toEqual([4, []])
  })
  test('so is one that forgets it', async () => {
    const { failures } = await run({ fault: (request) => (request === 'HEAD latest' ? { status: 404 } : undefined) })
    expect(failures).toMatchObject([{ code: 'digest-mismatch', message: expect.stringContaining('answers nothing') }])
  })
  test('and one that answers an image that nobody knows', async () => {
    const { failures, puts } = await run({
      fault: (request, count, put) => {
        if (request === 'HEAD latest' && count > 1) put('latest', unlabelled)
        return undefined
      },
    })
    expect([failures.map(({ code }) => code), puts]).toEqual([['digest-mismatch'], ['latest']])
  })
  test('a list of tags that may not be read is said, and no failure', async () => {
    const { pushedTags, lines } = await run({
      history: { since },
      fault: (request) => (request.includes('tags/list') ? { status: 403 } : undefined),
    })
    expect(pushedTags).toEqual([`${name}:latest`])
    expect(lines.at(-1)).toContain('could not be checked: the tags of ghcr.io/acme/iris cannot be listed (HTTP 403)')
  })
  test('a run that is cancelled looks at its tag, not at those of others', async () => {
    const stop = new AbortController()
    const { pushedTags, lines, asked } = await run({
      stop,
      history: { since },
      fault: (request) => void (request === 'PUT latest' && stop.abort()),
    })
    expect([pushedTags, asked]).toEqual([[`${name}:latest`], []])
    expect(lines.at(-1)).toContain('could not be checked: the run is cancelled')
  })
})

describe('an engine that had to push under a tag that moves', () => {
  test('has run over something newer: that is put back', async () => {
    const { holds, kept, puts } = await run({ over: newer })
    expect([holds('latest'), puts]).toEqual([newer.digest, ['latest']])
    expect(kept).toEqual([`${name}:latest keeps ${newer.digest}: its commit 2222222 descends from 1111111`])
  })
  test('has run over something older: nothing to do', async () => {
    const { pushedTags, puts } = await run({ over: older })
    expect([pushedTags, puts]).toEqual([[`${name}:latest`], []])
  })
})

describe('a tag that stays', () => {
  const branch = at(sha.mine, { [movingTagsLabel]: 'latest main' })
  test('set by another run of the same commit meanwhile is no failure', async () => {
    const { kept, failures } = await run({
      tags: [staying],
      fault: (request, _, put) => {
        if (request === 'HEAD sha-1111111') put(staying.name, branch)
        return undefined
      },
    })
    expect([kept, failures]).toEqual([
      [`${name}:sha-1111111 keeps ${branch.digest}: another run of the same commit has set it after this one`],
      [],
    ])
  })
  test('that answers another commit is one', async () => {
    const { failures } = await run({
      tags: [staying],
      fault: (request, _, put) => {
        if (request === 'HEAD sha-1111111') put(staying.name, newer)
        return undefined
      },
    })
    expect(failures.map(({ code }) => code)).toEqual(['digest-mismatch'])
  })
  test('of a release is left to the branch, whose run is found by nothing else', async () => {
    const version = { name: '1.4.2', moves: false, version: line.version }
    const { puts, kept } = await run({ tags: [version, staying], held: { [staying.name]: branch, '1.4.2': older } })
    expect([puts, kept]).toEqual([
      ['1.4.2'],
      [`${name}:sha-1111111 keeps ${branch.digest}: a run of the same commit has set it, and can be found by it`],
    ])
    expect((await run({ tags: [staying], held: { [staying.name]: branch } })).puts).toEqual([staying.name])
  })
  test('of a dispatch stays with the later run', async () => {
    const labels = (run: number) => ({ [workflowLabel]: workflow, [runLabel]: String(run) })
    const held = { [staying.name]: at(sha.mine, labels(8)) }
    expect((await run({ run: 7, labels: labels(7), tags: [staying], held })).puts).toEqual([])
    expect((await run({ run: 9, labels: labels(9), tags: [staying], held })).puts).toEqual([staying.name])
  })
})
