import { X509Certificate } from 'node:crypto'
import { resolve } from 'node:path'
import type { Use } from '../plan/access.ts'
import { type Clouds, ecrPlace, isDocker } from '../plan/clouds.ts'
import { normaliseRegistry } from '../plan/image-name.ts'
import type { RegistryAuth } from './inputs.ts'
import { nearest } from './nearest.ts'
import { Invalid, oneOf, parseBoolean } from './parse.ts'
import type { Given, Reader } from './reader.ts'

/** Turns YAML into lists, maps and texts: no value is a number or a boolean, as a password may look like one. */
export type TextYamlParser = (text: string) => unknown

/** What the text of `registry-auth` needs to be read; loaded only where it is given. */
export async function loadAuthParser(given: Given): Promise<Readonly<{ parseTextYaml?: TextYamlParser }>> {
  if (!given.get('registry-auth')?.trim()) return {}
  const yaml = await import('yaml')
  return { parseTextYaml: (text) => yaml.parse(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'error' }) as unknown }
}

const keys = ['registry', 'username', 'password', 'use', 'ca', 'plain-http', 'ecr'] as const
type Key = (typeof keys)[number]
const isKey = (name: string): name is Key => keys.some((key) => key === name)

/** Of what stands where a key should, only what cannot be a secret is shown. */
const keyText = (name: string) => (/^[a-z][a-z-]{0,20}$/.test(name) ? `"${name}"` : 'a key')

const example = 'registry-auth: "- {registry: quay.io, username: acme+ci, password: ...}"'

/** Where YAML's parser stopped; its own text would show what is written there. */
function placeOf(error: unknown): string {
  const [start] = (error as { linePos?: readonly Readonly<{ line: number; col: number }>[] }).linePos ?? []
  return start ? ` (line ${start.line}, column ${start.col})` : ''
}

/** Certificates in PEM, or the file that `@path` names, from the workspace. @throws Invalid */
function parseCa({ files, workspace, inside }: Reader, text: string): string {
  const path = text.startsWith('@') ? resolve(workspace, text.slice(1)) : undefined
  const pem = path === undefined ? text : files.readText(path)
  if (pem === undefined) throw new Invalid('names a file that cannot be read')
  if (path !== undefined && !inside(path)) throw new Invalid('names a file outside the workspace')
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
  if (!certificates) throw new Invalid('holds no certificate (PEM)')
  try {
    for (const one of certificates) new X509Certificate(one)
  } catch {
    throw new Invalid('holds a certificate that cannot be read')
  }
  return `${certificates.join('\n')}\n`
}

const uses: readonly Use[] = ['pull', 'push']
/** Whether two entries of one registry would be for the same. */
const meet = (a: RegistryAuth, b: RegistryAuth) => uses.some((use) => (a.use ?? use) === use && (b.use ?? use) === use)

/**
 * Reads `registry-auth`: who logs in where, one entry a registry or a registry and use. Without secrets to be expected (a
 * fork) an empty password is no mistake.
 */
export function readRegistryAuth(
  reader: Reader,
  given: Given,
  clouds: Clouds,
  { expectsSecrets, githubToken }: Readonly<{ expectsSecrets: boolean; githubToken: string | undefined }>,
): readonly RegistryAuth[] {
  const written = given.get('registry-auth') ?? ''
  if (written.trim() === '' || written.trim().startsWith('${{')) return []
  const complain = (reason: string, like = example) => reader.complain('registry-auth', reason, written, like)
  // Only a file is trimmed: the first line of a list may be indented like the others.
  const text = written.trim().startsWith('@') ? reader.content('registry-auth', reader.workspace) : written
  if (text === undefined) return []
  let list: unknown
  try {
    list = reader.parseTextYaml?.(text)
  } catch (error) {
    complain(`is not YAML${placeOf(error)}`)
    return []
  }
  if (!Array.isArray(list) || list.length === 0) {
    complain('is no list: start each registry with "- registry: HOST"')
    return []
  }

  const read = (entry: unknown, at: number): RegistryAuth | undefined => {
    const fields = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.entries(entry) : undefined
    if (!fields) {
      complain(`has an entry (number ${at}) that is no map with a registry`)
      return undefined
    }
    const known = new Map<Key, string>()
    for (const [name, value] of fields as readonly (readonly [string, unknown])[]) {
      const near = nearest(name, keys)
      if (!isKey(name))
        complain(`has ${keyText(name)} in entry ${at}, which is none of ${keys.join(', ')}${near ? `; did you mean ${near}` : ''}`)
      else if (typeof value !== 'string') complain(`has a ${name} in entry ${at} that is no text`)
      else if (value.trim() !== '') known.set(name, value)
    }
    let broken = false
    const parsed = <T>(key: Key, parse: (text: string) => T): T | undefined => {
      const value = known.get(key)?.trim()
      try {
        return value === undefined ? undefined : parse(value)
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        complain(`has a ${key} in entry ${at} that ${error.message}`)
        broken = true
        return undefined
      }
    }
    const registry = parsed('registry', normaliseRegistry)
    if (registry === undefined && !broken) complain(`has no registry in entry ${at}`)
    const use = parsed('use', oneOf('pull', 'push'))
    const asked = parsed('ecr', oneOf('auto', 'true', 'false'))
    const ca = parsed('ca', (value) => parseCa(reader, value))
    const plainHttp = parsed('plain-http', parseBoolean)
    const username = known.get('username')?.trim()
    const password = known.get('password')?.replace(/[\r\n]+$/, '')
    if (registry === undefined) return undefined
    const where = `entry ${at} (${registry})`
    if (ca !== undefined && plainHttp) complain(`has both ca and plain-http in ${where}: over plain HTTP there is no certificate`)
    if (password !== undefined && username === undefined) complain(`has a password and no username in ${where}`)
    const elsewhere = (registry === 'ghcr.io' && githubToken !== undefined) || (isDocker(registry) && clouds.dockerHub !== undefined)
    if (username !== undefined && password === undefined && expectsSecrets && !elsewhere)
      complain(`has a username and no password in ${where}: is the secret it is taken from set in this repository`)
    if (asked === 'true' && !ecrPlace(registry) && clouds.awsRegion === undefined)
      complain(`has ecr: true in ${where}, whose name does not tell the region, and AWS_REGION is not set`, 'AWS_REGION: eu-west-1')
    const transport = { ...(ca === undefined ? {} : { ca }), ...(plainHttp ? { plainHttp } : {}) }
    return {
      registry,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(use === undefined ? {} : { use }),
      ...(asked === undefined ? {} : { ecr: asked === 'auto' ? asked : asked === 'true' }),
      ...(Object.keys(transport).length === 0 ? {} : { transport }),
    }
  }

  const entries = list.map((entry: unknown, index) => read(entry, index + 1))
  entries.forEach((entry, index) => {
    const first = entry ? entries.findIndex((other) => other?.registry === entry.registry && meet(other, entry)) : index
    if (entry && first < index)
      complain(
        `has ${entry.registry} twice, in entries ${first + 1} and ${index + 1}: one for everything, or one with use: pull and one with use: push`,
      )
  })
  return entries.filter((entry) => entry !== undefined)
}
