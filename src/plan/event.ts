export type Ref =
  | Readonly<{ kind: 'branch'; name: string }>
  | Readonly<{ kind: 'tag'; name: string }>
  | Readonly<{ kind: 'pull'; number: number }>
  | Readonly<{ kind: 'none' }>

/** Whose code a run builds: that of the repository itself, or of somebody who may not write to it. */
export type Origin = 'own' | 'fork' | 'dependabot'

/** A run of a workflow; `workflow` is `owner/repo/.github/workflows/x.yml`, `number` counts its runs from 1, re-runs keep theirs. */
export type Run = Readonly<{ workflow: string; number: number }>

/** The run by the runner's variables. */
function readRun(workflowRef: string | undefined, number: string | undefined): Run | undefined {
  const [workflow = ''] = (workflowRef ?? '').split('@')
  return workflow !== '' && /^\d{1,15}$/.test(number ?? '') ? { workflow, number: Number(number) } : undefined
}

/** What has happened, whether GitHub says it or, on a laptop, git. */
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
  /** Runs with the rights of the repository, but is about code from outside. */
  foreignCode: boolean
  actor: string
  /** ISO 8601, of the commit. */
  committed?: string
  serverUrl: string
  runUrl?: string
  run?: Run
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
  const isPull = name === 'pull_request' || name === 'pull_request_target' || name === 'pull_request_review'
  const fromElsewhere = (headRepository: string | undefined) => headRepository !== repository
  const fork = isPull && typeof pull === 'object' && fromElsewhere(textAt(pull, 'head', 'repo', 'full_name'))
  const dependabot = actor === 'dependabot[bot]' || textAt(pull, 'user', 'login') === 'dependabot[bot]'
  const run = at(payload, 'workflow_run')
  const foreignRun = name === 'workflow_run' && typeof run === 'object' && fromElsewhere(textAt(run, 'head_repository', 'full_name'))
  const ref = isPull && typeof pullNumber === 'number' ? ({ kind: 'pull', number: pullNumber } as const) : readRef(env['GITHUB_REF'] ?? '')
  const action = textAt(payload, 'action')
  const defaultBranch = textAt(payload, 'repository', 'default_branch')
  const sha = (isPull ? textAt(pull, 'head', 'sha') : undefined) ?? env['GITHUB_SHA'] ?? ''
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
    origin: fork || foreignRun ? 'fork' : dependabot ? 'dependabot' : 'own',
    foreignCode: (name === 'pull_request_target' && fork) || foreignRun,
    actor,
    ...(committed === undefined ? {} : { committed }),
    serverUrl,
    ...(env['GITHUB_RUN_ID'] && repository ? { runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID']}` } : {}),
    ...(workflowRun === undefined ? {} : { run: workflowRun }),
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
  }
}

/**
 * Adds what the payload did not say: the default branch as the API or git knows it, else `main` or `master` if the
 * run is on a branch of that name; and the time of the commit.
 */
export function completeEvent(
  event: Event,
  known: Readonly<{ defaultBranch?: string | undefined; committed?: string | undefined }>,
): Event {
  const branch = event.ref.kind === 'branch' ? event.ref.name : undefined
  const guess = branch === 'main' || branch === 'master' ? branch : undefined
  const defaultBranch = event.defaultBranch ?? known.defaultBranch ?? guess
  const committed = event.committed ?? known.committed
  return {
    ...event,
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    defaultBranchGuessed: event.defaultBranch === undefined && known.defaultBranch === undefined && guess !== undefined,
    ...(committed === undefined ? {} : { committed }),
  }
}

export function onDefaultBranch(event: Event): boolean {
  return event.ref.kind === 'branch' && event.ref.name === event.defaultBranch
}
