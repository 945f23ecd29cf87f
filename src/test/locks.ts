import { parse } from 'smol-toml'

type Table = Readonly<Record<string, unknown>>
const table = (value: unknown): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {})
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Where a package comes from when not from an index: a PEP 508 direct reference. */
function direct(source: Table): string | undefined {
  const url = text(source['url'])
  if (url === undefined) return undefined
  if (source['type'] === 'git') {
    const subdirectory = text(source['subdirectory'])
    const at = text(source['resolved_reference']) ?? text(source['reference']) ?? 'HEAD'
    return `git+${url}@${at}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`
  }
  return source['type'] === 'url' ? url : undefined
}

/** The pinned requirements of a poetry.lock; optional packages (extras nobody asked for) are left out. */
export function poetryRequirements(lock: string): readonly string[] {
  const packages = table(parse(lock))['package']
  return (Array.isArray(packages) ? packages : []).map(table).flatMap((entry): readonly string[] => {
    const name = text(entry['name'])
    const version = text(entry['version'])
    if (name === undefined || version === undefined || entry['optional'] === true) return []
    const source = table(entry['source'])
    // A folder or file of the project: of that name the index may have somebody else's.
    if (source['type'] === 'directory' || source['type'] === 'file') return []
    const from = direct(source)
    const perGroup = table(entry['markers'])
    // A group without a marker of its own needs the package everywhere.
    const everywhere = Array.isArray(entry['groups']) && entry['groups'].some((group) => !(String(group) in perGroup))
    const groups = everywhere ? [] : Object.values(perGroup).filter((marker) => typeof marker === 'string')
    const markers = text(entry['markers']) ?? groups.map((marker) => `(${marker})`).join(' or ')
    return [`${from ? `${name} @ ${from}` : `${name}==${version}`}${markers ? ` ; ${markers}` : ''}`]
  })
}

/** The pinned requirements of a Pipfile.lock, those for development too. */
export function pipfileRequirements(lock: string): readonly string[] {
  const document = table(JSON.parse(lock))
  return ['default', 'develop'].flatMap((section) =>
    Object.entries(table(document[section])).flatMap(([name, value]): readonly string[] => {
      const entry = table(value)
      const version = text(entry['version'])
      const extras = Array.isArray(entry['extras']) ? `[${entry['extras'].join(',')}]` : ''
      const git = text(entry['git'])
      if (version === undefined && git === undefined) return []
      const markers = text(entry['markers'])
      return [
        `${name}${extras}${git ? ` @ git+${git}@${text(entry['ref']) ?? 'HEAD'}` : version === '*' ? '' : version}${markers ? ` ; ${markers}` : ''}`,
      ]
    }),
  )
}
