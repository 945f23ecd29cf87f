import { resolve } from 'node:path'
import { normalPlatform } from '../build/platforms.ts'
import type { BuildOptions, BuildSecret } from './build-options.ts'
import type { InputName } from './declared.ts'
import { Invalid, oneOf, parseBoolean, parseDuration, parseItems, parseLines } from './parse.ts'
import { parseRecords } from './parse-records.ts'
import type { Reader } from './reader.ts'

const id = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/

/** Name and value of every record `NAME=value`. The name alone is ever shown: the value may be secret. */
function parsePairs(records: readonly string[], what: string): readonly (readonly [string, string])[] {
  return records.map((record, index) => {
    const eq = record.indexOf('=')
    const name = record.slice(0, eq)
    if (eq < 0 || !id.test(name)) throw new Invalid(`has an entry (number ${index + 1}) that is not ${what}`)
    return [name, record.slice(eq + 1)] as const
  })
}

/** What the build may mount. Forks and Dependabot get no secrets: an empty one is left out there, and a mistake elsewhere. */
function readSecrets(reader: Reader, folder: string, expectsSecrets: boolean): readonly BuildSecret[] {
  const values = reader.parsed('secrets', (text) => parsePairs(parseRecords(text), 'ID=value')) ?? []
  const variables = reader.parsed('secret-envs', (text) => parsePairs(parseLines(text), 'ID=NAME')) ?? []
  const files = reader.parsed('secret-files', (text) => parsePairs(parseLines(text), 'ID=path')) ?? []
  const secrets: BuildSecret[] = []
  const add = (input: InputName, name: string, value: string, missing: string) => {
    if (value !== '') secrets.push({ id: name, kind: 'value', value })
    else if (expectsSecrets) reader.complain(input, missing)
  }
  for (const [name, value] of values)
    add('secrets', name, value, `gives nothing for ${name}: is the secret it is taken from set in this repository`)
  for (const [name, variable] of variables)
    add('secret-envs', name, reader.env[variable] ?? '', `takes ${name} from ${variable}, which the job does not set`)
  for (const [name, given] of files) {
    const path = resolve(folder, given)
    if (reader.files.kind(path) !== 'file') reader.complain('secret-files', `takes ${name} from ${given}, which is no file`)
    else secrets.push({ id: name, kind: 'file', path })
  }
  const double = secrets.find((secret, index) => secrets.findIndex((other) => other.id === secret.id) !== index)
  if (double) reader.complain(values.some(([name]) => name === double.id) ? 'secrets' : 'secret-envs', `gives ${double.id} twice`)
  return secrets
}

function readContexts(reader: Reader, folder: string): Readonly<Record<string, string>> {
  const pairs = reader.parsed('build-contexts', (text) => parsePairs(parseLines(text), 'NAME=path or NAME=docker-image://IMAGE')) ?? []
  return Object.fromEntries(
    pairs.map(([name, source]) => {
      if (/^([a-z][a-z-]*:\/\/|target:|git@)/.test(source)) return [name, source]
      const path = resolve(folder, source)
      if (reader.files.kind(path) !== 'directory') reader.complain('build-contexts', `takes ${name} from ${source}, which is no folder`)
      return [name, path]
    }),
  )
}

const each =
  (pattern: RegExp, what: string) =>
  (text: string): readonly string[] =>
    parseItems(text).map((item) => {
      if (!pattern.test(item)) throw new Invalid(`has "${item}", which is not ${what}`)
      return item
    })

/** Each once, as buildx writes it. */
/** Platforms of Linux, each once, as buildx writes them. @throws Invalid */
export function parsePlatforms(text: string): readonly string[] {
  const platforms = parseItems(text).map((item) => {
    if (!/^linux\/[a-z0-9_-]+(\/v\d+)?$/i.test(item)) throw new Invalid(`has "${item}", which is not a platform such as linux/arm64`)
    return normalPlatform(item)
  })
  return [...new Set(platforms)]
}

const parseSsh = (job: Readonly<Record<string, string | undefined>>) => (text: string) =>
  parseLines(text).map((line) => {
    if (!/^[A-Za-z0-9_.-]+(=\S.*)?$/.test(line)) throw new Invalid(`has "${line}", which is neither default nor ID=path`)
    if (!line.includes('=') && !job['SSH_AUTH_SOCK'])
      throw new Invalid(`has "${line}", but no agent is running in this job (SSH_AUTH_SOCK is not set)`)
    return line
  })

/** `true`, `false`, or attributes for buildx, such as `mode=max`. */
const parseAttestation = (keys: readonly string[]) => (text: string) => {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase()
  const bad = text.split(',').find((field) => !keys.includes(field.split('=')[0]?.trim() ?? '') || !field.includes('='))
  if (bad !== undefined)
    throw new Invalid(`has "${bad}", which is neither true, false nor one of ${keys.map((key) => `${key}=…`).join(', ')}`)
  return text
}

function one(pattern: RegExp, reason: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new Invalid(reason)
    return text
  }
}

/** Reads the rest of the build. Paths start from `folder`, the working directory. */
export function readBuildOptions(
  reader: Reader,
  folder: string,
  checkStage: (stage: string) => void,
  expectsSecrets: boolean,
): BuildOptions {
  const list = (name: InputName, parse: (text: string) => readonly string[]) => reader.parsed(name, parse) ?? []
  const network = reader.parsed('network', one(/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/, 'is not default, none, host or the name of a network'))
  const builder = reader.parsed(
    'builder',
    one(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'is not the name of a builder, as "docker buildx ls" shows it'),
  )
  const shmSize = reader.parsed('shm-size', one(/^\d+(\.\d+)?\s*([kmgt]i?)?b?$/i, 'is not a size such as 512m or 2g'))
  return {
    contexts: readContexts(reader, folder),
    secrets: readSecrets(reader, folder, expectsSecrets),
    ssh: list('ssh', parseSsh(reader.env)),
    noCache: reader.required('no-cache', parseBoolean),
    noCacheFilters: list('no-cache-filters', (text) => {
      const stages = parseItems(text)
      stages.forEach(checkStage)
      return stages
    }),
    pull: reader.required('pull', parseBoolean),
    ...(network === undefined ? {} : { network }),
    addHosts: list('add-hosts', each(/^[^\s:=]+[:=]\S+$/, 'host:ip')),
    allow: list('allow', each(/^(network\.host|security\.insecure|device(=\S+)?)$/, 'network.host, security.insecure or device')),
    ...(shmSize === undefined ? {} : { shmSize }),
    ulimits: list('ulimit', each(/^[a-z]+=-?\d+(:-?\d+)?$/, 'a limit such as nofile=1024:2048')),
    provenance: reader.required(
      'provenance',
      parseAttestation(['mode', 'builder-id', 'inline-only', 'version', 'reproducible', 'disabled']),
    ),
    sbom: reader.required('sbom', parseAttestation(['generator', 'disabled'])),
    compression: reader.required('compression', oneOf('auto', 'zstd', 'gzip', 'estargz', 'uncompressed')),
    platforms: list('platforms', parsePlatforms),
    ...(builder === undefined ? {} : { builder }),
    imageStore: reader.required('image-store', oneOf('auto', 'keep')),
    timeoutMs: reader.required('build-timeout', parseDuration),
    freeDisk: reader.required('free-disk', oneOf('auto', 'off')),
  }
}
