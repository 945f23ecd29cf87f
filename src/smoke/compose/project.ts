import type { Json } from '../../inputs/parse.ts'
import { type ComposeConfig, closure, escaped, type JsonObject, listOf, objectOf, sharesImage, textOf } from './config.ts'

/** How our image takes its place in the stack. */
export type Place = Readonly<{
  service: string
  /** What the engine runs: the digest that was built. */
  image: string
  platform?: string
  containerName: string
  labels: Readonly<Record<string, string>>
  port: number
  /** Where on the engine's machine the port is published; undefined: nowhere. */
  bind?: string
  env: Readonly<Record<string, string>>
  command?: readonly string[]
  /** No network leads out of the stack, and none publishes a port. */
  offline: boolean
  /** Whether the engine can give what the services reserve of GPUs. */
  gpu: boolean
}>

const without = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))

/** What would make runs meet, or outlive this one: names and ports of the machine, other copies, eternal restarts. */
function ofThisRun(service: JsonObject, labels: Place['labels']): JsonObject {
  const { deploy, restart } = service
  return {
    ...without(service, 'ports', 'container_name', 'profiles', 'scale', 'develop', 'deploy'),
    ...(deploy === undefined ? {} : { deploy: without(objectOf(deploy), 'replicas', 'mode', 'restart_policy', 'placement') }),
    ...(restart === undefined || restart === 'no' ? {} : { restart: 'on-failure' }),
    labels: { ...objectOf(service['labels']), ...labels },
  }
}

const isGpu = (device: Json) => listOf(objectOf(device)['capabilities']).includes('gpu')
const reserved = (service: JsonObject) => objectOf(objectOf(objectOf(service['deploy'])['resources'])['reservations'])

/** Whether a service asks for a GPU: `gpus`, NVIDIA's runtime, or a device that is reserved. */
export function wantsGpu(service: JsonObject): boolean {
  return service['gpus'] !== undefined || service['runtime'] === 'nvidia' || listOf(reserved(service)['devices']).some(isGpu)
}

function withoutGpuOf(service: JsonObject): JsonObject {
  if (!wantsGpu(service)) return service
  const plain = without(service, 'gpus', 'runtime')
  const devices = listOf(reserved(service)['devices']).filter((device) => !isGpu(device))
  const resources = objectOf(objectOf(service['deploy'])['resources'])
  return {
    ...plain,
    ...(service['deploy'] === undefined
      ? {}
      : { deploy: { ...objectOf(service['deploy']), resources: { ...resources, reservations: { ...reserved(service), devices } } } }),
  }
}

/** Definitions of `kind` that the services use. Only what is external keeps a name that others may use as well. */
function used(config: ComposeConfig, kind: 'networks' | 'volumes' | 'secrets' | 'configs', names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(objectOf(config.top[kind])).flatMap(([name, definition]) => {
      if (!names.has(name)) return []
      const { external } = objectOf(definition)
      return [[name, external ? definition : without(objectOf(definition), 'name')]]
    }),
  )
}

const sources = (service: JsonObject, key: string): readonly string[] =>
  listOf(service[key]).map((entry) => textOf(typeof entry === 'string' ? entry : objectOf(entry)['source']))

/** The project that is brought up: our image in its service, what that needs (with our image too, where it is the same), and nothing else. */
export function composeProject(config: ComposeConfig, place: Place): JsonObject {
  const names = closure(config.services, place.service)
  const own = config.services[place.service] ?? {}
  const services = Object.fromEntries(
    names.map((name) => {
      const definition = config.services[name] ?? {}
      const service = ofThisRun(place.gpu ? definition : withoutGpuOf(definition), place.labels)
      if (name === place.service) return [name, ours(service, place)]
      return [name, sharesImage(definition, own) ? ofOurImage(service, place) : service]
    }),
  )
  const all = Object.values(services).map(objectOf)
  const gather = (select: (service: JsonObject) => readonly string[]) => new Set(all.flatMap(select))
  const networks = used(
    config,
    'networks',
    gather(({ networks }) => (Array.isArray(networks) ? networks.map(textOf) : Object.keys(objectOf(networks)))),
  )
  return {
    services,
    networks: place.offline
      ? Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, { ...objectOf(network), internal: true }]))
      : networks,
    volumes: used(
      config,
      'volumes',
      gather((service) => sources(service, 'volumes')),
    ),
    secrets: used(
      config,
      'secrets',
      gather((service) => sources(service, 'secrets')),
    ),
    configs: used(
      config,
      'configs',
      gather((service) => sources(service, 'configs')),
    ),
  }
}

function ofOurImage(service: JsonObject, { image, platform }: Place): JsonObject {
  return { ...without(service, 'build', 'platform'), image, pull_policy: 'never', ...(platform === undefined ? {} : { platform }) }
}

function ours(service: JsonObject, place: Place): Json {
  const { containerName, port, bind, env, command } = place
  return {
    ...without(ofOurImage(service, place), 'restart'),
    container_name: containerName,
    restart: 'no',
    environment: {
      ...objectOf(service['environment']),
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, escaped(value)])),
    },
    ...(command === undefined ? {} : { command: command.map(escaped) }),
    ...(bind === undefined ? {} : { ports: [{ mode: 'ingress', host_ip: bind, target: port, protocol: 'tcp' }] }),
  }
}
