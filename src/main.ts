import { missingToAttest } from './attest/possible.ts'
import { ActionError, exitCodes, failures, messageOf } from './errors.ts'
import { childEnvironment } from './host/environment.ts'
import type { Environment, Host } from './host/host.ts'
import { hideSecrets } from './inputs/hide-secrets.ts'
import { type Inputs, type Problem, problemText } from './inputs/inputs.ts'
import { readInputs } from './inputs/read.ts'
import { loadAuthParser } from './inputs/read-registry-auth.ts'
import type { Given } from './inputs/reader.ts'
import { loadSampleLibraries } from './inputs/sample-libraries.ts'
import { nothingKnown } from './model/facts.ts'
import { readModel, tellModel } from './model/read.ts'
import { withMetrics } from './model/with-metrics.ts'
import { setOutputs, tellPlan } from './outputs.ts'
import { clockOf } from './plan/clock.ts'
import { dryRun, dryRunText } from './plan/dry-run.ts'
import { completeEvent, type Event } from './plan/event.ts'
import { gitFacts } from './plan/git.ts'
import { committedTime, type GitFacts } from './plan/git-event.ts'
import { testsComeFirst } from './plan/labels/own.ts'
import type { RepositoryFacts } from './plan/payload.ts'
import { makePlan, type Plan } from './plan/plan.ts'
import { factsOf } from './plan/tags/facts.ts'
import { asksForCommitDate, loadLibraries, loadTemplateCheck } from './plan/tags/libraries.ts'
import { rulesOf } from './plan/tags.ts'
import { chanceOf } from './promote/chance.ts'
import { hideGiven, hideLogins } from './registry/hide.ts'
import { readJobConfig } from './registry/job-config.ts'
import type { Commentator } from './report/comment/comment.ts'
import { closeDraft } from './report/draft.ts'
import { writeReport } from './report/file.ts'
import { brokenOf, refusalOf } from './report/refusal.ts'
import { reportVersion } from './report/report.ts'
import { brokenMarkdown, problemCount, refusalMarkdown } from './report/summary/early.ts'
import type { Result } from './report/tell.ts'
import { untilCancelled } from './until-cancelled.ts'

/** Problems with the inputs become one annotation, and nothing is run. */
export function refuse(host: Host, problems: readonly Problem[], summary: boolean): Result {
  const refusal = refusalOf(problems)
  const text = problems.map(problemText).join('\n')
  host.annotate({ level: 'error', title: `ML image: ${problemCount(problems)}`, message: `${text}\n${failures['bad-input'].remedy}` })
  if (summary) host.summary(refusalMarkdown(problems))
  setOutputs(host, { result: 'failed', 'failed-stage': 'inputs', 'failure-code': 'bad-input', pushed: 'false' })
  return { exitCode: exitCodes.input, refusal }
}

/** The one catch: whatever was thrown becomes a result, an annotation and outputs. */
export function broken(host: Host, error: unknown, summary: boolean): Result {
  const code = error instanceof ActionError ? error.code : 'internal'
  const { kind, remedy } = failures[code]
  const detail = code === 'internal' && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  host.annotate({ level: 'error', title: `ML image: ${code}`, message: `${messageOf(error)}\n${remedy}${detail}` })
  // `pushed` is said by the plan, and by the report once there is one.
  setOutputs(host, { result: 'failed', 'failed-stage': 'plan', 'failure-code': code })
  if (summary) host.summary(brokenMarkdown(code, messageOf(error), remedy))
  closeDraft(host)
  return { exitCode: exitCodes[kind], refusal: brokenOf(error) }
}

/** @throws ActionError unsafe-checkout */
function refuseForeign(event: Event, { accept }: Inputs): void {
  if (!event.foreignCode || accept.has('unsafe-pr-checkout')) return
  const about = event.origin === 'fork' ? 'is about code from a fork' : 'may be about code from a fork'
  throw new ActionError('unsafe-checkout', `${event.name} runs with the rights of this repository, and ${about}.`)
}

/** Most runs comment on nothing, and load nothing of it. */
async function openComment(host: Host, inputs: Inputs, plan: Plan, cancel: AbortSignal): Promise<Commentator | undefined> {
  if (inputs.comment.when === 'off') return undefined
  return (await import('./report/comment/comment.ts')).openComment(host, inputs, plan, cancel)
}

/** The time of the commit from the API, where an expression asks for it and neither the payload nor git has it. */
async function askCommitTime(host: Host, inputs: Inputs, event: Event, local: Environment): Promise<Environment> {
  const token = inputs.credentials.githubToken
  const sha = factsOf(event, inputs.settings, 0, 'user').sha
  const told = { ...local, ...event.context.commitTimes }[sha]
  if (!asksForCommitDate(inputs) || told !== undefined || !token || event.source !== 'github' || !event.repository || sha === '') return {}
  const time = await host.commitTime(event.repository, sha, token)
  return time === undefined ? {} : { [sha]: time }
}

/**
 * Reads, plans, runs and reports; never throws. With `record` answers are not judged but written to that samples file,
 * from the workspace.
 */
export async function main(host: Host, given: Given, event: Event, cancel: AbortSignal, record?: string): Promise<Result> {
  return keepReport(host, given, await walk(host, given, event, cancel, record))
}

