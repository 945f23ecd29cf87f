import type { Json } from '../../inputs/parse.ts'

export type JsonObject = { readonly [key: string]: Json }

/** What `docker compose config --format json` makes of the user's files: everything included, extended and filled in. */
export type ComposeConfig = Readonly<{ services: Readonly<Record<string, JsonObject>>; top: JsonObject }>

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** @throws SyntaxError on what is no JSON */
export function parseConfig(text: string): ComposeConfig {
  const top = objectOf(JSON.parse(text) as Json)
  return {
    top,
    services: Object.fromEntries(Object.entries(objectOf(top['services'])).map(([name, service]) => [name, objectOf(service)])),
  }
}

/** A `$` that compose wrote twice so that it is not read as a variable. */
export const unescaped = (text: string): string => text.replaceAll('$$', '$')
export const escaped = (text: string): string => text.replaceAll('$', '$$$$')

/** Names of services that a service needs, as depends_on, links, shared volumes and shared namespaces say. */
function needs(service: JsonObject): readonly string[] {
  const dependsOn = service['depends_on']
  const named = Array.isArray(dependsOn) ? dependsOn.map(textOf) : Object.keys(objectOf(dependsOn))
  const linked = listOf(service['links']).map((link) => textOf(link).split(':')[0] ?? '')
  const mounted = listOf(service['volumes_from']).flatMap((from) => {
    const [first = ''] = textOf(from).split(':')
    return first === 'container' ? [] : [first]
  })
  const shared = ['network_mode', 'ipc', 'pid'].flatMap((key) => /^service:(.+)$/.exec(textOf(service[key]))?.[1] ?? [])
  return [...named, ...linked, ...mounted, ...shared]
}

/** The service and everything it needs, itself first. */
export function closure(services: ComposeConfig['services'], service: string): readonly string[] {
  const found = [service]
  for (const name of found) {
    for (const needed of needs(services[name] ?? {})) if (services[needed] && !found.includes(needed)) found.push(needed)
  }
  return found
}

/** Whether another service runs the image of ours, with another command, say: the same build, or the name that ours is built under. */
export function sharesImage(service: JsonObject, ours: JsonObject): boolean {
  if (service['build']) return JSON.stringify(service['build']) === JSON.stringify(ours['build'])
  return service['image'] !== undefined && service['image'] === ours['image'] && ours['build'] !== undefined
}

/** The service that is ours: as given, else the one that is built (of several with one build the one with ports), else the only one. */
export function findService({ services }: ComposeConfig, given: string | undefined): string | undefined {
  const names = Object.keys(services)
  if (given !== undefined) return names.includes(given) ? given : undefined
  const built = names.filter((name) => services[name]?.['build'])
  if (built.length === 1) return built[0]
  const [first = {}] = built.map((name) => services[name] ?? {})
  const published = built.filter((name) => services[name]?.['ports'])
  if (published.length === 1 && built.every((name) => sharesImage(services[name] ?? {}, first))) return published[0]
  return names.length === 1 ? names[0] : undefined
}

/** The port in the container that the service publishes, or exposes. */
export function servicePort(service: JsonObject): number | undefined {
  const ports = listOf(service['ports']).flatMap((port) => {
    const { target, protocol } = objectOf(port)
    return typeof target === 'number' && (protocol === undefined || protocol === 'tcp') ? [target] : []
  })
  const exposed = listOf(service['expose']).flatMap((port) => (/^\d+$/.test(String(port)) ? [Number(port)] : []))
  return ports[0] ?? exposed[0]
}
