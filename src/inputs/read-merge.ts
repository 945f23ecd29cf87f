import type { Event } from '../plan/event.ts'
import type { Naming } from '../plan/plan.ts'
import { declaredMergeInputs } from './declared-merge.ts'
import type { AttestInput, Problem } from './inputs.ts'
import { Invalid, oneOf, parseBoolean, parseItems } from './parse.ts'
import { unknownInput } from './read.ts'
import { parsePlatforms } from './read-build-options.ts'
import { readCredentials, readImage } from './read-image.ts'
import { readReportFile } from './read-report-file.ts'
import { type Circumstances, createReader, type Given } from './reader.ts'

/** What a merge is asked for. Without `digests` it joins what the run has pushed, without `platforms` whatever these are. */
export type MergeInputs = Naming &
  Readonly<{ digests: readonly string[]; platforms: readonly string[]; attest: AttestInput; summary: boolean }>

export type MergeReading = Readonly<{ kind: 'inputs'; inputs: MergeInputs }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

const digestAtEnd = /(?:^|@)(sha256:[a-f0-9]{64})$/

/** Every digest among the texts of a JSON value, as in `toJSON(needs)`. */
function digestsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [digestAtEnd.exec(value)?.[1] ?? ''].filter(Boolean)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(digestsIn) : []
}

function parseJsonDigests(text: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Invalid(`is not JSON (${(error as Error).message})`)
  }
  const found = digestsIn(value)
  if (found.length === 0) throw new Invalid('has no digest in it: do the jobs have an output with that of the action?')
  return found
}

/** Digests, also as `name@digest`, one a line or with commas; or JSON that holds some. Each once. @throws Invalid */
export function parseDigests(text: string): readonly string[] {
  const digests = /^[{["]/.test(text.trim())
    ? parseJsonDigests(text)
    : parseItems(text).map((item) => {
        const [, digest] = digestAtEnd.exec(item) ?? []
        if (digest === undefined)
          throw new Invalid(`has "${item.slice(0, 80)}", which is not a digest such as sha256: with 64 hexadecimal digits`)
        return digest
      })
  return [...new Set(digests)]
}

/** Turns the inputs of a merge into `MergeInputs`, or tells every problem there is. Runs nothing. */
export function readMerge(given: Given, event: Event, around: Circumstances): MergeReading {
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(declaredMergeInputs, name))
  const reader = createReader(given, around)
  const listed = (name: 'digests' | 'platforms', parse: (text: string) => readonly string[]): readonly string[] => {
    const text = given.get(name) ?? ''
    try {
      return text.trim() === '' ? [] : parse(text)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      reader.complain(name, error.message, text, `${name}: ${declaredMergeInputs[name].example}`)
      return []
    }
  }
  reader.parsed('push', oneOf('auto', 'true', 'false'))
  const image = readImage(reader)
  const inputs: MergeInputs = {
    ...image,
    credentials: readCredentials(reader, given, image, event),
    digests: listed('digests', parseDigests),
    platforms: listed('platforms', parsePlatforms),
    attest: reader.required('attest', oneOf('off', 'best-effort', 'required')),
    summary: reader.required('summary', parseBoolean),
  }
  readReportFile(reader, reader.workspace)
  const problems = [...unknown.map((name) => unknownInput(name, declaredMergeInputs)), ...reader.problems]
  return problems.length > 0 ? { kind: 'problems', problems: onceEach(problems) } : { kind: 'inputs', inputs }
}

/** `push` is read by a narrower rule first. */
function onceEach(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ input, value }, at) => input !== 'push' || problems.findIndex((one) => one.input === input && one.value === value) === at,
  )
}
