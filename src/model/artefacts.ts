/** Names of files that hold a model, or a part of one. */
const suffixes = [
  ...['joblib', 'pkl', 'pickle', 'skops', 'pmml', 'bst', 'ubj', 'cbm'],
  ...['pt', 'pth', 'ckpt', 'safetensors', 'mar', 'gguf', 'nemo', 'pdmodel', 'pdiparams'],
  ...['h5', 'keras', 'tflite', 'onnx', 'onnx_data', 'onnx\\.data', 'mlmodel', 'plan', 'engine'],
]
const modelFile = new RegExp(`\\.(${suffixes.join('|')})$`)
const weights = /^(model|pytorch_model|tf_model|diffusion_pytorch_model)[\w-]*\.(safetensors|bin|h5)$/
const partsBesideWeights = /^(config\.json|.*\.index\.json)$/
/** What lies there is for the tests, whatever it is. */
const forTests = /(^|\/)(tests?|testing|testdata|fixtures)\//

/** Whether a file is a model by its name. */
export function isModelFile(path: string): boolean {
  return modelFile.test(path)
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Folders that are a model as a whole: of MLflow, and TensorFlow's SavedModel. Each ends with `/`; the context itself is ''. */
function modelFolders(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => ['MLmodel', 'saved_model.pb'].includes(nameOf(path))).map(folderOf)
}

/**
 * Of the files of a build context those that are a model: by suffix; all of a folder that is one; weights of
 * transformers with their configuration. A context that is itself such a folder counts by its own files alone.
 */
export function artefactFiles(paths: readonly string[]): readonly string[] {
  const candidates = paths.filter((path) => !forTests.test(path))
  const folders = modelFolders(candidates)
  const whole = folders.filter((folder) => folder !== '')
  const withConfig = new Set(candidates.filter((path) => nameOf(path) === 'config.json').map(folderOf))
  const transformers = new Set(candidates.filter((path) => weights.test(nameOf(path)) && withConfig.has(folderOf(path))).map(folderOf))
  return candidates.filter((path) => {
    const folder = folderOf(path)
    const name = nameOf(path)
    return (
      modelFile.test(path) ||
      whole.some((one) => path.startsWith(one)) ||
      (folders.includes('') && (name === 'MLmodel' || name === 'saved_model.pb') && folder === '') ||
      (transformers.has(folder) && (weights.test(name) || partsBesideWeights.test(name)))
    )
  })
}
