import { type Diagnosis, exchangeText, healthOf, predictionOf } from './diagnosis.ts'

/** What services answer that have no model: in their own words, or as a flag. */
const noModel =
  /"?(?:model_?loaded|model_?ready|loaded|is_?ready|ready)"?\s*:\s*(?:false|null|0)\b|model[\w\s'"]{0,30}\b(?:not|isn'?t)\b[\w\s'"]{0,12}\b(?:loaded|ready|available|initiali[sz]ed|found)|no model (?:is )?(?:loaded|found|available)|model (?:is )?(?:unavailable|missing|still loading)/i

/** Whether the body of an answer says that there is no model. */
export const isNotLoaded = (body: string) => noModel.test(body)

/** What the answers show and the log may explain: code and sentence stand, the fix is that of the deeper cause if it is known. */
export const symptomDiagnoses: readonly Diagnosis[] = [
  {
    code: 'health-lies',
    find: (evidence, phase) => {
      const [health, answer] = [healthOf(evidence), predictionOf(evidence)]
      if (phase !== 'predict' || !answer || (answer.status ?? 0) < 400) return undefined
      if (!health || Math.floor((health.status ?? 0) / 100) !== 2) return undefined
      if (!isNotLoaded(answer.body) && answer.status !== 503 && !isNotLoaded(health.body)) return undefined
      return {
        proof: `${exchangeText(health)}; ${exchangeText(answer)}`,
        what: `${health.path} says that all is well, and there is no model: ${answer.path} answered ${answer.status}.`,
        fix: [
          `@app.get("${health.path}")`,
          'def health(response: Response):',
          '    response.status_code = 200 if model is not None else 503',
        ],
      }
    },
  },
  {
    code: 'model-not-loaded',
    find: (evidence, phase) => {
      const health = healthOf(evidence)
      if (phase !== 'health' || !health || !isNotLoaded(health.body)) return undefined
      return {
        proof: exchangeText(health),
        what: `${health.path} still says that the model is not loaded after ${evidence.expected.startTimeoutMs / 1000} s.`,
        fix: ['start-timeout: 5m    # if loading takes that long', '# else the log says why the model was not loaded'],
      }
    },
  },
]

/** A prediction that raised an error of no known kind. */
export const crashDiagnoses: readonly Diagnosis[] = [
  {
    code: 'predict-crashed',
    find: (evidence, phase) => {
      const answer = predictionOf(evidence)
      if (phase !== 'predict' || !answer || (answer.status ?? 0) < 500) return undefined
      const raised = evidence.lines.findLast((line) => /^[\w.]*(?:Error|Exception)\b/.test(line))
      return {
        proof: raised ?? exchangeText(answer),
        what: `The prediction raised an error in the service${raised ? ` (${raised.slice(0, 200)})` : ''}.`,
        fix: [
          '# the same on your machine: docker run IMAGE, then',
          `curl -d @body.json -H 'content-type: application/json' localhost:${evidence.expected.port}${answer.path}`,
        ],
      }
    },
  },
]
