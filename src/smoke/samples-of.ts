import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Expectation } from '../inputs/parse.ts'
import { type AnswerExpectation, anyAnswer, jsonHeaders, type Sample } from './sample.ts'

function expectationOf(expectation: Expectation | undefined): AnswerExpectation {
  if (!expectation) return anyAnswer
  return expectation.kind === 'json' ? { ...anyAnswer, json: expectation.value } : { ...anyAnswer, pattern: String(expectation.pattern) }
}

/** A sample whose file says no path is for that of the predictions. */
export function atPath(sample: Sample, path: string): Sample {
  return sample.request.path === '' ? { ...sample, request: { ...sample.request, path } } : sample
}

/** The samples that were given: predict-body with predict-expect, then those of files. `path` is that of the predictions. */
export function samplesOf({ predictBody: body, expectation, samples: ofFiles = [] }: SmokeInputs, path: string): readonly Sample[] {
  const samples = ofFiles.map((sample) => atPath(sample, path))
  if (body === undefined) return samples
  const request = { method: 'POST', path, headers: jsonHeaders, body }
  return [{ name: 'predict-body', request, expect: expectationOf(expectation), source: 'given', from: 'predict-body' }, ...samples]
}

const longestShown = 2_000

/** A request in one line, its body shortened. */
export function requestText({ request: { method, path, body, file } }: Sample, longest = longestShown): string {
  const sent =
    body === undefined ? (file === undefined ? '' : ` @${file}`) : ` ${body.slice(0, longest)}${body.length > longest ? '...' : ''}`
  return `${method} ${path}${sent}`
}
