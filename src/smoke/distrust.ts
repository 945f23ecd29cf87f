import { failed, type Outcome } from '../outcome.ts'
import type { Exchanged } from './witness.ts'

/** A version or name by which services say that they have no real model. */
const dummy =
  /"((?:model_?)?(?:version|name|type|source|id)|model|backend|mode)"\s*:\s*"((?:dummy|mock|fake|stub|placeholder|fallback)(?:[-_ ]?(?:model|predictor|v?\d[\w.]*))?)"/i

/** Literals that Python's json writes and JSON does not have. */
const notJson = /(?:[[,:]\s*|^\s*)(-?(?:NaN|Infinity))\s*(?=[\],}]|$)/

/** A number that was lost on its way: pydantic writes NaN as null. */
const lost = /"(predictions?|scores?|probabilit(?:y|ies)|probas?|outputs?|logits|embeddings?)"\s*:\s*(?:\[\s*)*null/i

/** Why an answer with a good status is no prediction; undefined for one that may be. */
export function distrust({ method, path, status, body }: Exchanged): Outcome<never> | undefined {
  const proof = `${method} ${path} answered ${status}: ${body.slice(0, 300)}`
  const [, key, value] = dummy.exec(body) ?? []
  if (key !== undefined) {
    return failed('dummy-model', `${path} answered by a stand-in: "${key}" is "${value}".`, [
      proof,
      'fix: COPY models/ ./models/    # and raise at the start where the model is missing, in place of a stand-in',
    ])
  }
  const number = notJson.exec(body)?.[1] ?? (lost.exec(body) ? 'null' : undefined)
  if (number === undefined) return undefined
  return failed('nan-answer', `${path} answered ${number}, which is no prediction${number === 'null' ? '' : ' and no JSON'}.`, [
    proof,
    'fix: if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input',
  ])
}
