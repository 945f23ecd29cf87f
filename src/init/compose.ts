import { posix } from 'node:path'
import { parse } from 'yaml'
import type { Folder } from './folder.ts'

/** The compose file of a project, as far as it says how the service that is built here runs. */
export type Stack = Readonly<{
  file: string
  service: string
  /** Whether no other service is built here. */
  isOnlyOne: boolean
  /** The one port of the container that is published. */
  port?: number
  /** What starts before it. */
  needs: readonly string[]
  /** Folders of the image that folders of the project lie over. */
  mounts: readonly string[]
  /** Whether a checkout has all files that it mounts and reads. */
  isWhole: boolean
}>

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

/** In the order in which compose looks for them. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'] as const

function servicesOf(text: string): readonly (readonly [string, Fields])[] {
  try {
    const content: unknown = parse(text, { merge: true, logLevel: 'silent' })
    const services = isFields(content) ? content['services'] : undefined
    return isFields(services) ? Object.entries(services).filter((entry): entry is [string, Fields] => isFields(entry[1])) : []
  } catch {
    return []
  }
}

/** Whether it is built from the root of the project, by its Dockerfile. */
function isBuiltHere({ build }: Fields): boolean {
  if (typeof build === 'string') return posix.normalize(`${build}/`) === './'
  if (!isFields(build) || (build['dockerfile'] ?? 'Dockerfile') !== 'Dockerfile') return false
  return posix.normalize(`${build['context'] ?? '.'}/`) === './'
}

/** The port of the container in `8000:80`, `127.0.0.1:8000:80/tcp`, `80` or the long form. */
function targetOf(port: unknown): number | undefined {
  const text = isFields(port)
    ? String(port['target'])
    : String(port)
        .replace(/\/\w+$/, '')
        .split(':')
        .at(-1)
  return /^\d{1,5}$/.test(text ?? '') ? Number(text) : undefined
}

type Mount = Readonly<{ source: string; target: string }>

/** Files and folders of the project that lie in the container. */
function bindsOf({ volumes }: Fields): readonly Mount[] {
  return listOf(volumes).flatMap((volume): readonly Mount[] => {
    const [source = '', target = ''] = isFields(volume)
      ? [String(volume['source'] ?? ''), String(volume['target'] ?? '')]
      : String(volume).split(':')
    return /^\.{1,2}(\/|$)/.test(source) ? [{ source: posix.normalize(source).replace(/\/$/, ''), target: target.replace(/\/$/, '') }] : []
  })
}

/** The stack that the project is part of; undefined where no compose file builds it, or none says which service is the one. */
export function findStack(folder: Folder): Stack | undefined {
  const file = names.find((name) => folder.paths.includes(name))
  if (file === undefined) return undefined
  const built = servicesOf(folder.read(file) ?? '').filter(([, service]) => isBuiltHere(service))
  const published = built.filter(([, { ports }]) => listOf(ports).length > 0)
  const [only] = built.length === 1 ? built : published
  if (only === undefined || (built.length > 1 && published.length > 1)) return undefined
  const [service, fields] = only
  const ports = [...new Set(listOf(fields['ports']).flatMap((one) => targetOf(one) ?? []))]
  const { depends_on: depends } = fields
  const binds = bindsOf(fields)
  const read = [...binds.map(({ source }) => source), ...listOf(fields['env_file']).map((one) => posix.normalize(String(one)))]
  const has = (path: string) => path === '.' || folder.paths.some((one) => one === path || one.startsWith(`${path}/`))
  return {
    file,
    service,
    isOnlyOne: built.length === 1,
    needs: isFields(depends) ? Object.keys(depends) : listOf(depends).map(String),
    mounts: binds.map(({ target }) => target),
    isWhole: read.every(has),
    ...(ports.length === 1 && ports[0] !== undefined ? { port: ports[0] } : {}),
  }
}

/** Whether a folder of the machine lies over a path of the image. */
export function liesOver({ mounts }: Stack, path: string): boolean {
  return mounts.some((mount) => `/app/${path}/`.startsWith(`${mount}/`))
}
