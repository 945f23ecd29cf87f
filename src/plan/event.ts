import { isAboutPull, type Origin, whoseCode } from './origin.ts'

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

/** The run by the runner's variables. */
function readRun(workflowRef: string | undefined, number: string | undefined): Run | undefined {
  const [workflow = ''] = (workflowRef ?? '').split('@')
  return workflow !== '' && /^\d{1,15}$/.test(number ?? '') ? { workflow, number: Number(number) } : undefined
}

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
  about?: About
  runUrl?: string
  run?: Run
  context: RunContext
}>

type Payload = Readonly<Record<string, unknown>>

/** Walks into a payload: `at(payload, 'pull_request', 'head', 'sha')`. */
function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Payload)[key]
  }
  return here
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function readRef(ref: string): Ref {
  const [, kind, rest] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref) ?? []
  if (kind === 'heads' && rest) return { kind: 'branch', name: rest }
  if (kind === 'tags' && rest) return { kind: 'tag', name: rest }
  if (kind === 'pull' && rest) return { kind: 'pull', number: Number.parseInt(rest, 10) }
  return { kind: 'none' }
}

export type RepositoryFacts = Readonly<{ defaultBranch?: string; about?: About }>

/** What a `repository` of GitHub says, in a payload or as the API's answer; parts of a payload may be missing. */
export function readRepository(repository: unknown): RepositoryFacts {
  const defaultBranch = textAt(repository, 'default_branch')
  const name = textAt(repository, 'name')
  const url = textAt(repository, 'html_url')
  // Null is an answer: there is none. Missing is not.
  const whole = at(repository, 'license') !== undefined && at(repository, 'description') !== undefined
  const about = name === undefined || url === undefined || !whole ? undefined : { name, url }
  return {
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(about === undefined
      ? {}
      : {
          about: {
            ...about,
            description: textAt(repository, 'description') ?? '',
            license: textAt(repository, 'license', 'spdx_id') ?? '',
          },
        }),
  }
}

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

function readContext(env: Readonly<Record<string, string | undefined>>, name: string, payload: unknown): RunContext {
  const pullNumber = at(payload, 'number')
  const onBase = name.includes('pull_request_target') && typeof pullNumber === 'number'
  const ref = onBase ? `refs/pull/${pullNumber}/merge` : (env['GITHUB_REF'] ?? '')
  const pullHeadSha = name.includes('pull_request') ? textAt(payload, 'pull_request', 'head', 'sha') : undefined
  const pushedOn = ref.startsWith('refs/tags/') ? textAt(payload, 'base_ref')?.replace(/^refs\/heads\//, '') : undefined
  const pullBase = ref.startsWith('refs/pull/') ? textAt(payload, 'pull_request', 'base', 'ref') : undefined
  const defaultBranch = textAt(payload, 'repository', 'default_branch')
  const commits = at(payload, 'commits')
  const told = [at(payload, 'head_commit'), ...(Array.isArray(commits) ? commits.toReversed() : [])]
  const times = told.flatMap((commit): readonly (readonly [string, string])[] => {
    const [id, timestamp] = [textAt(commit, 'id'), textAt(commit, 'timestamp')]
    return id === undefined || timestamp === undefined ? [] : [[id, timestamp]]
  })
  return {
    ref,
    sha: env['GITHUB_SHA'] ?? '',
    ...(pullHeadSha === undefined ? {} : { pullHeadSha }),
    baseRef: pushedOn ?? pullBase ?? '',
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    commitTimes: Object.fromEntries(times),
  }
}

/** The payload of an event; an empty one when there is none to read. */
export function parsePayload(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

/** The event of a job, from the runner's variables and the payload of GITHUB_EVENT_PATH. */
export function githubEvent(env: Readonly<Record<string, string | undefined>>, payload: unknown): Event {
  const name = env['GITHUB_EVENT_NAME'] ?? ''
  const repository = env['GITHUB_REPOSITORY'] ?? textAt(payload, 'repository', 'full_name') ?? ''
  const actor = env['GITHUB_ACTOR'] ?? ''
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const pull = at(payload, 'pull_request')
  const pullNumber = at(payload, 'number') ?? at(pull, 'number')
  const isPull = isAboutPull(name)
  const run = at(payload, 'workflow_run')
  const subject = isPull ? pull : run
  const { origin, foreignCode } = whoseCode({
    event: name,
    repository,
    actor,
    headRepository: textAt(pull, 'head', 'repo', 'full_name'),
    author: textAt(pull, 'user', 'login'),
    runRepository: textAt(run, 'head_repository', 'full_name'),
    runActor: textAt(run, 'actor', 'login'),
    told: typeof subject === 'object' && subject !== null,
  })
  const commentOnPull = at(payload, 'issue', 'pull_request') !== undefined
  const ref = isPull && typeof pullNumber === 'number' ? ({ kind: 'pull', number: pullNumber } as const) : readRef(env['GITHUB_REF'] ?? '')
  const action = textAt(payload, 'action')
  const { defaultBranch, about } = readRepository(at(payload, 'repository'))
  const said = (isPull ? textAt(pull, 'head', 'sha') : undefined) ?? env['GITHUB_SHA'] ?? ''
  // Of a ref that was deleted.
  const sha = /^0+$/.test(said) ? '' : said
  const workflowRun = readRun(env['GITHUB_WORKFLOW_REF'], env['GITHUB_RUN_NUMBER'])
  const committed = sha === textAt(payload, 'head_commit', 'id') ? textAt(payload, 'head_commit', 'timestamp') : undefined
  return {
    source: 'github',
    name,
    ...(action === undefined ? {} : { action }),
    ref,
    sha,
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    defaultBranchGuessed: false,
    repository,
    origin,
    foreignCode,
    ...(commentOnPull ? { commentOnPull } : {}),
    actor,
    ...(committed === undefined ? {} : { committed }),
    serverUrl,
    ...(about === undefined ? {} : { about }),
    ...(env['GITHUB_RUN_ID'] && repository ? { runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID']}` } : {}),
    ...(workflowRun === undefined ? {} : { run: workflowRun }),
    context: readContext(env, name, payload),
  }
}

/** What git knows of a working copy; every part may be missing. */
export type GitFacts = Readonly<{
  branch?: string
  tag?: string
  sha?: string
  committed?: string
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

/**
 * The time of the commit whose code is built, as git knows it. For a pull request actions/checkout has the merge commit
 * that GitHub made, and of the head alone no time is known.
 */
export function committedTime(event: Event, git: GitFacts): string | undefined {
  return git.sha === event.sha || event.ref.kind === 'pull' ? git.committed : undefined
}

export function onDefaultBranch(event: Event): boolean {
  return event.ref.kind === 'branch' && event.ref.name === event.defaultBranch
}
