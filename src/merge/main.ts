import { join } from 'node:path'
import type { Host } from '../host/host.ts'
import { readMerge } from '../inputs/read-merge.ts'
import type { Given } from '../inputs/reader.ts'
import { broken, type Result, refuse, tell } from '../main.ts'
import { tellPlan } from '../outputs.ts'
import { clockOf } from '../plan/clock.ts'
import { completeEvent, type Event } from '../plan/event.ts'
import { computeIndexLabels } from '../plan/labels.ts'
import { planImage } from '../plan/plan.ts'
import { loadLibraries, loadTemplateCheck } from '../plan/tags/libraries.ts'
import { rulesOf } from '../plan/tags.ts'
import { hideLogin } from '../registry/hide-login.ts'
import { jobConfigFolder } from '../registry/private-config.ts'
import { merge } from './merge.ts'

/** The sub-action: reads, plans, joins, reports; never throws. Asks neither git, which has no checkout here, nor an engine. */
export async function mergeMain(host: Host, given: Given, event: Event, cancel: AbortSignal): Promise<Result> {
  try {
    for (const secret of [given.get('password'), given.get('github-token')]) if (secret?.trim()) host.hide(secret.trim())
    const templateFault = await loadTemplateCheck(['tags', 'flavor', 'annotations'].map((name) => given.get(name) ?? ''))
    const reading = readMerge(given, event, { ...host, templateFault })
    if (reading.kind === 'problems') return refuse(host, reading.problems, given.get('summary') !== 'false')
    const { inputs } = reading
    const token = inputs.credentials.githubToken
    const asks = token && event.source === 'github' && event.repository && !(event.defaultBranch && event.about)
    const known = asks ? await host.repository(event.repository, token) : {}
    const whole = completeEvent(event, known)
    const dockerConfig = host.files.readText(join(jobConfigFolder(host.env), 'config.json'))
    const epoch = host.env['SOURCE_DATE_EPOCH']
    const tools = { libraries: await loadLibraries({ ...inputs, tags: rulesOf(inputs.tags) }, whole), now: clockOf(epoch) ?? host.now() }
    const planning = planImage(inputs, whole, dockerConfig, tools, (tags) => computeIndexLabels(whole, tags, epoch))
    if (planning.kind === 'problems') return refuse(host, planning.problems, inputs.summary)
    const { plan } = planning
    for (const access of plan.access.values()) if (access.kind === 'given') hideLogin(host, access.credential)
    for (const notice of plan.notices) host.log.notice(notice)
    host.log.line(`Tags: ${plan.references.join(', ') || 'none'}`)
    host.log.line(plan.push.push ? `Merge: yes (${plan.push.reason}).` : `Merge: no (${plan.push.reason}).`)
    tellPlan(host, inputs, plan)
    return tell(host, await merge(host, inputs, plan, cancel), inputs.summary)
  } catch (error) {
    return broken(host, error)
  }
}
