import type { Red } from '../outcome.ts'
import type { Exchanged } from './witness.ts'

/** By which services say, beside a prediction, that they have no real model. */
const dummy =
  /"(model(?:_?(?:version|name|type|source|id|path))?|version)"\s*:\s*"((?:dummy|mock|fake|stub|placeholder)(?:[-_ ]?(?:model|predictor|v?\d[\w.]*))?)"/i

/** Literals that Python's json writes and JSON does not have. */
const notJson = /(?:^|[[,:])\s*(-?(?:NaN|Infinity))\s*(?=[\],}]|$)/

/** A number that was lost on its way: pydantic writes NaN as null. */
const lost = /"(predictions?)"\s*:\s*(?:\[\s*)*null/i

/** The text of a JSON without what its strings hold. */
const bare = (body: string) => body.replace(/"(?:[^"\\]|\\.)*"/g, '""')

/**
 * Why an answer with a good status is no prediction; undefined for one that may be. `expected` is what the user expects:
 * who asks for a stand-in by its name gets it.
 */
export function distrust({ method, path, status, body }: Exchanged, expected = ''): Red | undefined {
  const proof = `${method} ${path} answered ${status}: ${body.slice(0, 300)}`
  const [, key, value = ''] = dummy.exec(body) ?? []
  if (key !== undefined && !expected.includes(value)) {
    return {
      code: 'dummy-model',
      message: `${path} answered by a stand-in: "${key}" is "${value}".`,
      evidence: [proof, 'fix: COPY models/ ./models/    # and raise at the start where the model is missing, in place of a stand-in'],
    }
  }
  const number = notJson.exec(bare(body))?.[1] ?? (lost.test(body) && !expected.includes('null') ? 'null' : undefined)
  if (number === undefined) return undefined
  return {
    code: 'nan-answer',
    message: `${path} answered ${number}, which is no prediction${number === 'null' ? '' : ' and no JSON'}.`,
    evidence: [
      proof,
      'fix: if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input',
    ],
  }
}
