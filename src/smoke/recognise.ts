import type { ImageConfig } from '../build/image.ts'
import type { PresetName } from './presets/names.ts'

/** What an image was taken for, and by what: `CMD: mlserver start`. */
export type Recognised = Readonly<{ preset: PresetName; by: string; port?: number }>

type Sign = Readonly<{ preset: PresetName; command?: RegExp; env?: RegExp; label?: RegExp; exposes?: number; port?: number }>

/** Signs in an image's configuration, the more telling first: a platform's server before the one that it is built on. */
const signs: readonly Sign[] = [
  { preset: 'cog', label: /^(run\.cog|org\.cogmodel)\./, command: /\bcog[ .]serve|cog\.server\.http/ },
  { preset: 'mlserver', command: /\bmlserver start\b/, env: /^MLSERVER_(MODEL|MODELS|ENV)/ },
  { preset: 'triton', command: /\btritonserver\b/, env: /^TRITON_SERVER_VERSION$/ },
  { preset: 'tfserving', command: /\btensorflow_model_server\b|tf_serving_entrypoint/ },
  { preset: 'torchserve', command: /\btorchserve\b/ },
  { preset: 'tgi', command: /\btext-generation-(launcher|router)\b/ },
  { preset: 'tei', command: /\btext-embeddings-router\b/ },
  { preset: 'vllm', command: /\bvllm serve\b|\bvllm\.entrypoints\b/ },
  { preset: 'bentoml', command: /\bbentoml serve/, env: /^BENTO_PATH$/ },
  { preset: 'mlflow', command: /\bmlflow models serve\b/, port: 5000 },
  { preset: 'mlflow', command: /\bmlflow\.models (import )?container\b|\bmlflow\.pyfunc\.scoring_server\b/ },
  { preset: 'azureml', command: /\bazmlinfsrv\b/, env: /^AZUREML_ENTRY_SCRIPT$/ },
  { preset: 'ray-serve', command: /\bserve run\b|\bray\.serve\b/ },
  { preset: 'truss', command: /\btruss_server\b/, env: /^TRUSS_/ },
  { preset: 'kserve-v1', command: /-m (kserve|sklearnserver|xgbserver|lgbserver|pmmlserver|huggingfaceserver|custom_model)\b/ },
  { preset: 'litserve', command: /\b(lightning|litserve) serve\b|\blightning deploy\b/ },
  { preset: 'vertex', env: /^AIP_(HTTP_PORT|HEALTH_ROUTE|PREDICT_ROUTE)$/ },
  { preset: 'sagemaker', label: /^com\.amazonaws\.sagemaker\./, env: /^SAGEMAKER_(PROGRAM|SUBMIT_DIRECTORY|BIND_TO_PORT)$/ },
  { preset: 'hf-space', exposes: 7860, command: /(--port[= ]|:)7860\b/ },
  { preset: 'fastapi', command: /\buvicorn\b|\bfastapi (run|dev)\b|\bhypercorn\b/ },
  { preset: 'flask', command: /\bflask\b.*\brun\b/ },
  { preset: 'flask', command: /\bgunicorn\b/, port: 8000 },
  { preset: 'flask', command: /\bwaitress-serve\b/, port: 8080 },
  { preset: 'flask', env: /^FLASK_APP$/ },
]

const longestCommand = 80

/** What kind of server an image holds, by its configuration alone; undefined when that does not tell. */
export function recognise({ command, env, labels, exposedPorts }: ImageConfig): Recognised | undefined {
  const line = command.join(' ')
  for (const { preset, port, ...sign } of signs) {
    const label = sign.label && Object.keys(labels).find((name) => sign.label?.test(name))
    const variable = sign.env && Object.keys(env).find((name) => sign.env?.test(name))
    const by =
      (label && `label ${label}`) ??
      (sign.command?.test(line) ? `CMD: ${line.slice(0, longestCommand)}` : undefined) ??
      (variable && `ENV ${variable}`) ??
      (sign.exposes !== undefined && exposedPorts.includes(sign.exposes) ? `EXPOSE ${sign.exposes}` : undefined)
    if (by !== undefined) return { preset, by, ...(port === undefined ? {} : { port }) }
  }
  return undefined
}
