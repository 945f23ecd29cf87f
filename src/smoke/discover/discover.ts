import { join } from 'node:path'
import type { ImageConfig } from '../../build/image.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { Json } from '../../inputs/parse.ts'
import type { Container } from '../container.ts'
import { anyAnswer, jsonHeaders, type Sample } from '../sample.ts'
import { atPath } from '../samples-of.ts'
import { modelNames, sampleFromMetadata } from './inference-protocol.ts'
import { samplesFromOpenApi } from './openapi.ts'

/** What a description of a service is waited for (ms), and read to (bytes). */
const patienceMs = 5_000
const largest = 8 << 20

/** FastAPI, LitServe, KServe, cog; BentoML; flasgger. */
const descriptions = ['/openapi.json', '/docs.json', '/apispec_1.json'] as const
/** Where the model is in an image of mlflow. */
const mlflowModels = ['/opt/ml/model', '/model'] as const

/** JSON of a 2xx; undefined for anything else. */
async function fetchJson(host: Host, url: string, method = 'GET'): Promise<Json | undefined> {
  try {
    const body = method === 'POST' ? { body: '{}', headers: jsonHeaders } : { headers: { accept: 'application/json' } }
    const answer = await host.request({ method, url, ...body, timeoutMs: patienceMs, maxBytes: largest })
    return answer.status >= 200 && answer.status < 300 ? (JSON.parse(new TextDecoder().decode(answer.body)) as Json) : undefined
  } catch {
    return undefined
  }
}

async function fromDescriptions(host: Host, baseUrl: string, predictPath: string): Promise<readonly Sample[]> {
  for (const path of descriptions) {
    const document = await fetchJson(host, baseUrl + path)
    const samples = document === undefined ? [] : samplesFromOpenApi(document, predictPath, path)
    if (samples.length > 0) return samples
  }
  return []
}

/** What cog has written of the model into the image. */
const cogLabels = ['run.cog.openapi_schema', 'org.cogmodel.openapi_schema'] as const

function fromLabels({ labels }: ImageConfig, predictPath: string): readonly Sample[] {
  for (const name of cogLabels) {
    try {
      const samples = samplesFromOpenApi(JSON.parse(labels[name] ?? 'null') as Json, predictPath, `label ${name}`)
      if (samples.length > 0) return samples
    } catch {
      // Another's label of that name.
    }
  }
  return []
}

/** The Open Inference Protocol: the model that predict-path names, else the first that the server lists. */
async function fromProtocol(host: Host, baseUrl: string, predictPath: string): Promise<readonly Sample[]> {
  const [, named] = /^\/v2\/models\/([^/]+)\//.exec(predictPath) ?? []
  const listed = async () =>
    modelNames((await fetchJson(host, `${baseUrl}/v2/repository/index`, 'POST')) ?? (await fetchJson(host, `${baseUrl}/v2/models`)) ?? [])
  const model = named ?? (await listed())[0]
  if (model === undefined) return []
  const path = `/v2/models/${model}`
  const metadata = await fetchJson(host, baseUrl + path)
  const sample = metadata === undefined ? undefined : sampleFromMetadata(metadata, model, path)
  return sample ? [sample] : []
}

/** The example that mlflow wrote beside the model, out of the container: `docker cp` needs no shell in it. */
async function fromMlflow(host: Host, container: Container, env: Environment): Promise<readonly Sample[]> {
  const folder = host.files.makeTemp('example')
  host.leave({ kind: 'folder', path: folder })
  try {
    for (const model of mlflowModels) {
      const from = `${model}/serving_input_example.json`
      const to = join(folder, 'example.json')
      const { exitCode } = await host.capture({ argv: ['docker', 'cp', `${container.name}:${from}`, to], env })
      const body = exitCode === 0 ? host.files.readUntrusted(to) : undefined
      if (body === undefined) continue
      JSON.parse(body)
      const request = { method: 'POST', path: '/invocations', headers: jsonHeaders, body: body.trim() }
      return [{ name: from, request, expect: anyAnswer, source: 'documented', from }]
    }
  } catch {
    // No example that can be used: as if there were none.
  } finally {
    host.files.remove(folder)
  }
  return []
}

const isMlflow = ({ env, command }: ImageConfig) => 'MLFLOW_DISABLE_ENV_CREATION' in env || /\bmlflow\b/.test(command.join(' '))

/**
 * Samples for a service whose user has given none: what it documents of itself, then a request that lies in the repository,
 * then one that is made up. Empty where nothing is to be found. Never throws.
 */
export async function discover(
  host: Host,
  container: Container,
  predictPath: string,
  found: Sample | undefined,
  config: ImageConfig,
  env: Environment,
): Promise<readonly Sample[]> {
  const example = isMlflow(config) ? await fromMlflow(host, container, env) : []
  if (example.length > 0) return example
  const foundBody = found && atPath(found, predictPath)
  const served = await fromDescriptions(host, container.baseUrl, predictPath)
  const described = served.length > 0 ? served : fromLabels(config, predictPath)
  if (described.some(({ source }) => source === 'documented')) return described
  const [guess] = described
  // A found body belongs to the path that the description leads to, if it is one for any path.
  if (foundBody)
    return [
      guess && foundBody.request.path === predictPath
        ? { ...guess, ...foundBody, request: { ...foundBody.request, path: guess.request.path } }
        : foundBody,
    ]
  return guess ? [guess] : await fromProtocol(host, container.baseUrl, predictPath)
}
