import { parse } from 'smol-toml'
import type { Source } from './rule.ts'

/** A line of a requirements file, or of the requirements of a pyproject.toml or Pipfile. */
export type Requirement = Readonly<{
  /** As in PEP 503: `scikit-learn`. */
  name: string
  /** As it stands there. */
  written: string
  /** `==1.5.0`, `>=2,<3`, or the address it comes from; empty where any version will do. */
  specifier: string
  /** After `;`. */
  marker: string
  line: number
}>

const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')
const form = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|\(?(?:[=<>!~]=?=?[^;#]*)?\)?)\s*(?:;(.*))?$/
const address = /^(?:-e\s+|--editable[\s=]+)?((?:git|hg|svn|bzr)\+\S+|https?:\/\/\S+\.(?:whl|zip|tar\.gz)\S*)/

function requirementOf(text: string, line: number): readonly Requirement[] {
  const bare = text
    .replace(/(^|\s)#.*$/, '')
    .replace(/\s--(?:hash|config-settings|global-option)[=\s]\S+/g, '')
    .trim()
  const [, from] = address.exec(bare) ?? []
  if (from !== undefined) {
    const [, egg] = /#(?:.*&)?egg=([\w.-]+)/.exec(text) ?? []
    const [, last = from] = /([\w.-]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$/.exec(from) ?? []
    return [{ name: plain(egg ?? last), written: egg ?? last, specifier: `@ ${from}`, marker: '', line }]
  }
  const [, written, specifier = '', marker = ''] = form.exec(bare) ?? []
  return written === undefined
    ? []
    : [{ name: plain(written), written, specifier: specifier.replace(/^\(|\)$/g, '').trim(), marker: marker.trim(), line }]
}

/** The requirements of a requirements file; options and files that it takes in are left out. https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
function ofFile(text: string): readonly Requirement[] {
  const found: Requirement[] = []
  let joined = ''
  let start = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (joined === '') start = index + 1
    if (/\\$/.test(line) && !/^\s*#/.test(line)) {
      joined += `${line.slice(0, -1)} `
      continue
    }
    found.push(...requirementOf(joined + line, start))
    joined = ''
  }
  return found
}

type Table = Readonly<Record<string, unknown>>
const table = (value: unknown): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {})
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

/** The line behind the head of a table on which a text stands. */
const lineWith = (lines: readonly string[], from: RegExp, fits: (line: string) => boolean) => {
  const head = Math.max(
    0,
    lines.findIndex((line) => from.test(line)),
  )
  const at = lines.findIndex((line, index) => index >= head && fits(line))
  return at < 0 ? head + 1 : at + 1
}

function ofToml(text: string): readonly Requirement[] {
  let document: Table
  try {
    document = table(parse(text))
  } catch {
    return []
  }
  const lines = text.split(/\r?\n/)
  const listed = texts(table(document['project'])['dependencies']).flatMap((one) =>
    requirementOf(
      one,
      lineWith(lines, /^\s*\[project\]/, (line) => line.includes(JSON.stringify(one)) || line.includes(`'${one}'`)),
    ),
  )
  const keyed = (entries: Table, head: RegExp) =>
    Object.entries(entries).flatMap(([written, wanted]): readonly Requirement[] => {
      const { version, git, rev, url } = table(wanted)
      const spec = typeof wanted === 'string' ? wanted : typeof version === 'string' ? version : ''
      const from =
        typeof git === 'string' ? `@ git+${git}${typeof rev === 'string' ? `@${rev}` : ''}` : typeof url === 'string' ? `@ ${url}` : ''
      if (plain(written) === 'python') return []
      // Poetry's bare version is a range: `^`.
      const specifier = from || (spec === '*' ? '' : spec)
      const line = lineWith(lines, head, (one) => new RegExp(`^\\s*["']?${written.replace(/\./g, '\\.')}["']?\\s*=`).test(one))
      return [{ name: plain(written), written, specifier, marker: '', line }]
    })
  const poetry = table(table(document['tool'])['poetry'])
  return [
    ...listed,
    ...keyed(table(poetry['dependencies']), /^\s*\[tool\.poetry\.dependencies\]/),
    ...keyed(table(document['packages']), /^\s*\[packages\]/),
  ]
}

/** What a file asks the installer for. Any text gives some; whether they are good ones is the installer's to say. */
export function requirementsIn({ file, text }: Source): readonly Requirement[] {
  return /\.toml$|(^|\/)Pipfile$/.test(file) ? ofToml(text) : ofFile(text)
}

/** Whether a requirement names one version: a pin, a hash of a file, or a commit. */
export function isPinned({ specifier }: Requirement): boolean {
  return /^={2,3}\s*[^*,\s]+$/.test(specifier) || specifier.startsWith('@')
}
