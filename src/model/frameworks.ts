import type { Pin } from './pins.ts'

/** Python packages whose version decides what a model does, by the name that the index has them under (PEP 503). */
const known: ReadonlySet<string> = new Set([
  ...['scikit-learn', 'xgboost', 'lightgbm', 'catboost', 'statsmodels', 'prophet', 'spacy', 'skops'],
  ...['torch', 'torchvision', 'torchaudio', 'pytorch-lightning', 'lightning', 'tensorflow', 'tensorflow-cpu', 'keras', 'jax', 'flax'],
  ...['transformers', 'sentence-transformers', 'diffusers', 'tokenizers', 'peft', 'timm', 'ultralytics', 'paddlepaddle'],
  ...['onnxruntime', 'onnxruntime-gpu', 'openvino', 'tflite-runtime', 'ctranslate2', 'llama-cpp-python', 'vllm', 'sglang'],
  ...['fastapi', 'flask', 'litserve', 'mlflow', 'mlflow-skinny', 'bentoml', 'kserve', 'mlserver', 'ray', 'tritonclient', 'torchserve'],
])

/** Base images that are a framework: its name, and its version in the tag. */
const bases: Readonly<Record<string, Readonly<{ framework: string; version: RegExp }>>> = {
  'pytorch/pytorch': { framework: 'torch', version: /^(\d+\.\d+\.\d+)/ },
  'pytorch/torchserve': { framework: 'torchserve', version: /^(\d+\.\d+\.\d+)/ },
  'tensorflow/tensorflow': { framework: 'tensorflow', version: /^(\d+\.\d+\.\d+)/ },
  'tensorflow/serving': { framework: 'tensorflow-serving', version: /^(\d+\.\d+\.\d+)/ },
  'vllm/vllm-openai': { framework: 'vllm', version: /^v(\d+\.\d+\.\d+)/ },
  'nvcr.io/nvidia/tritonserver': { framework: 'tritonserver', version: /^(\d+\.\d+)-/ },
}

/** A framework that the base image brings: `pytorch/pytorch:2.4.0-cuda12.1-runtime` is torch 2.4.0. */
export function frameworkOfBase(base: string): Pin | undefined {
  const [, name = '', tag = ''] = /^(?:docker\.io\/)?([^@:]+):([^@]+)/.exec(base) ?? []
  const row = Object.hasOwn(bases, name) ? bases[name] : undefined
  const version = row?.version.exec(tag)?.[1]
  return row && version !== undefined ? { name: row.framework, version } : undefined
}

/** The frameworks among what is pinned, sorted by name. One that is pinned to several versions is left out. */
export function frameworkVersions(pins: readonly Pin[]): Readonly<Record<string, string>> {
  const versions = new Map<string, Set<string>>()
  for (const { name, version } of pins) versions.set(name, (versions.get(name) ?? new Set()).add(version))
  const sure = [...versions].flatMap(([name, found]) => (known.has(name) && found.size === 1 ? [[name, [...found][0] ?? ''] as const] : []))
  return Object.fromEntries(sure.sort(([a], [b]) => (a < b ? -1 : 1)))
}
