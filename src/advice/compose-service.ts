import { posix } from 'node:path'
import type { JsonObject } from '../smoke/compose/config.ts'
import { listOf, objectOf, textOf } from '../smoke/compose/config.ts'
import type { Service } from './compose-file.ts'
import { withDefaults } from './compose-file.ts'
import type { ComposeSubject } from './rule.ts'

const folderOf = (file: string) => (posix.dirname(file) === '.' ? '' : posix.dirname(file))
const joined = (...parts: readonly string[]) => posix.join(...parts).replace(/^\.$|^\.\/|\/$/g, '')

/** Whether a service is built from the Dockerfile that is looked at. */
export function isOurs({ file, context, dockerfile }: ComposeSubject, { value }: Service): boolean {
  const { build } = value
  if (build === undefined || build === null || !dockerfile) return false
  const given = textOf(build) || textOf(objectOf(build)['context']) || '.'
  const folder = joined(folderOf(file), given)
  const named = textOf(objectOf(build)['dockerfile']) || 'Dockerfile'
  return folder === context && joined(folder, named) === dockerfile.file
}

/** A volume of a service: of a folder of the project, or by a name. */
export type Volume = Readonly<{
  /** A path of the context, '' for all of it; undefined where it is none. */
  path?: string
  isBind: boolean
  target: string
  readOnly: boolean
  line: number
  end: number
  short: boolean
}>

/** The volumes of a service, in the order of the file. */
export function volumesOf({ file, context }: ComposeSubject, { keys }: Service): readonly Volume[] {
  return (keys.get('volumes')?.items ?? []).flatMap(({ value, line, end }): readonly Volume[] => {
    const long = objectOf(value)
    const [source = '', target = '', mode = ''] =
      typeof value === 'string'
        ? withDefaults(value).split(':')
        : [textOf(long['source']), textOf(long['target']), long['read_only'] === true ? 'ro' : '']
    if (target === '') return []
    const isBind = /^[.~/]/.test(source)
    const path = joined(folderOf(file), source)
    const below =
      context === '' ? path : path === context ? '' : path.startsWith(`${context}/`) ? path.slice(context.length + 1) : undefined
    const inContext = isBind && source.startsWith('.') && below !== undefined && !below.startsWith('..')
    return [
      {
        ...(inContext ? { path: below } : {}),
        isBind,
        target: target.replace(/(?<=.)\/$/, ''),
        readOnly: mode.split(',').includes('ro'),
        line,
        end,
        short: typeof value === 'string',
      },
    ]
  })
}

/** The variables of a service as far as they are written there: `- NAME=value`, `NAME: value`. */
export function environmentIn({ keys }: Service): readonly Readonly<{ name: string; value: string; line: number }>[] {
  return (keys.get('environment')?.items ?? []).flatMap(({ key, value, line }) => {
    if (key !== undefined) return value === null ? [] : [{ name: key, value: String(value), line }]
    const text = textOf(value)
    const at = text.indexOf('=')
    return at < 0 ? [] : [{ name: text.slice(0, at), value: text.slice(at + 1), line }]
  })
}

/** Names of the services that a service waits for, with what it waits for. */
export function waitsFor({ value, keys }: Service): readonly Readonly<{ name: string; condition: string; line: number }>[] {
  const dependsOn = value['depends_on']
  const at = keys.get('depends_on')
  return (at?.items ?? []).map(({ key, value: item, line }) => ({
    name: key ?? textOf(item),
    condition: Array.isArray(dependsOn) ? 'service_started' : textOf(objectOf(item)['condition']) || 'service_started',
    line,
  }))
}

const words = (value: JsonObject[string] | undefined) => [textOf(value), ...listOf(value).map(textOf)].join(' ')

/** What a service is started with in place of the image's own command. */
export const commandIn = ({ value }: Service): string => `${words(value['entrypoint'])} ${words(value['command'])}`.trim()
