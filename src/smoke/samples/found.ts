import { join } from 'node:path'
import type { Files } from '../../host/host.ts'

/** Folders that a sample may lie in, from the working directory. */
const folders = ['tests', 'test', '', 'samples', 'examples'] as const
const endings = ['.json', '.yaml', '.yml', '.jsonl'] as const
const sampleFiles = ['golden', 'samples'] as const
/** Files that hold a request's body and nothing else. mlflow writes the first beside a model. */
const bodies = [
  ...['serving_input_example', 'sample_request', 'sample-request', 'example_request', 'example-request'],
  ...['sample_input', 'sample-input', 'input_example', 'predict_request', 'predict-request'],
] as const

function firstOf(names: readonly string[], folder: string, files: Pick<Files, 'kind'>): string | undefined {
  return names.find((name) => files.kind(join(folder, name)) === 'file')
}

/** A samples file that is used without being named: `tests/golden.yaml`, ... A path from `folder`. */
export function findSamplesFile(folder: string, files: Pick<Files, 'kind'>): string | undefined {
  const names = sampleFiles.flatMap((name) => folders.flatMap((inside) => endings.map((ending) => join(inside, name + ending))))
  return firstOf(names, folder, files)
}

/** A body that is sent where nothing better is known: `sample_request.json`, ... A path from `folder`. */
export function findBody(folder: string, files: Pick<Files, 'kind'>): string | undefined {
  return firstOf(
    [...folders, 'model'].flatMap((inside) => bodies.map((name) => join(inside, `${name}.json`))),
    folder,
    files,
  )
}