/** Writes report-file, whatever became of the run. */
export function keepReport(host: Host, given: Given, result: Result): Result {
  const document = result.report ?? result.refusal
  const path = document && writeReport(host, given, document)
  if (path !== undefined) setOutputs(host, { report: path })
  return result
}

async function walk(host: Host, given: Given, event: Event, cancel: AbortSignal, record?: string): Promise<Result> {
  try {
    hideGiven(host, given)
    const templateFault = await loadTemplateCheck(['tags', 'flavor', 'labels', 'annotations'].map((name) => given.get(name) ?? ''))
    const libraries = { ...(await loadSampleLibraries(given, host)), ...(await loadAuthParser(given)) }
    const reading = readInputs(given, event, { ...host, templateFault, ...libraries })
    if (reading.kind === 'problems') return refuse(host, reading.problems, given.get('summary') !== 'false')
    const inputs = record === undefined ? reading.inputs : { ...reading.inputs, smoke: { ...reading.inputs.smoke, record } }
    hideSecrets(host, inputs, host.log.notice)
    hideLogins(host, inputs, event)
    refuseForeign(event, inputs)
    const env = childEnvironment('code', host.env)
    const token = inputs.credentials.githubToken
    // Processes take their time: git is asked only for what the payload does not say.
    const allTold = event.defaultBranch !== undefined && event.committed !== undefined
    const asks = token && event.source === 'github' && event.repository && !(event.defaultBranch && event.about)
    const notAskedGit: GitFacts = {}
    const notAskedGitHub: RepositoryFacts = {}
    const asking = Promise.all([
      allTold ? notAskedGit : gitFacts(host, inputs.workingDirectory, env),
      asks ? host.repository(event.repository, token) : notAskedGitHub,
      // What the tests may make is read when they have made it.
      testsComeFirst(inputs) || inputs.from
        ? nothingKnown
        : readModel(host, inputs.build, env).then((known) => withMetrics(host, inputs, known)),
    ])
    const [git, repository, model] = await untilCancelled(cancel, asking)
    const local = git.sha && git.committed ? { [git.sha]: git.committed } : {}
    const whole = completeEvent(event, {
      defaultBranch: git.originHead ?? repository.defaultBranch,
      committed: committedTime(event, git),
      about: repository.about,
      checkedOut: git.sha,
      tree: git.tree,
      commitTimes: { ...(await untilCancelled(cancel, askCommitTime(host, inputs, event, local))), ...local },
    })
    refuseForeign(whole, inputs)
    const dockerConfig = readJobConfig(host, inputs.images)
    const epoch = host.env['SOURCE_DATE_EPOCH']
    const tools = { libraries: await loadLibraries({ ...inputs, tags: rulesOf(inputs.tags) }, whole), now: clockOf(epoch) ?? host.now() }
    const planning = makePlan(inputs, whole, dockerConfig, epoch, tools, model)
    if (planning.kind === 'problems') return refuse(host, planning.problems, inputs.summary)
    const { plan } = planning
    const unsigned = missingToAttest(inputs.attest, plan.push, whole, host.env, token)
    if (unsigned && inputs.attest === 'required' && !inputs.dryRun) return refuse(host, [unsigned], inputs.summary)
    if (unsigned) host.log.warning(`Nothing will be attested. ${problemText(unsigned)}.`)
    for (const notice of plan.notices) host.log.notice(notice)
    host.log.line(plan.push.only ? 'Tags: none, a merge sets them.' : `Tags: ${plan.references.join(', ') || 'none'}`)
    host.log.line(plan.push.push ? `Push: yes, when the gates are green (${plan.push.reason}).` : `Push: no (${plan.push.reason}).`)
    tellModel(host, model)
    if (inputs.dryRun) {
      const dry = dryRun(host, inputs, plan)
      tellPlan(host, inputs, plan)
      setOutputs(host, { plan: JSON.stringify(dry), result: 'passed' })
      host.log.line(dryRunText(dry))
      return { exitCode: exitCodes.passed, rehearsal: { version: reportVersion, result: 'passed', plan: dry } }
    }
    const comment = await openComment(host, inputs, plan, cancel)
    const chance = chanceOf(inputs, plan, Number(host.env['GITHUB_RUN_ATTEMPT'] ?? 1))
    if (chance.kind === 'ask') {
      const { promoteImage } = await import('./promote/promote.ts')
      const promoted = await promoteImage(host, inputs, plan, model.files, cancel)
      if (promoted) return await (await import('./report/tell.ts')).tell(host, promoted, inputs.summary, comment)
    } else if (chance.reason !== undefined) host.log.line(`Not promoted: ${chance.reason}.`)
    const { compose, env: runEnv, run: smokes } = inputs.smoke
    const clientEnv = childEnvironment('engine', host.env)
    const stack = smokes && compose && (await (await import('./smoke/compose/read.ts')).readStack(host, compose, runEnv, clientEnv))
    if (stack && stack.kind === 'problems') return refuse(host, stack.problems, inputs.summary)
    // Bad input and a dry run, which nobody wants to wait for, need nothing of it.
    const [{ run }, { tell }] = await Promise.all([import('./pipeline.ts'), import('./report/tell.ts')])
    const report = await run(host, inputs, plan, dockerConfig, cancel, stack ? stack.stack : undefined)
    return await tell(host, report, inputs.summary, comment)
  } catch (error) {
    return broken(host, error, given.get('summary') !== 'false')
  }
}
