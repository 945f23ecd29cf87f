import { parse } from 'smol-toml'

/** A package with the one version it is installed in. Names as in PEP 503. */
export type Pin = Readonly<{ name: string; version: string }>

type Table = Readonly<Record<string, unknown>>
const table = (value: unknown): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {})
const tables = (value: unknown): readonly Table[] => (Array.isArray(value) ? value.map(table) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')

/** A marker that leaves Linux out. */
const elsewhere = /(sys_platform|platform_system|os_name)\s*==\s*["'](darwin|win32|Darwin|Windows|nt|cygwin)["']|\bextra\s*==/

/** `name==1.5.0`, with extras, markers and hashes: its pin. Undefined for every other requirement. */
export function pinOf(requirement: string): Pin | undefined {
  const [wanted = '', marker = ''] = requirement.split(/\s#|;/, 2)
  const [, name, version] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*={2,3}\s*([A-Za-z0-9][\w.+!-]*)(?=\s|$|\\)/.exec(wanted.trim()) ?? []
  return name === undefined || version === undefined || elsewhere.test(marker) ? undefined : { name: plain(name), version }
}

/** A requirements file: its pins, and the files it takes in by `-r` and `-c`. */
export function requirementsFile(file: string): Readonly<{ pins: readonly Pin[]; included: readonly string[] }> {
  const lines = file
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.trim())
  return {
    pins: lines.flatMap((line) => pinOf(line) ?? []),
    included: lines.flatMap((line) => /^(?:-r|--requirement)[\s=]+(\S+)/.exec(line)?.[1] ?? []),
  }
}

/** What RUN instructions give to pip by name (`pip install scikit-learn==1.5.0 "fastapi[all]==0.115.0"`), and by file. */
export function installedByRun(runs: readonly string[]): Readonly<{ pins: readonly Pin[]; files: readonly string[] }> {
  const parts = runs.flatMap((line) => line.split(/&&|\|\||;/))
  const synced = parts.flatMap((command) => /\bpip\s+sync\s+(.*)$/.exec(command)?.[1]?.split(/\s+/) ?? [])
  const commands = parts.flatMap((command) => /\bpip3?\s+(?:\S+\s+)*?install\s+(.*)$/.exec(command)?.[1] ?? [])
  return {
    pins: commands.flatMap((command) => command.split(/\s+/)).flatMap((word) => pinOf(word.replace(/^(["'])(.*)\1$/, '$2')) ?? []),
    files: [
      ...synced.filter((word) => word.endsWith('.txt')),
      ...commands.flatMap((command) => [...command.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*(\S+)/g)].map(([, file = '']) => file)),
    ],
  }
}

/** What the project of a uv.lock needs to run: the packages that lead from it, without its groups. */
export function uvPins(lock: string): readonly Pin[] {
  const packages = tables(table(parse(lock))['package'])
  const isProject = ({ source }: Table) => 'virtual' in table(source) || 'editable' in table(source)
  const needed = new Set<string>()
  const need = (entry: Table): void => {
    for (const { name } of tables(entry['dependencies'])) {
      if (needed.has(text(name))) continue
      needed.add(text(name))
      packages.filter((other) => other['name'] === name).forEach(need)
    }
  }
  packages.filter(isProject).forEach(need)
  return packages
    .filter((entry) => needed.has(text(entry['name'])) && entry['version'] !== undefined)
    .map((entry) => ({ name: plain(text(entry['name'])), version: text(entry['version']) }))
}

/** The packages of a poetry.lock, without those of development alone. */
export function poetryPins(lock: string): readonly Pin[] {
  return tables(table(parse(lock))['package'])
    .filter(({ groups, category, optional }) => {
      const main = Array.isArray(groups) ? groups.includes('main') : category === undefined || category === 'main'
      return main && optional !== true
    })
    .map((entry) => ({ name: plain(text(entry['name'])), version: text(entry['version']) }))
}

/** The packages of a Pipfile.lock that the image needs. */
export function pipfilePins(lock: string): readonly Pin[] {
  return Object.entries(table(table(JSON.parse(lock))['default'])).flatMap(
    ([name, entry]) => pinOf(`${name}${text(table(entry)['version'])}`) ?? [],
  )
}
