/** What the input `preset` takes, but for `auto` and other names of the same. */
export const presetNames = [
  'fastapi',
  'flask',
  'mlflow',
  'bentoml',
  'cog',
  'kserve-v1',
  'oip-v2',
  'mlserver',
  'triton',
  'torchserve',
  'tfserving',
  'vllm',
  'tgi',
  'tei',
  'sagemaker',
  'vertex',
  'azureml',
  'ray-serve',
  'litserve',
  'truss',
  'hf-space',
  'none',
] as const

export type PresetName = (typeof presetNames)[number]

/** Other names that people have for them. */
export const presetAliases: Readonly<Record<string, PresetName>> = {
  kserve: 'kserve-v1',
  'kserve-v2': 'oip-v2',
  seldon: 'oip-v2',
  ray: 'ray-serve',
  'tensorflow-serving': 'tfserving',
}
