import { type Event, onDefaultBranch, refText } from '../event.ts'

/** What rules and expressions are computed from. */
export type Facts = Readonly<{
  eventName: string
  /** `refs/heads/…`, `refs/tags/…`, `refs/pull/7/merge`, or empty. */
  ref: string
  sha: string
  /** Length of a short sha. */
  shortSha: number
  baseRef: string
  isDefaultBranch: boolean
  /** Of the repository; where `type=edge` names no branch. */
  defaultBranch?: string
  committed: Date
  now: Date
}>

/** The variables of docker/metadata-action that change what its grammar gives. */
export type Settings = Readonly<{
  /** DOCKER_METADATA_PR_HEAD_SHA: the sha of a pull request is its head. */
  pullHeadSha: boolean
  /** DOCKER_METADATA_SHORT_SHA_LENGTH. */
  shortSha: number
  /** DOCKER_METADATA_ANNOTATIONS_LEVELS. */
  annotationLevels: readonly string[]
  /** DOCKER_METADATA_SET_OUTPUT_ENV: outputs are variables of the job, too. */
  exported: boolean
}>

export const plainSettings: Settings = { pullHeadSha: false, shortSha: 7, annotationLevels: ['manifest'], exported: true }

// Events that docker/metadata-action takes for one of the default branch, whatever their ref is.
const ofDefaultBranch = /create|discussion|issues|schedule/

/** What `is_default_branch` says to lines of the user: the payload decides, and by name some events. */
function saysDefaultBranch({ name, context, source, defaultBranch }: Event): boolean {
  const branch = context.ref.replace(/^refs\/heads\//, '')
  if (branch === '') return false
  const known = source === 'git' ? defaultBranch : context.defaultBranch
  return known === branch || ofDefaultBranch.test(name)
}

/**
 * The facts of a run as docker/metadata-action's context has them, for the lines of the user: the sha of a pull
 * request is GitHub's merge commit unless DOCKER_METADATA_PR_HEAD_SHA is true. For our defaults the sha is the head of
 * the pull request, and the default branch is the one that the event, git or the API says. `now` in ms.
 */
export function factsOf(event: Event, settings: Settings, now: number, from: 'user' | 'defaults'): Facts {
  const { context } = event
  const ours = from === 'defaults'
  const sha = ours ? event.sha : ((settings.pullHeadSha ? context.pullHeadSha : undefined) ?? context.sha)
  const committed = context.commitTimes[sha] ?? (sha === event.sha ? event.committed : undefined)
  return {
    eventName: event.name,
    ref: ours ? refText(event.ref) : context.ref,
    sha,
    shortSha: settings.shortSha,
    baseRef: context.baseRef,
    isDefaultBranch: ours ? onDefaultBranch(event) : saysDefaultBranch(event),
    ...(event.defaultBranch === undefined ? {} : { defaultBranch: event.defaultBranch }),
    committed: new Date(committed ?? now),
    now: new Date(now),
  }
}

export const branchOf = ({ ref }: Facts): string | undefined => (ref.startsWith('refs/heads/') ? ref.slice(11) : undefined)
export const tagOf = ({ ref }: Facts): string | undefined => (ref.startsWith('refs/tags/') ? ref.slice(10) : undefined)

/** The sha cut to the short length; a length that makes no sense cuts as `substring` does. */
export function shortShaOf({ sha, shortSha }: Facts): string {
  return shortSha >= sha.length ? sha : sha.substring(0, shortSha)
}
