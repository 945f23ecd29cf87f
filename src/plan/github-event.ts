import type { Event, Ref, Run, RunContext } from './event.ts'
import { isAboutPull, whoseCode } from './origin.ts'
import { at, readRepository, textAt } from './payload.ts'

/** The run by the runner's variables. */
function readRun(workflowRef: string | undefined, number: string | undefined): Run | undefined {
  const [workflow = ''] = (workflowRef ?? '').split('@')
  return workflow !== '' && /^\d{1,15}$/.test(number ?? '') ? { workflow, number: Number(number) } : undefined
}

function readRef(ref: string): Ref {
  const [, kind, rest] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref) ?? []
  if (kind === 'heads' && rest) return { kind: 'branch', name: rest }
  if (kind === 'tags' && rest) return { kind: 'tag', name: rest }
  if (kind === 'pull' && rest) return { kind: 'pull', number: Number.parseInt(rest, 10) }
  return { kind: 'none' }
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

/** The pull request that a commit is the merge of, as GitHub words it: of a merge commit, or of a squash. */
function mergedPull(message: string): number | undefined {
  const [subject = ''] = message.split('\n')
  const [, merge, squash] = /^Merge pull request #(\d{1,9}) from |\(#(\d{1,9})\)$/.exec(subject) ?? []
  const number = merge ?? squash
  return number === undefined ? undefined : Number(number)
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
  const isTold = sha !== '' && sha === textAt(payload, 'head_commit', 'id')
  const committed = isTold ? textAt(payload, 'head_commit', 'timestamp') : undefined
  const tree = isTold ? textAt(payload, 'head_commit', 'tree_id') : undefined
  const merged = isTold ? mergedPull(textAt(payload, 'head_commit', 'message') ?? '') : undefined
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
    ...(tree === undefined ? {} : { tree }),
    ...(merged === undefined ? {} : { merged }),
    serverUrl,
    ...(textAt(payload, 'repository', 'visibility') === 'public' ? { publicRepository: true as const } : {}),
    ...(about === undefined ? {} : { about }),
    ...(env['GITHUB_RUN_ID'] && repository ? { runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID']}` } : {}),
    ...(workflowRun === undefined ? {} : { run: workflowRun }),
    context: readContext(env, name, payload),
  }
}
