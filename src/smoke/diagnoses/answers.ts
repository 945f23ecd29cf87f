import type { Evidence } from '../evidence.ts'
import { type Diagnosis, exchangeText, healthOf, predictionOf } from './diagnosis.ts'
import { isNotLoaded } from './symptoms.ts'

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
