import { missingToAttest } from '../attest/possible.ts'
import type { Host } from '../host/host.ts'
import { problemText } from '../inputs/inputs.ts'
import { readMerge } from '../inputs/read-merge.ts'
import { loadAuthParser } from '../inputs/read-registry-auth.ts'
import type { Given } from '../inputs/reader.ts'
import { broken, keepReport, refuse } from '../main.ts'
import { tellPlan } from '../outputs.ts'
import { clockOf } from '../plan/clock.ts'
import { completeEvent, type Event } from '../plan/event.ts'
import { computeIndexLabels } from '../plan/labels.ts'
import { planImage } from '../plan/plan.ts'
import { loadLibraries, loadTemplateCheck } from '../plan/tags/libraries.ts'
import { rulesOf } from '../plan/tags.ts'
import { hideGiven, hideLogins } from '../registry/hide.ts'
import { readJobConfig } from '../registry/job-config.ts'
import { type Result, tell } from '../report/tell.ts'
import { merge } from './merge.ts'

/** The sub-action: reads, plans, joins, reports; never throws. Asks neither git, which has no checkout here, nor an engine. */
export async function mergeMain(host: Host, given: Given, event: Event, cancel: AbortSignal): Promise<Result> {
  return keepReport(host, given, await walk(host, given, event, cancel))
}

async function walk(host: Host, given: Given, event: Event, cancel: AbortSignal): Promise<Result> {
  try {
    hideGiven(host, given)
    const templateFault = await loadTemplateCheck(['tags', 'flavor', 'annotations'].map((name) => given.get(name) ?? ''))
    const reading = readMerge(given, event, { ...host, templateFault, ...(await loadAuthParser(given)) })
    if (reading.kind === 'problems') return refuse(host, reading.problems, given.get('summary') !== 'false')
    const { inputs } = reading
    hideLogins(host, inputs, event)
    const token = inputs.credentials.githubToken
    const asks = token && event.source === 'github' && event.repository && !(event.defaultBranch && event.about)
    const known = asks ? await host.repository(event.repository, token) : {}
    const whole = completeEvent(event, known)
    const dockerConfig = readJobConfig(host, inputs.images)
    const epoch = host.env['SOURCE_DATE_EPOCH']
    const tools = { libraries: await loadLibraries({ ...inputs, tags: rulesOf(inputs.tags) }, whole), now: clockOf(epoch) ?? host.now() }
    const planning = planImage(inputs, whole, dockerConfig, tools, (tags) => computeIndexLabels(whole, tags, epoch))
    if (planning.kind === 'problems') return refuse(host, planning.problems, inputs.summary)
    const { plan } = planning
    const unsigned = missingToAttest(inputs.attest, plan.push, whole, host.env, token)
    if (unsigned && inputs.attest === 'required') return refuse(host, [unsigned], inputs.summary)
    if (unsigned) host.log.warning(`Nothing will be attested. ${problemText(unsigned)}.`)
    for (const notice of plan.notices) host.log.notice(notice)
    host.log.line(`Tags: ${plan.references.join(', ') || 'none'}`)
    host.log.line(plan.push.push ? `Merge: yes (${plan.push.reason}).` : `Merge: no (${plan.push.reason}).`)
    tellPlan(host, inputs, plan)
    return await tell(host, await merge(host, inputs, plan, cancel), inputs.summary)
  } catch (error) {
    return broken(host, error, given.get('summary') !== 'false')
  }
}
