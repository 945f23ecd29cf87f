import { Invalid } from '../inputs/parse.ts'

/** An image name without tag or digest, normalised as Docker does: `registry/path`. */
export type ImageName = Readonly<{ registry: string; path: string }>

// distribution/reference, regexp.go
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const pathPattern = new RegExp(`^${component}(?:/${component})*$`)
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const registryPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::([0-9]+))?$`)
const hexId = /^[a-f0-9]{64}$/

export const dockerHub = 'docker.io'

/** The host of a registry as people write it: lower case, Docker Hub's other names made one. */
export function normaliseRegistry(text: string): string {
  const host = text
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/(v[12]\/?)?$/, '')
    .toLowerCase()
  if (/^(index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)$/.test(host)) return dockerHub
  const match = registryPattern.exec(host)
  if (!match) throw new Invalid('is not a registry host such as ghcr.io or localhost:5000')
  const port = match[1]
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw new Invalid(`has the port ${port}, which is not between 1 and 65535`)
  return host
}

/**
 * Reads one name. Rules: distribution/reference (grammar, 255 characters, no 64-hex name), normalised as Docker does
 * (no registry: Docker Hub). Upper case is lowered: GHCR owners have it, registries do not.
 * @throws Invalid with what is wrong
 */
export function parseImageName(text: string): ImageName {
  if (/[^\x21-\x7e]/.test(text)) throw new Invalid('holds a space or a character that is not ASCII')
  if (/^[a-z]+:\/\//i.test(text)) throw new Invalid('starts with a scheme: leave out https://')
  if (text.includes('@')) throw new Invalid('has a digest: give the name alone')
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const named = first !== '' && (/[.:[]/.test(first) || first.toLowerCase() === 'localhost')
  const registry = named ? normaliseRegistry(first) : dockerHub
  const path = (named ? text.slice(slash + 1) : text).toLowerCase()
  if (!named && slash < 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text))
    throw new Invalid('is a registry alone: the name of the image is missing')
  if (path.includes(':')) throw new Invalid('has a tag: tags go into the input tags')
  if (!pathPattern.test(path)) {
    throw new Invalid(
      'does not follow the grammar of image names (lower-case letters and digits, with single . _ - or __ between, / between parts)',
    )
  }
  if (hexId.test(path)) throw new Invalid('is 64 hexadecimal digits, which Docker takes for an image id')
  const full = registry === dockerHub && !path.includes('/') ? `library/${path}` : path
  if (`${registry}/${full}`.length > 255) throw new Invalid('is longer than 255 characters')
  return { registry, path: full }
}

/** As Docker prints it: `ghcr.io/acme/iris`; Docker Hub's host is left out, as people write it. */
export function nameText(name: ImageName): string {
  return name.registry === dockerHub ? name.path.replace(/^library\//, '') : `${name.registry}/${name.path}`
}

/** Hosts that Docker, too, speaks plain HTTP with. */
export function isLoopback(registry: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(registry)
}
