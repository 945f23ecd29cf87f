import type { StepReport } from '../build/progress.ts'
import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Outcome } from '../outcome.ts'
import type { Advice } from './advice.ts'
import { advise, byGain, measured, reader, unsilenced } from './advise.ts'
import { type Found, lookBy } from './look.ts'
import { withMeasured } from './measured.ts'
import type { ImageSubject } from './rule.ts'
import { imageRules } from './rules/image/rules.ts'

/** Advice on what is there before the build. */
export type Advising = Readonly<{
  /** The verdict with `advice: error`, where there is any. */
  red?: Extract<Outcome<never>, { kind: 'failed' }>
  /** All of it, with the times that these steps of the build took, and with what the image shows where it was looked into. */
  after: (steps: readonly StepReport[], image?: ImageSubject) => readonly Advice[]
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

/** Looks at the files of the run. A rule that breaks on what nobody has thought of costs the advice and nothing else. */
export function adviseOn(host: Pick<Host, 'files' | 'now' | 'log'>, inputs: Inputs): Advising {
  try {
    const found = advise(host, inputs)
    const after: Advising['after'] = (steps, image) => {
      const foretold = measured(found, inputs.build.dockerfile, steps)
      if (!image) return foretold
      return byGain(withMeasured(foretold, unsilenced(lookBy(imageRules, image), reader(host.files, inputs))))
    }
    return { ...(inputs.advice === 'error' ? redOf(found) : {}), after }
  } catch (error) {
    host.log.notice(`There is no advice on this Dockerfile, a rule broke on it: ${messageOf(error)}`)
    return { after: () => [] }
  }
}
