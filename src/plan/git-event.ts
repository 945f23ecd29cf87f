import { type Event, type Ref, refText } from './event.ts'

/** What git knows of a working copy; every part may be missing. */
export type GitFacts = Readonly<{
  branch?: string
  tag?: string
  sha?: string
  committed?: string
  tree?: string
  originHead?: string
  originUrl?: string
}>

/** The event of a run by hand. */
export function gitEvent(git: GitFacts): Event {
  const ref: Ref = git.branch ? { kind: 'branch', name: git.branch } : git.tag ? { kind: 'tag', name: git.tag } : { kind: 'none' }
  const [, repository] = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(git.originUrl ?? '') ?? []
  const [, server] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([a-z0-9.-]+\.[a-z0-9-]+)(?::\d+)?[/:]/i.exec(git.originUrl ?? '') ?? []
  return {
    source: 'git',
    name: 'local',
    ref,
    sha: git.sha ?? '',
    defaultBranchGuessed: false,
    repository: repository ?? '',
    origin: 'own',
    foreignCode: false,
    actor: '',
    ...(git.committed === undefined ? {} : { committed: git.committed }),
    serverUrl: `https://${server ?? 'github.com'}`,
    context: { ref: refText(ref), sha: git.sha ?? '', baseRef: '', commitTimes: {} },
  }
}

/**
 * The time of the commit whose code is built, as git knows it. For a pull request actions/checkout has the merge commit
 * that GitHub made, and of the head alone no time is known.
 */
export function committedTime(event: Event, git: GitFacts): string | undefined {
  return git.sha === event.sha || event.ref.kind === 'pull' ? git.committed : undefined
}
