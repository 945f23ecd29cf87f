import { relative } from 'node:path'
import { childEnvironment } from '../../host/environment.ts'
import type { Host } from '../../host/host.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { nameText } from '../../plan/image-name.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Report } from '../report.ts'
import { commentText } from './body.ts'
import { type Baseline, nothingBefore, readBaseline, saveFigures } from './carry.ts'
import { type Figures, figuresOf } from './figures.ts'
import { type Identity, identify, stampOf } from './identity.ts'
import { compare } from './movement.ts'
import { type Commented, publishComment } from './publish-comment.ts'

/** Does with a report what `comment` asks for; outputs and summary are written by then. Never throws. */
export type Commentator = (report: Report) => Promise<void>

/** Longest time for all of it (ms): a comment is not worth a longer wait. */
const timeBox = 10_000
/** What was asked beside the gates and has not been answered by their end will hardly come (ms). */
const patience = 3_000

/** Waits for `work` until `ms` are over or the run is cancelled, whether it heeds its signal or not. */
async function within<T>(host: Host, ms: number, cancel: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const over = new AbortController()
  const ended = new AbortController()
  const late = host.sleep(ms, AbortSignal.any([ended.signal, cancel])).catch(() => undefined)
  const out = late.then(() => {
    over.abort()
    return undefined
  })
  try {
    return await Promise.race([work(over.signal), out])
  } finally {
    ended.abort()
    await out
  }
}

/** The sizes that belong together: both as the gate for the size has them, else both of manifests. */
function withSizes(report: Report, baseline: Baseline): Readonly<{ now: Figures; before: Baseline }> {
  const now = figuresOf(report)
  const { size } = report
  if (!size?.previous) return { now: size && now.bytes === undefined ? { ...now, bytes: size.bytes } : now, before: baseline }
  const { bytes, reference, digest } = size.previous
  return { now: { ...now, bytes: size.bytes }, before: { ...baseline, reference, digest, figures: { ...baseline.figures, bytes } } }
}

type Told = Readonly<{ level: 'line' | 'notice'; text: string }>

/** One line of what came of it; what GitHub refuses is the one notice. */
function toldOf(commented: Commented | undefined, foreign: boolean): Told {
  const notice = (why: string): Told => ({ level: 'notice', text: `No comment on the pull request: ${why}` })
  const line = (text: string): Told => ({ level: 'line', text: `Comment: ${text}` })
  if (commented === undefined) return notice(`GitHub gave no answer within ${timeBox / 1000} s.`)
  switch (commented.kind) {
    case 'created':
      return line(commented.url)
    case 'updated':
      return line(`${commented.url} (updated)`)
    case 'overtaken':
      return line(`${commented.url} is of a later run, and stays.`)
    case 'silent':
      return line('none, nothing moved (comment: on-change).')
    case 'refused': {
      const { status, why } = commented
      const closed = status === 404 || /not accessible/i.test(why)
      const fix = foreign ? ' A run for a fork or by Dependabot may only read.' : ' The job needs permissions: pull-requests: write.'
      return notice(`${status === undefined ? '' : `${status}, `}${why}.${closed ? fix : ''}`)
    }
  }
}

function commentator(host: Host, { comment, credentials }: Inputs, plan: Plan, identity: Identity, cancel: AbortSignal): Commentator {
  const { event } = plan
  const { githubToken } = credentials
  const pull = event.ref.kind === 'pull' ? event.ref.number : undefined
  if (pull === undefined || !host.comments || !githubToken) {
    if (pull !== undefined) host.log.notice('No comment on the pull request: there is no github-token.')
    return async () => undefined
  }
  const { comments } = host
  // Beside the gates, which take longer.
  const asking = readBaseline(host, plan, identity, childEnvironment('engine', host.env)).catch(() => nothingBefore)
  return async (report) => {
    if (cancel.aborted || report.failure?.code === 'cancelled') return
    const commented = await within(host, timeBox, cancel, async (signal) => {
      const { now, before } = withSizes(report, (await within(host, patience, signal, () => asking)) ?? nothingBefore)
      const rows = compare(before.figures, now)
      const stamp = stampOf(host.env)
      const { figures: _, ...against } = before
      const text = host.masked(commentText({ report, identity, rows, against, event, stamp }))
      const silent = comment.when === 'on-change' && report.result === 'passed' && rows.every(({ moved }) => moved === undefined)
      return await publishComment(host, comments(event.repository, pull, githubToken, signal), { identity, text, stamp, silent }, signal)
    })
    if (cancel.aborted) return
    const { level, text } = toldOf(commented, event.origin !== 'own')
    host.log[level](text)
  }
}

/**
 * What `comment` has to do in a run: comment on its pull request, having asked for what to compare with beside the gates;
 * or, where a branch is published, keep the figures for the pull requests into it.
 */
export function openComment(host: Host, inputs: Inputs, plan: Plan, cancel: AbortSignal): Commentator | undefined {
  const { event, names, push } = plan
  const [image] = names
  if (event.source !== 'github' || !image) return undefined
  const { file, target = '', options } = inputs.build
  const variant = [relative(inputs.workspace, file), target, ...options.platforms.toSorted()]
  const identity = identify(host.env, nameText(image), inputs.comment.matrix, variant)
  if (event.ref.kind === 'pull') return commentator(host, inputs, plan, identity, cancel)
  if (event.ref.kind !== 'branch' || !push.push) return undefined
  return async (report) => void (await within(host, timeBox, cancel, () => saveFigures(host, identity, report, event.sha)))
}
