/** What a file that came with a model says of it. */
export type Manifest = Readonly<{ name?: string; version?: string; uuid?: string; flavors?: readonly string[] }>

type Table = Readonly<Record<string, unknown>>
const table = (value: unknown): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {})
const word = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' || text === 'null' ? undefined : text
}

function manifestOf(facts: Readonly<{ [K in keyof Manifest]: Manifest[K] | undefined }>): Manifest {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

/**
 * By the name of the file: MLflow's description of a model, what it notes down of a model from its registry, and the
 * description of a bento. `fields` is the YAML.
 */
const readers: Readonly<Record<string, (fields: Table) => Manifest>> = {
  MLmodel: (fields) =>
    manifestOf({
      uuid: word(fields['model_uuid']) ?? word(fields['model_id']),
      flavors: Object.keys(table(fields['flavors'])).sort(),
    }),
  registered_model_meta: (fields) => manifestOf({ name: word(fields['model_name']), version: word(fields['model_version']) }),
  'bento.yaml': (fields) => manifestOf({ name: word(fields['name']), version: word(fields['version']) }),
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Whether a file describes a model, by its name. */
export function isManifest(path: string): boolean {
  return Object.hasOwn(readers, nameOf(path))
}

/** Reads one. What is no YAML says nothing. */
export async function readManifest(path: string, text: string): Promise<Manifest> {
  // Few projects have one, and the parser takes its time to load.
  const { parse } = await import('yaml')
  try {
    // Every scalar as it is written: a version 1.10 is no number.
    return readers[nameOf(path)]?.(table(parse(text, { schema: 'failsafe', maxAliasCount: 0 }))) ?? {}
  } catch {
    return {}
  }
}

/** What all of them say alike: where two models are described, neither is the one of the image. */
export function agreed(manifests: readonly Manifest[]): Manifest {
  const one = <K extends keyof Manifest>(key: K): Manifest[K] | undefined => {
    const values = manifests.flatMap((manifest) => (manifest[key] === undefined ? [] : [manifest[key]]))
    return new Set(values.map((value) => JSON.stringify(value))).size === 1 ? values[0] : undefined
  }
  return manifestOf({ name: one('name'), version: one('version'), uuid: one('uuid'), flavors: one('flavors') })
}
