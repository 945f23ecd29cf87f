import { parse } from 'smol-toml'

/** What of a pyproject.toml matters to its tests. Lists hold PEP 508 requirements. */
export type Pyproject = Readonly<{
  requiresPython?: string
  /** Undefined when the project does not say (no [project], or dependencies are dynamic). */
  dependencies?: readonly string[]
  /** The test and dev extras and groups that there are. */
  testDependencies: readonly string[]
  /** Where those came from: `extra test`, `group dev`. */
  parts: readonly string[]
}>

const testNames = ['test', 'tests', 'testing', 'dev']

type Table = Readonly<Record<string, unknown>>
const table = (value: unknown): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {})
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

/** The requirements of a dependency group, its `include-group` entries resolved (PEP 735). */
function group(groups: Table, name: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
  const entries = groups[name]
  if (!Array.isArray(entries) || seen.has(name)) return []
  return entries.flatMap((entry: unknown): readonly string[] => {
    if (typeof entry === 'string') return [entry]
    const included = table(entry)['include-group']
    return typeof included === 'string' ? group(groups, included, new Set([...seen, name])) : []
  })
}

/** Reads the text of a pyproject.toml (PEP 621, PEP 735). Undefined when it is not TOML. */
export function readPyproject(text: string): Pyproject | undefined {
  let document: Table
  try {
    document = table(parse(text))
  } catch {
    return undefined
  }
  const project = table(document['project'])
  const name = typeof project['name'] === 'string' ? project['name'] : ''
  const extras = table(project['optional-dependencies'])
  const groups = table(document['dependency-groups'])
  const foundExtras = testNames.filter((extra) => extra in extras)
  const foundGroups = testNames.filter((one) => one in groups)
  // An extra may name others of the same project: `name[test]`. Names are compared as PEP 503 says.
  const plain = (text: string) => text.toLowerCase().replace(/[-_.]+/g, '-')
  const expand = (requirement: string, seen: ReadonlySet<string> = new Set()): readonly string[] => {
    const [, project = '', named = ''] = /^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?/.exec(requirement.trim()) ?? []
    if (name === '' || plain(project) !== plain(name)) return [requirement]
    const fresh = named
      .split(',')
      .map((extra) => extra.trim())
      .filter((extra) => extra !== '' && !seen.has(extra))
    return fresh.flatMap((extra) => strings(extras[extra]).flatMap((inner) => expand(inner, new Set([...seen, ...fresh]))))
  }
  const dynamic = strings(project['dynamic']).includes('dependencies')
  const known = 'project' in document && !dynamic
  return {
    ...(typeof project['requires-python'] === 'string' ? { requiresPython: project['requires-python'] } : {}),
    ...(known ? { dependencies: strings(project['dependencies']) } : {}),
    testDependencies: [
      ...foundExtras.flatMap((extra) => strings(extras[extra])),
      ...foundGroups.flatMap((one) => group(groups, one)),
    ].flatMap((one) => expand(one)),
    parts: [...foundExtras.map((extra) => `extra ${extra}`), ...foundGroups.map((one) => `group ${one}`)],
  }
}
