import type { StepReport } from '../build/progress.ts'
import { lineOfStep } from '../build/source-line.ts'
import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { gpuWanted } from '../smoke/gpu.ts'
import type { Advice, Gain } from './advice.ts'
import { lookAround } from './around.ts'
import { dockerfileSubject, sentFiles } from './dockerfile.ts'
import { type Found, lookBy } from './look.ts'
import type { DockerfileSubject } from './rule.ts'
import { dockerfileRules } from './rules/dockerfile/table.ts'
import { silences } from './silence.ts'

/** Bytes that a push and a pull move in a ms together, as a guess that gains can be compared by. */
const bytesPerMs = 25_000
/** What a risk counts (ms), and a gain that nobody has measured. */
const ofRisk = 60_000
const unmeasured = 3_000

function weightOf(gain: Gain): number {
  switch (gain.kind) {
    case 'risk':
      return ofRisk
    case 'size':
      return gain.bytes === undefined ? unmeasured : gain.bytes / bytesPerMs
    case 'time':
      return gain.ms ?? unmeasured
  }
}

/** The greatest gain first; of equal ones in the order they came. */
export function byGain<Some extends Pick<Advice, 'gain'>>(all: readonly Some[]): readonly Some[] {
  return all.toSorted((a, b) => weightOf(b.gain) - weightOf(a.gain))
}

/** Without what a comment silences in the file that it is about; `read` gives the text of a file by its path from the workspace. */
function unsilenced(all: readonly Found[], read: (file: string) => string | undefined): readonly Found[] {
  const known = new Map<string, ReturnType<typeof silences>>()
  return all.filter(({ rule, at }) => {
    if (!at) return true
    const silenced = known.get(at.file) ?? silences(read(at.file) ?? '')
    known.set(at.file, silenced)
    return !silenced(rule, at.line)
  })
}

/** What rules on the Dockerfile look at in this run; undefined where there is none. */
export function subjectOf(host: Pick<Host, 'files' | 'now'>, { build, smoke, workspace }: Inputs): DockerfileSubject | undefined {
  const sent = sentFiles(host.files, build, workspace)
  return dockerfileSubject(build, { workspace, sent, gpu: gpuWanted(smoke, { env: {} }) !== undefined, now: host.now() })
}

/** All advice that can be given before the build, the greatest gain first. Only files are read. */
export function advise(host: Pick<Host, 'files' | 'now'>, inputs: Inputs): readonly Found[] {
  const subject = subjectOf(host, inputs)
  if (!subject) return []
  const found = [...lookBy(dockerfileRules, subject), ...lookAround(host.files, inputs, subject)]
  const read = (file: string) => (file === subject.file ? subject.text : host.files.readUntrusted(`${inputs.workspace}/${file}`))
  return byGain(unsilenced(found, read))
}

/** The advice with what the build has measured: the time of the steps that taking it would save. */
export function measured(all: readonly Found[], dockerfile: string, steps: readonly StepReport[]): readonly Advice[] {
  const times = new Map(
    steps.flatMap(({ name, cached, ms }) => (cached || ms === undefined ? [] : [[lineOfStep(dockerfile, name), ms] as const])),
  )
  const advice = all.map(({ timeOf, ...rest }): Advice => {
    const ms = timeOf === undefined ? undefined : times.get(timeOf)
    // A path out of the workspace is none that an annotation can stand at.
    const { at, ...without } = rest
    const placed = at && !at.file.startsWith('..') ? { ...without, at } : without
    return ms === undefined || rest.gain.kind !== 'time' ? placed : { ...placed, gain: { kind: 'time', ms } }
  })
  return byGain(advice)
}
