import { basename } from 'node:path'
import { messageOf } from '../errors.ts'
import type { Comparison, Environment, Host } from '../host/host.ts'
import type { Event } from '../plan/event.ts'
import type { Relation, RunFact } from './newer.ts'

/** What the history of the code tells about images; asked once for each pair of commits. Nothing here is fatal. */
export interface History {
  /** How commit `other` stands to `base`. */
  readonly relation: (base: string, other: string) => Promise<Relation>
  /** Commits of the branch that `base` has not, newest first: who may have published something newer. Asked anew each time. */
  readonly since: (base: string) => Promise<Since>
  /** The last run that our workflow had for a commit. */
  readonly latestRun: (commit: string) => Promise<RunFact>
}

/** `whole`: there are no more than GitHub tells at once. */
export type Since = Readonly<{ kind: 'known'; commits: readonly string[]; whole: boolean }> | Readonly<{ kind: 'unknown'; reason: string }>

/** A question to GitHub is asked this often, and in all for this long (ms). */
const mostTries = 3
const longest = 10_000
const firstPause = 300
/** Commits that a comparison has at most. */
const mostMissing = 250

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { status?: unknown }).status
  return typeof status === 'number' ? status : undefined
}

/** Asks again what a server could not answer; a refusal is its last word. */
async function askGitHub<T>(host: Pick<Host, 'now' | 'sleep'>, ask: () => Promise<T>): Promise<T> {
  const start = host.now()
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      const pause = firstPause * 2 ** (tries - 1)
      const again = (statusOf(error) ?? 500) >= 500 && tries < mostTries && host.now() - start + pause < longest
      if (!again) throw error
      await host.sleep(pause)
    }
  }
}

const toldBy = (error: unknown, permission: 'contents' | 'actions'): string => {
  const status = statusOf(error)
  if (status === 404) return 'GitHub knows nothing of it (HTTP 404)'
  if (status === 403) return `GitHub does not tell it to this token (HTTP 403), which "permissions: ${permission}: read" would let`
  return `GitHub was not to be asked (${messageOf(error).slice(0, 200)})`
}

/** What git knows of two commits. A shallow copy does not know whether one descends from the other. */
async function gitRelation(host: Host, folder: string, env: Environment, base: string, other: string): Promise<Relation> {
  const git = async (...args: readonly string[]) =>
    await host
      .capture({ argv: ['git', '-c', 'safe.directory=*', ...args], cwd: folder, env })
      .catch(() => ({ exitCode: 128, stdout: '', stderr: '' }))
  const descends = async (one: string, from: string) => (await git('merge-base', '--is-ancestor', from, one)).exitCode
  const [ahead, behind] = await Promise.all([descends(other, base), descends(base, other)])
  if (ahead === 0) return { kind: 'ahead' }
  if (behind === 0) return { kind: 'behind' }
  if (ahead !== 1 || behind !== 1) return { kind: 'unknown', reason: 'the working copy does not have both commits' }
  const shallow = (await git('rev-parse', '--is-shallow-repository')).stdout.trim() !== 'false'
  return shallow ? { kind: 'unknown', reason: 'the working copy is shallow' } : { kind: 'diverged' }
}

/** History by GitHub's API in a workflow, by the working copy in `folder` elsewhere or where the API does not answer. */
export function createHistory(host: Host, event: Event, token: string | undefined, folder: string, env: Environment): History {
  const { repository, ref } = event
  const api = event.source === 'github' && repository !== '' && token !== undefined && token !== ''
  const compare = async (base: string, head: string): Promise<Comparison> => {
    if (!api) throw new Error(event.source === 'github' ? 'there is no github-token' : 'this is no workflow')
    return await askGitHub(host, () => host.compareCommits(repository, base, head, token))
  }
  const relations = new Map<string, Promise<Relation>>()
  const runs = new Map<string, Promise<RunFact>>()

  const relate = async (base: string, other: string): Promise<Relation> => {
    if (base === other) return { kind: 'identical' }
    try {
      return { kind: (await compare(base, other)).status }
    } catch (error) {
      const local = await gitRelation(host, folder, env, base, other)
      return local.kind === 'unknown' && api ? { kind: 'unknown', reason: toldBy(error, 'contents') } : local
    }
  }
  const findRun = async (commit: string): Promise<RunFact> => {
    const workflow = event.run?.workflow
    if (!api || workflow === undefined) return { kind: 'none' }
    try {
      const numbers = await askGitHub(host, () => host.runNumbers(repository, basename(workflow), commit, token))
      return numbers.length === 0 ? { kind: 'none' } : { kind: 'number', number: Math.max(...numbers) }
    } catch (error) {
      return {
        kind: 'unknown',
        reason: `the commits have parted ways, and which run was the later one is not known: ${toldBy(error, 'actions')}`,
      }
    }
  }
  const once = <T>(kept: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> => {
    const known = kept.get(key) ?? ask()
    kept.set(key, known)
    return known
  }
  const branch = ref.kind === 'branch' ? ref.name : ref.kind === 'pull' ? `refs/pull/${ref.number}/head` : event.defaultBranch

  return {
    relation: (base, other) => once(relations, `${base}...${other}`, () => relate(base, other)),
    latestRun: (commit) => once(runs, commit, () => findRun(commit)),
    since: async (base) => {
      if (branch === undefined) return { kind: 'unknown', reason: 'no branch is known to look at' }
      try {
        const { missing } = await compare(base, branch)
        return { kind: 'known', commits: missing.toReversed(), whole: missing.length < mostMissing }
      } catch (error) {
        return { kind: 'unknown', reason: api ? toldBy(error, 'contents') : messageOf(error) }
      }
    },
  }
}
