import type { Evidence } from '../evidence.ts'
import { type Diagnosis, exchangeText, healthOf, predictionOf } from './diagnosis.ts'

/** What services answer that have no model: in their own words, or as a flag. */
const noModel =
  /"?(?:model_?loaded|model_?ready|loaded|is_?ready|ready)"?\s*:\s*(?:false|null|0)\b|model[\w\s'"]{0,30}\b(?:not|isn'?t)\b[\w\s'"]{0,12}\b(?:loaded|ready|available|initiali[sz]ed|found)|no model (?:is )?(?:loaded|found|available)|model (?:is )?(?:unavailable|missing|still loading)/i

const isNotLoaded = (body: string) => noModel.test(body)

/** `GET /a, POST /b` of a service that documents itself; at most ten. */
const listed = ({ operations }: Evidence) =>
  operations
    .slice(0, 10)
    .map(({ method, path }) => `${method} ${path}`)
    .join(', ')

/** The path that is most likely meant for predictions. */
const likelyPrediction = ({ operations }: Evidence) => {
  const posts = operations.filter(({ method, path }) => method === 'POST' && !path.includes('{'))
  return (posts.find(({ path }) => /predict|infer|invocations|score|generate|classif/i.test(path)) ?? posts[0])?.path
}

/** What a refusal says of the body: `body.features: Field required`, from FastAPI's list or any `detail`. */
function refusalOf(body: string): readonly string[] {
  try {
    const { detail, error, message } = JSON.parse(body) as Readonly<Record<string, unknown>>
    if (!Array.isArray(detail)) return [detail ?? error ?? message].filter((one) => typeof one === 'string')
    return (detail as readonly Readonly<{ loc?: readonly unknown[]; msg?: unknown }>[])
      .slice(0, 5)
      .map(({ loc, msg }) => `${(loc ?? []).join('.')}: ${String(msg)}`)
  } catch {
    return []
  }
}

/** Told by the status of an answer alone: what the log says does not change it. */
export const answerDiagnoses: readonly Diagnosis[] = [
  {
    code: 'predict-path-wrong',
    find: (evidence, phase) => {
      const answer = predictionOf(evidence)
      if (phase !== 'predict' || answer?.status !== 404 || isNotLoaded(answer.body)) return undefined
      const path = likelyPrediction(evidence)
      return {
        proof: exchangeText(answer),
        what: `The service has no ${answer.path}${evidence.operations.length > 0 ? `; it has ${listed(evidence)}` : ''}.`,
        fix: [`predict-path: ${path ?? '/invocations    # as in the code of the service'}`],
      }
    },
  },
  {
    code: 'predict-method-wrong',
    find: (evidence, phase) => {
      const answer = predictionOf(evidence)
      if (phase !== 'predict' || answer?.status !== 405) return undefined
      const methods = evidence.operations.filter(({ path }) => path === answer.path).map(({ method }) => method)
      const path = likelyPrediction(evidence)
      return {
        proof: exchangeText(answer),
        what: `${answer.path} does not take ${answer.method}${methods.length > 0 ? `; it takes ${methods.join(', ')}` : ''}.`,
        fix: path && path !== answer.path ? [`predict-path: ${path}`] : [`@app.post("${answer.path}")    # a prediction is sent as a body`],
      }
    },
  },
  {
    code: 'predict-body-refused',
    find: (evidence, phase) => {
      const answer = predictionOf(evidence)
      if (phase !== 'predict' || !answer || ![400, 413, 415, 422].includes(answer.status ?? 0)) return undefined
      const reasons = refusalOf(answer.body)
      const fields = [...answer.body.matchAll(/"loc"\s*:\s*\[\s*"body"\s*,\s*"(\w+)"/g)].map(([, field = '']) => field)
      return {
        proof: exchangeText(answer),
        what: `The service does not take the body${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}.`,
        fix:
          fields.length > 0
            ? [`predict-body: '{${fields.map((field) => `"${field}": ...`).join(', ')}}'`]
            : ["predict-body: '{...}'    # as the service documents it (/docs)"],
      }
    },
  },
  {
    code: 'auth-required',
    find: (evidence, phase) => {
      const answer = phase === 'predict' ? predictionOf(evidence) : healthOf(evidence)
      const refused = answer && (answer.status === 401 || answer.status === 403 || /InvalidKeyException/.test(answer.body))
      if (!refused || phase === 'stopped') return undefined
      return {
        proof: exchangeText(answer),
        what: `${answer.path} asks for a key.`,
        fix: /InvalidKeyException/.test(answer.body)
          ? ['CMD ["torchserve", "--foreground", "--disable-token-auth", ...]']
          : ['run-env: |', '  API_KEY=${{ secrets.API_KEY }}', `# and exempt ${answer.path} from it, as an orchestrator has no key`],
      }
    },
  },
  {
    code: 'health-path-wrong',
    find: (evidence, phase) => {
      const answer = healthOf(evidence)
      if (phase !== 'health' || answer?.status !== 404) return undefined
      const documented = evidence.operations.find(({ method, path }) => method === 'GET' && /health|ready|live|ping/i.test(path))?.path
      const path = evidence.healthyPaths.find((one) => one !== '/') ?? documented ?? evidence.healthyPaths[0]
      return {
        proof: exchangeText(answer),
        what: `The service has no ${answer.path}${path ? `, but ${path}` : ''}.`,
        fix: [`health-path: ${path ?? '/    # a path of the service that answers 200'}`],
      }
    },
  },
]

/** What the answers show and the log may explain: code and sentence stand, the fix is that of the deeper cause if it is known. */
export const symptomDiagnoses: readonly Diagnosis[] = [
  {
    code: 'health-lies',
    find: (evidence, phase) => {
      const [health, answer] = [healthOf(evidence), predictionOf(evidence)]
      if (phase !== 'predict' || !health || !answer || (answer.status ?? 0) < 400) return undefined
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
