/**
 * Whose code a run builds: that of the repository itself, or of somebody who may not write to it. `unknown` where
 * nothing says so; it is trusted no more than a fork.
 */
export type Origin = 'own' | 'fork' | 'dependabot' | 'unknown'

/** What the payload says of the code a run is about. */
export type CodeFacts = Readonly<{
  event: string
  /** `owner/name` of the repository that the run is in. */
  repository: string
  actor: string
  /** Where the head of the pull request is; undefined also when that repository is gone. */
  headRepository?: string | undefined
  /** Who opened the pull request. */
  author?: string | undefined
  /** Of a workflow_run: where the code of that run came from, and who caused it. */
  runRepository?: string | undefined
  runActor?: string | undefined
  /** The payload has the pull request, or the run, that the event is about. */
  told: boolean
}>

export type WhoseCode = Readonly<{
  origin: Origin
  /** Runs with the rights of the repository, but is, or may be, about code from outside. */
  foreignCode: boolean
}>

const dependabot = 'dependabot[bot]'
const aboutPulls: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
])

export function isAboutPull(event: string): boolean {
  return aboutPulls.has(event)
}

/** Judges by the payload alone. Dependabot counts as from outside, as GitHub has it: it brings code nobody has looked at. */
export function whoseCode(facts: CodeFacts): WhoseCode {
  const { event, repository, told } = facts
  const pull = isAboutPull(event)
  if (!pull && event !== 'workflow_run') return { origin: facts.actor === dependabot ? 'dependabot' : 'own', foreignCode: false }
  const privileged = event === 'pull_request_target' || event === 'workflow_run'
  if (!told) return { origin: 'unknown', foreignCode: privileged }
  const from = pull ? facts.headRepository : facts.runRepository
  if (from !== repository) return { origin: 'fork', foreignCode: privileged }
  const names = pull ? [facts.actor, facts.author] : [facts.actor, facts.runActor]
  return { origin: names.includes(dependabot) ? 'dependabot' : 'own', foreignCode: false }
}
