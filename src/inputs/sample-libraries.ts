import { resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import { findSamplesFile } from '../smoke/samples/found.ts'
import { isYaml, type YamlParser } from '../smoke/samples/read-text.ts'
import { Invalid, type Json, parseItems } from './parse.ts'
import type { Given, Surroundings } from './reader.ts'

/** What samples files may need to be read. Loading takes 30 to 80 ms: only what the files of a run need is there. */
export type SampleLibraries = Readonly<{ parseYaml?: YamlParser; checkSchema?: (schema: Json) => void }>

/** Files that will be read as samples: those given, else the one that is found. */
function filesOf(given: Given, { files, workspace }: Surroundings): readonly string[] {
  const text = (name: string) => given.get(name)?.trim() ?? ''
  const folder = resolve(workspace, text('working-directory') || text('context') || '.')
  if (text('samples') !== '') return parseItems(text('samples')).map((name) => resolve(folder, name.replace(/^@/, '')))
  const found = text('predict-body') === '' ? findSamplesFile(folder, files) : undefined
  return found === undefined ? [] : [resolve(folder, found)]
}

/** The libraries for the samples of a run whose inputs were not read yet. */
export async function loadSampleLibraries(given: Given, around: Surroundings): Promise<SampleLibraries> {
  const paths = filesOf(given, around)
  const hasSchema = paths.some((path) => /["']?schema["']?\s*:/.test(around.files.readText(path) ?? ''))
  const [yaml, schemas] = await Promise.all([
    paths.some(isYaml) ? import('yaml') : undefined,
    hasSchema ? import('../smoke/judge/schema.ts').then(({ loadSchemaJudge }) => loadSchemaJudge()) : undefined,
  ])
  const check = (schema: Json) => {
    try {
      schemas?.(schema, null)
    } catch (error) {
      throw new Invalid(`is no JSON Schema (${messageOf(error)})`)
    }
  }
  return {
    ...(yaml ? { parseYaml: (text: string) => yaml.parse(text, { maxAliasCount: 100, logLevel: 'error' }) as unknown } : {}),
    ...(schemas ? { checkSchema: check } : {}),
  }
}
