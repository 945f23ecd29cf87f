import { relative } from 'node:path'
import type { StepReport } from '../build/progress.ts'
import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { nearest } from '../inputs/nearest.ts'
import type { SeenImage } from '../inspect/seen.ts'
import type { Outcome } from '../outcome.ts'
import type { Advice } from './advice.ts'
import { advise, measured, subjectOf } from './advise.ts'
import { imageSubject } from './image-subject.ts'
import { type Found, lookBy } from './look.ts'
import { withMeasured } from './measured.ts'
import { installedPackages } from './packages.ts'
import { imageRules } from './rules/image/rules.ts'
import { unpinned } from './rules/requirements/versions.ts'
import { adviceIds } from './rules/table.ts'
import { silenced } from './silence.ts'
import { requirementsSubjects } from './subjects.ts'

/** Advice on what is there before the build. */
export type Advising = Readonly<{
  /** The verdict with `advice: error`, where there is any. */
  red?: Extract<Outcome<never>, { kind: 'failed' }>
  /** Gets what was seen of the image, as soon as it was. */
  onSeen: (image: SeenImage) => void
  /** All of it, with the times that these steps of the build took, and with what the image has shown. */
  after: (steps: readonly StepReport[]) => readonly Advice[]
}>

/** `Dockerfile:3 large-base: python:3.11 brings ...` */
const textOf = ({ rule, message, at }: Found) => `${at ? `${at.file}:${at.line} ` : ''}${rule}: ${message}`

function redOf(found: readonly Found[]): Pick<Advising, 'red'> {
  const [first] = found
  if (!first) return {}
  const more = found.length > 1 ? ` There ${found.length === 2 ? 'is 1' : `are ${found.length - 1}`} more.` : ''
  const red = {
    code: 'advice',
    message: `${first.message}${more}`,
    evidence: found.map(textOf),
    ...(first.at ? { at: first.at } : {}),
  } as const
  return { red: { kind: 'failed', red } }
}

/**
 * What the image shows. A rule that a comment silences in the Dockerfile or in the requirements is silent here as well, wherever
 * the comment stands: what is in an image has no line of its own.
 */
function adviseOnImage(host: Pick<Host, 'files' | 'now'>, inputs: Inputs, image: SeenImage): readonly Found[] {
  const subject = subjectOf(host, inputs)
  const requirements = subject ? requirementsSubjects(subject) : []
  const texts = subject ? [subject.text, ...requirements.map(({ text }) => text)] : []
  const silent = new Set(texts.flatMap(silenced).map(({ rule }) => rule))
  const shown = imageSubject(image, subject, inputs.size.most?.bytes)
  const found = lookBy(imageRules, shown)
  // The versions that it has are those to pin.
  const installed = new Map((shown.files ? installedPackages(shown.files) : []).map((one) => [one.name, { version: one.version }] as const))
  const pins = installed.size === 0 ? [] : requirements.flatMap((one) => lookBy([unpinned], { ...one, installed }))
  return [...found, ...pins.filter(({ fix }) => fix !== undefined)].filter(({ rule }) => !silent.has(rule))
}

/** A comment that silences what is no rule: a slip of the pen, or a rule that is no more. */
function tellUnknown({ log }: Pick<Host, 'log'>, { build, workspace }: Inputs): void {
  for (const { rule, line } of silenced(build.dockerfile)) {
    if (adviceIds.includes(rule)) continue
    const near = nearest(rule, adviceIds)
    log.notice(
      `${relative(workspace, build.file)}:${line} silences ${rule}, which is no rule of docs/advice.md${near ? `: did you mean ${near}` : ''}.`,
    )
  }
}

/** Looks at the files of the run. A rule that breaks on what nobody has thought of costs the advice and nothing else. */
export function adviseOn(host: Pick<Host, 'files' | 'now' | 'log'>, inputs: Inputs): Advising {
  const attempt = <T>(what: string, look: () => T, otherwise: T): T => {
    try {
      return look()
    } catch (error) {
      host.log.notice(`There is no advice on this ${what}, a rule broke on it: ${messageOf(error)}`)
      return otherwise
    }
  }
  const found = attempt('Dockerfile', () => advise(host, inputs), [])
  attempt('Dockerfile', () => tellUnknown(host, inputs), undefined)
  let shown: readonly Found[] = []
  return {
    ...(inputs.advice === 'error' ? redOf(found) : {}),
    onSeen: (image) => {
      shown = attempt('image', () => adviseOnImage(host, inputs, image), [])
    },
    after: (steps) => withMeasured(measured(found, inputs.build.dockerfile, steps), measured(shown, '', [])),
  }
}
