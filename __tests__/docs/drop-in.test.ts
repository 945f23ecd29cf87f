import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { main } from '../../src/main.ts'
import { githubEvent } from '../../src/plan/github-event.ts'
import { createWorld } from '../whole-run.ts'

type Texts = Readonly<Record<string, string>>
type Answer = Readonly<{ event: string; given: string; version: string; tags: string; 'tag-names': string; labels: string }>
type Recorded = Readonly<{
  repository: object
  events: Readonly<Record<string, Readonly<{ env: Texts; payload: object }>>>
  inputs: Readonly<Record<string, Texts>>
  recorded: readonly Answer[]
}>

/** What the real action answered. */
const { repository, events, inputs, recorded } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'metadata-action', 'recorded.json'), 'utf8'),
) as Recorded

const sha = '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c'
const github = { GITHUB_ACTOR: 'octocat', GITHUB_REPOSITORY: 'acme/shop', GITHUB_SERVER_URL: 'https://github.com' }

async function ours({ event: name, given }: Answer): Promise<Texts> {
  const { env = {}, payload = {} } = events[name] ?? {}
  const world = createWorld({ env })
  const event = githubEvent({ ...github, ...env }, { repository, ...payload })
  const all = new Map(Object.entries({ 'github-token': 'token', 'dry-run': 'true', ...inputs[given] }))
  expect(await main(world.host, all, event, new AbortController().signal)).toMatchObject({ exitCode: 0 })
  return Object.fromEntries(world.host.outputs)
}

/** Labels that docker/metadata-action has, too, without the time of the build in place of which there is that of the commit. */
const shared = (labels = '') => labels.split('\n').filter((line) => !/^io\.github\.ml-image-action\.|image\.created=/.test(line))

describe('moving over leaves version, tags and labels as docker/metadata-action gives them', () => {
  test.each(recorded.map((answer) => [answer.event, answer.given, answer] as const))('%s, %s', async (_, __, theirs) => {
    const outputs = await ours(theirs)
    expect([outputs['version'], outputs['tags'], outputs['tag-names']]).toEqual([theirs.version, theirs.tags, theirs['tag-names']])
    // Of a pull request theirs is the merge commit that GitHub made, and ours its head: docs/migrating.md says so.
    const labels = shared(theirs.labels).map((line) => line.replace(/(?<=image\.revision=)f{40}$/, sha))
    expect(shared(outputs['labels'])).toEqual(labels)
  })
})
