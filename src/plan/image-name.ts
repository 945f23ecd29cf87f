import { Invalid } from '../inputs/parse.ts'

/**
 * An image name without tag or digest. `registry` and `path` say where the image is, normalised as Docker does;
 * `given` is how the name was written, and in lower case what everything that is told about it calls it.
 */
export type ImageName = Readonly<{ registry: string; path: string; given: string }>

// The grammar: distribution/reference v0.6.0, regexp.go. A test holds it against that parser.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const pathPattern = new RegExp(`^${component}(?:/${component})*$`)
const label = '(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])'
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-f0-9:]+\\])(?::([0-9]+))?$`)
/** A single word that can only have been meant as a registry; Docker takes it for an image of that name. */
const hostAlone = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?$/
const hexId = /^[a-f0-9]{64}$/
/** Of the path alone: the host is not counted (reference.go, RepositoryNameTotalLengthMax). */
const longestPath = 255

export const dockerHub = 'docker.io'
/** Docker's own parser knows the first; the others are where its API and its web pages are. */
const otherHubs: ReadonlySet<string> = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])

/**
 * The host of a registry, in lower case, with Docker Hub's other names made one. Narrower than the grammar, which
 * takes any digits for a port or an address: nothing can be asked of `host:99999` or `[::::]`.
 * @throws Invalid
 */
function parseHost(host: string): string {
  if (host === '') throw new Invalid('names no registry host such as ghcr.io or localhost:5000')
  if (otherHubs.has(host)) return dockerHub
  const match = hostPattern.exec(host)
  if (!match) throw new Invalid(`has "${host}" where a registry host such as ghcr.io or localhost:5000 belongs`)
  const port = match[1]
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))
    throw new Invalid(`has the port ${port}, which is not between 1 and 65535`)
  // A host that ends in a number is an IPv4 address to a URL: 10.1 would be asked as 10.0.0.1.
  const { hostname } = URL.parse(`https://${host}`) ?? { hostname: '' }
  if (hostname === '' || !(host.startsWith('[') || host.replace(/:\d+$/, '') === hostname))
    throw new Invalid(`has the host "${host}", which is no address`)
  return host
}

/** The host of a registry as people write it in a login: with a scheme, with `/v1/` behind it. @throws Invalid */
export function normaliseRegistry(text: string): string {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/(v[12]\/?)?$/, '')
    .toLowerCase()
  return parseHost(host)
}

/** Which rule of the grammar a path breaks. */
function pathProblem(path: string): string {
  if (path === '') return 'has no name behind the registry'
  if (path.startsWith('/') || path.endsWith('/') || path.includes('//')) return 'has a / with nothing before or behind it'
  const foreign = /[^a-z0-9._/-]/.exec(path)?.[0]
  if (foreign !== undefined) return `holds "${foreign}"; allowed are letters, digits, and . _ - / between them`
  const bad = path.split('/').find((part) => !pathPattern.test(part)) ?? path
  if (/^[._-]|[._-]$/.test(bad)) return `has the part "${bad}", which must start and end with a letter or digit`
  return `has the part "${bad}"; between letters and digits may stand one ., one _, two __, or any number of -`
}

/**
 * Reads one name: the grammar of distribution/reference, normalised as Docker does (no registry is Docker Hub, a single
 * word there is in `library`). Upper case is lowered, as docker/metadata-action does: owners on GitHub have it,
 * registries do not.
 * @throws Invalid with what is wrong
 */
export function parseImageName(given: string): ImageName {
  if (given === '') throw new Invalid('is no image name')
  if (given.startsWith('- ')) throw new Invalid('starts with "- ": the lines are no YAML list, leave that out')
  const odd = /[^\x21-\x7e]/u.exec(given)?.[0]
  if (odd !== undefined && /\s/.test(odd)) throw new Invalid('holds a space or line break: give each name a line of its own')
  if (odd !== undefined) throw new Invalid(`holds ${JSON.stringify(odd)}, which is not plain ASCII`)
  if (/^[a-z][a-z+-]*:\/\//i.test(given)) throw new Invalid('starts with a scheme: leave out what is before the host, and ://')
  if (given.includes('@')) throw new Invalid('has a digest or a user behind or before @: give the name alone')
  const text = given.toLowerCase()
  if (hexId.test(text)) throw new Invalid('is 64 hexadecimal digits, which Docker takes for an image id')
  const slash = text.indexOf('/')
  if (slash < 0 && hostAlone.test(text)) throw new Invalid('is a registry alone: the name of the image is missing')
  const first = text.slice(0, Math.max(slash, 0))
  const named = /[.:]/.test(first) || first === 'localhost'
  const registry = named ? parseHost(first) : dockerHub
  const path = named ? text.slice(slash + 1) : text
  if (path.includes(':')) throw new Invalid('has a tag: tags go into the input tags')
  if (!pathPattern.test(path)) throw new Invalid(pathProblem(path))
  const full = registry === dockerHub && !path.includes('/') ? `library/${path}` : path
  if (full.length > longestPath) throw new Invalid(`is longer than ${longestPath} characters (${full.length}, without the registry)`)
  return { registry, path: full, given }
}

/** The name as it was written, in lower case: what docker/metadata-action puts before its tags. */
export function nameText(name: ImageName): string {
  return name.given.toLowerCase()
}

/** Hosts that Docker, too, speaks plain HTTP with. */
export function isLoopback(registry: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(registry)
}
