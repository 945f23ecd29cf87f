import { relative, resolve } from 'node:path'
import { anyAnswer, jsonHeaders, type Sample } from '../smoke/sample.ts'
import { findBody, findSamplesFile } from '../smoke/samples/found.ts'
import { parseSamples, type SampleTools } from '../smoke/samples/parse-samples.ts'
import { readValues } from '../smoke/samples/read-text.ts'
import type { SmokeInputs } from './inputs.ts'
import { Invalid, parseItems } from './parse.ts'
import type { Reader } from './reader.ts'

/** What of the smoke test's inputs is from files of samples, and what there is to say of those that were found. */
export type SamplesRead = Readonly<{ read: Pick<SmokeInputs, 'samples' | 'foundBody'>; notices: readonly string[] }>

/** Of a file with many faults the first are told. */
const mostFaults = 20

function toolsFor(reader: Reader, folder: string, predictPath: string): SampleTools {
  const at = (path: string) => {
    const absolute = resolve(folder, path)
    if (reader.files.kind(absolute) !== 'file') throw new Invalid('names a file that is not there')
    if (!reader.inside(absolute)) throw new Invalid('names a file outside the workspace')
    return absolute
  }
  return {
    predictPath,
    fileAt: (path) => relative(reader.workspace, at(path)),
    readText: (path) => reader.files.readText(at(path)) ?? '',
    checkSchema: reader.checkSchema ?? (() => {}),
  }
}

type FileRead = Readonly<{ kind: 'samples'; samples: readonly Sample[] }> | Readonly<{ kind: 'faults'; faults: readonly string[] }>

function readFile(reader: Reader, folder: string, name: string, predictPath: string): FileRead {
  const faults = (...reasons: readonly string[]): FileRead => ({ kind: 'faults', faults: reasons })
  const path = resolve(folder, name)
  const text = reader.files.readText(path)
  if (text === undefined) return faults('cannot be read')
  if (!reader.inside(path)) return faults('is outside the workspace')
  try {
    const read = parseSamples(readValues(name, text, reader.parseYaml), name, toolsFor(reader, folder, predictPath))
    if (read.faults.length === 0) return { kind: 'samples', samples: read.samples }
    const told = read.faults.slice(0, mostFaults).map(({ at, reason }) => `at ${at}: ${reason}`)
    return faults(...told, ...(read.faults.length > mostFaults ? [`has ${read.faults.length - mostFaults} more faults`] : []))
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return faults(error.message)
  }
}

function readBody(reader: Reader, folder: string, predictPath: string): Sample | undefined {
  const from = findBody(folder, reader.files)
  const body = from === undefined ? undefined : reader.files.readText(resolve(folder, from))
  if (from === undefined || body === undefined || !reader.inside(resolve(folder, from))) return undefined
  try {
    JSON.parse(body)
  } catch {
    return undefined
  }
  const path = from.endsWith('serving_input_example.json') ? '/invocations' : predictPath
  return { name: from, request: { method: 'POST', path, headers: jsonHeaders, body }, expect: anyAnswer, source: 'found', from }
}

/**
 * The samples that the input names, every fault told; without it and without `predict-body` those of a file that lies
 * where one is expected. What is found must not make a run fail that has not asked for it: a notice says why it is not used.
 */
export function readSamples(reader: Reader, folder: string, { predictPath = '', predictBody }: Partial<SmokeInputs>): SamplesRead {
  const given = reader.parsed('samples', parseItems)
  if (given) {
    const samples = given.flatMap((item) => {
      const name = item.replace(/^@/, '')
      const read = readFile(reader, folder, name, predictPath)
      if (read.kind === 'samples') return read.samples
      for (const fault of read.faults) reader.complain('samples', fault, name)
      return []
    })
    return { read: { samples }, notices: [] }
  }
  if (predictBody !== undefined || reader.text('predict-body') !== undefined) return { read: {}, notices: [] }
  const found = findSamplesFile(folder, reader.files)
  const read = found === undefined ? undefined : readFile(reader, folder, found, predictPath)
  if (read?.kind === 'samples') return { read: { samples: read.samples }, notices: [] }
  const foundBody = readBody(reader, folder, predictPath)
  const notices = read ? [`${found} is not used as a samples file: it ${read.faults[0]}. With samples: ${found} every fault is told.`] : []
  return { read: foundBody ? { foundBody } : {}, notices }
}
