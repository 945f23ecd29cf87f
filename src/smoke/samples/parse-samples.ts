import { Invalid, type Json } from '../../inputs/parse.ts'
import { select } from '../judge/json-path.ts'
import { anyAnswer, type Sample } from '../sample.ts'
import { type Fault, type Field, fieldOf, fieldsOf, parsed, textIn } from './field.ts'
import { type ExpectTools, parseExpect } from './parse-expect.ts'
import { parseRequest, type RequestTools } from './parse-request.ts'

export type SampleTools = ExpectTools & RequestTools

/** The values of a samples file, each with its place in it. `recorded`: it was written by --record. */
export type SampleValues = Readonly<{ values: readonly Readonly<{ at: string; value: Json }>[]; recorded: boolean }>

/** Whether each row of a batch can be told from the request. */
function checkBatch(sample: Sample, field: Field | undefined): void {
  const { batch } = sample.expect
  if (!batch || !field) return
  let body: Json | undefined
  try {
    body = JSON.parse(sample.request.body ?? '') as Json
  } catch {
    field.complain('needs a request whose body is JSON')
    return
  }
  const rows = select(body, batch.request)
  const [only] = rows
  if (rows.length !== 1 || !only || !Array.isArray(only.value) || only.value.length < 2)
    field.complain(`finds no list of two rows or more at ${batch.request.text} of the request`)
}

function parseSample(field: Field, index: number, from: string, recorded: boolean, tools: SampleTools, faults: Fault[]): Sample {
  const fields = fieldsOf(field, ['name', 'request', 'expect'], faults) ?? {}
  const { name, request, expect } = fields
  if (!request && !faults.some(({ at }) => at === field.at)) faults.push({ at: `${field.at}.request`, reason: 'is missing' })
  const sample: Sample = {
    name: parsed(name, textIn) ?? `sample ${index + 1}`,
    request: request ? parseRequest(request, tools, faults) : { method: 'POST', path: tools.predictPath, headers: {} },
    expect: expect ? parseExpect(expect, tools, faults) : anyAnswer,
    source: recorded ? 'recorded' : 'given',
    from,
  }
  const batch = expect && !Array.isArray(expect.value) ? (expect.value as Readonly<Record<string, Json>>)['batch'] : undefined
  if (batch !== undefined) checkBatch(sample, fieldOf(batch, `${expect?.at}.batch`, faults))
  return sample
}

/** Samples, or everything that is wrong with them. */
export function parseSamples(
  { values, recorded }: SampleValues,
  from: string,
  tools: SampleTools,
): Readonly<{ samples: readonly Sample[]; faults: readonly Fault[] }> {
  const faults: Fault[] = []
  if (values.length === 0) faults.push({ at: 'samples', reason: 'is empty: there is nothing to ask' })
  const samples = values.map(({ at, value }, index) => parseSample(fieldOf(value, at, faults), index, from, recorded, tools, faults))
  for (const [index, { name }] of samples.entries()) {
    const first = samples.findIndex((other) => other.name === name)
    if (first < index) faults.push({ at: `${values[index]?.at}.name`, reason: `"${name}" is the name of ${values[first]?.at} already` })
  }
  return { samples, faults }
}

/** The samples of a whole document: a list, `{samples: [...]}`, or one sample alone. @throws Invalid */
export function valuesOf(document: Json): SampleValues {
  const listed = (list: readonly Json[], recorded: boolean): SampleValues => ({
    values: list.map((value, index) => ({ at: `samples[${index}]`, value })),
    recorded,
  })
  if (Array.isArray(document)) return listed(document as readonly Json[], false)
  if (typeof document !== 'object' || document === null) throw new Invalid('holds no samples: write a list of {name, request, expect}')
  const { samples, recorded, ...more } = document as Readonly<Record<string, Json>>
  if (samples === undefined) {
    if ('request' in document) return { values: [{ at: 'sample', value: document }], recorded: false }
    throw new Invalid('holds no samples: write a list of {name, request, expect}')
  }
  const [unknown] = Object.keys(more)
  if (unknown !== undefined) throw new Invalid(`has "${unknown}" beside samples, which is not known here`)
  if (!Array.isArray(samples)) throw new Invalid('has samples that are no list')
  return listed(samples as readonly Json[], recorded !== undefined)
}
