import type { Origin } from './origin.ts'

export type Ref =
  | Readonly<{ kind: 'branch'; name: string }>
  | Readonly<{ kind: 'tag'; name: string }>
  | Readonly<{ kind: 'pull'; number: number }>
  | Readonly<{ kind: 'none' }>

/** The run as the variables and the payload have it, unjudged: what the grammar of docker/metadata-action is defined over. */
export type RunContext = Readonly<{
  /** GITHUB_REF; for pull_request_target that of the pull request. Empty when there is none. */
  ref: string
  /** GITHUB_SHA: for pull requests GitHub's merge commit. */
  sha: string
  pullHeadSha?: string
  /** The branch a pull request goes to, or that a tag was pushed on as far as GitHub tells; else empty. */
  baseRef: string
  /** As the payload names it. */
  defaultBranch?: string
  /** Times (ISO 8601) of commits, by sha, as far as the payload or git tells them. */
  commitTimes: Readonly<Record<string, string>>
}>

/** A run of a workflow; `workflow` is `owner/repo/.github/workflows/x.yml`, `number` counts its runs from 1, re-runs keep theirs. */
export type Run = Readonly<{ workflow: string; number: number }>

/** A repository as GitHub describes it. What it does not have is empty. */
export type About = Readonly<{ name: string; url: string; description: string; license: string }>

/**
 * What has happened, whether GitHub says it or, on a laptop, git.
 *
 * Of a pull request `sha` is the head, though actions/checkout by default checks out GitHub's merge commit and that is
 * what is built: the head is the commit that exists in the repository, that people look for, and that stays the same
 * when the base moves on. Our default tags and the label `revision` name it.
 */
export type Event = Readonly<{
  source: 'github' | 'git'
  name: string
  action?: string
  ref: Ref
  /** The commit whose code is built; for pull requests the head, not GitHub's merge commit. Empty when unknown. */
  sha: string
  defaultBranch?: string
  /** The default branch was guessed from its name, as nothing says it. */
  defaultBranchGuessed: boolean
  /** `owner/name`, empty when unknown. */
  repository: string
  origin: Origin
  /** Runs with the rights of the repository, but is, or may be, about code from outside. */
  foreignCode: boolean
  /** Somebody commented on a pull request: the run has all rights, on the default branch, whoever that was. */
  commentOnPull?: true
  actor: string
  /** ISO 8601, of the commit. */
  committed?: string
  serverUrl: string
  /** Everybody can see the repository. */
  publicRepository?: true
  about?: About
  runUrl?: string
  run?: Run
  context: RunContext
}>

/** A ref as GITHUB_REF writes it. */
export function refText(ref: Ref): string {
  switch (ref.kind) {
    case 'branch':
      return `refs/heads/${ref.name}`
    case 'tag':
      return `refs/tags/${ref.name}`
    case 'pull':
      return `refs/pull/${ref.number}/merge`
    case 'none':
      return ''
  }
}

/**
 * Adds what the payload did not say: the default branch as the API or git knows it, else `main` or `master` if the
 * run is on a branch of that name; the time of the commit; and what the repository is. Where a comment on a pull request
 * set the run off and another commit than that of the default branch is checked out, it is taken for that of the pull
 * request.
 */
export function completeEvent(
  event: Event,
  known: Readonly<{
    defaultBranch?: string | undefined
    committed?: string | undefined
    about?: About | undefined
    /** The commit of the working copy. */
    checkedOut?: string | undefined
    commitTimes?: Readonly<Record<string, string>> | undefined
  }>,
): Event {
  const branch = event.ref.kind === 'branch' ? event.ref.name : undefined
  const guess = branch === 'main' || branch === 'master' ? branch : undefined
  const defaultBranch = event.defaultBranch ?? known.defaultBranch ?? guess
  const committed = event.committed ?? known.committed
  const about = event.about ?? known.about
  const another = event.commentOnPull && known.checkedOut !== undefined && known.checkedOut !== event.sha
  return {
    ...event,
    ...(another ? ({ origin: 'unknown', foreignCode: true } as const) : {}),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    defaultBranchGuessed: event.defaultBranch === undefined && known.defaultBranch === undefined && guess !== undefined,
    ...(committed === undefined ? {} : { committed }),
    ...(about === undefined ? {} : { about }),
    context: { ...event.context, commitTimes: { ...known.commitTimes, ...event.context.commitTimes } },
  }
}

export function onDefaultBranch(event: Event): boolean {
  return event.ref.kind === 'branch' && event.ref.name === event.defaultBranch
}
