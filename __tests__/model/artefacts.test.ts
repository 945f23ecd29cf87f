import { describe, expect, test } from '@jest/globals'
import { artefactFiles, isModelFile } from '../../src/model/artefacts.ts'

describe('a model is known by the names of its files', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['a pickle', ['app.py', 'model/iris.joblib'], ['model/iris.joblib']],
    ['one of several parts', ['m.onnx', 'm.onnx.data', 'b.onnx_data'], ['m.onnx', 'm.onnx.data', 'b.onnx_data']],
    ['not what only starts so', ['model.pt.py', 'pkl', 'a.pklx', 'model.txt', 'weights.bin'], []],
    ['not what is there for tests', ['tests/data/m.pkl', 'a/fixtures/m.pt', 'test/m.h5', 'contest/m.pt'], ['contest/m.pt']],
    [
      'all of an MLflow model',
      ['m/MLmodel', 'm/conda.yaml', 'm/data/x.bin', 'n/conda.yaml'],
      ['m/MLmodel', 'm/conda.yaml', 'm/data/x.bin'],
    ],
    [
      'all of a SavedModel',
      ['1/saved_model.pb', '1/variables/variables.index', 'other.pb'],
      ['1/saved_model.pb', '1/variables/variables.index'],
    ],
    ['of a context that is one, not the code beside it', ['MLmodel', 'app.py', 'model.pkl'], ['MLmodel', 'model.pkl']],
    [
      'weights of transformers, with their configuration',
      ['m/config.json', 'm/model-00001-of-00002.safetensors', 'm/model.safetensors.index.json', 'm/tokenizer.json', 'm/pytorch_model.bin'],
      ['m/config.json', 'm/model-00001-of-00002.safetensors', 'm/model.safetensors.index.json', 'm/pytorch_model.bin'],
    ],
    ['no configuration without weights', ['web/config.json', 'web/x.index.json'], []],
    ['no pytorch_model.bin without a configuration', ['m/pytorch_model.bin'], []],
  ])('%s', (_, paths, found) => expect(artefactFiles(paths)).toEqual(found))
})

test.each([
  'a.joblib',
  'a.pkl',
  'a.pickle',
  'a.onnx',
  'a.pt',
  'a.pth',
  'a.safetensors',
  'a.h5',
  'a.keras',
  'a.bst',
  'a.ubj',
  'a.cbm',
  'a.tflite',
  'a.gguf',
  'a.mlmodel',
])('%s is one', (name) => expect(isModelFile(name)).toBe(true))
