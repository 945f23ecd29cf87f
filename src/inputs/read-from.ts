import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { isOwnLayout } from '../handover/own-layout.ts'
import type { LayoutPlace } from '../handover/place.ts'
import { parseImageName } from '../plan/image-name.ts'
import type { PushInput } from '../plan/push-policy.ts'
import type { FromInput } from './inputs.ts'
import { Invalid, oneOf } from './parse.ts'
import type { Reader } from './reader.ts'

const within = (folder: string, path: string) => {
  const away = relative(folder, path)
  return away !== '' && away !== '..' && !away.startsWith('../') && !isAbsolute(away)
}

/** A path with the links of what of it is there already followed. */
function realPath({ files }: Pick<Reader, 'files'>, path: string): string {
  const known = files.realPath(path)
  if (known !== undefined || path === dirname(path)) return known ?? path
  return resolve(realPath({ files }, dirname(path)), relative(dirname(path), path))
}

/** `DIR`, from the workspace: below that or below RUNNER_TEMP, on a laptop anywhere. @throws Invalid */
function parsePlace(reader: Reader, given: string): LayoutPlace {
  if (given === '') throw new Invalid('names no folder behind oci:')
  if (/[\n\r\0]/.test(given)) throw new Invalid('has more than one line')
  const folder = resolve(reader.workspace, given)
  const real = realPath(reader, folder)
  const roots = [reader.workspace, ...(reader.env['RUNNER_TEMP'] ? [reader.env['RUNNER_TEMP']] : [])]
  if (roots.some((root) => root === folder || realPath(reader, root) === real))
    throw new Invalid('is the whole workspace or RUNNER_TEMP: give the layout a folder of its own')
  if (reader.kind === 'runner' && !roots.some((root) => within(realPath(reader, root), real)))
    throw new Invalid('leads out of the workspace and RUNNER_TEMP')
  return { kind: 'layout', folder, given }
}

/** What is to become of a green image. */
export function parsePush(reader: Reader): (text: string) => PushInput {
  return (text) => {
    if (!text.startsWith('oci:')) {
      const known = ['auto', 'true', 'false', 'digest'] as const
      if (!known.some((one) => one === text)) throw new Invalid(`is not one of ${known.join(', ')}, oci:DIR`)
      return oneOf(...known)(text)
    }
    const place = parsePlace(reader, text.slice('oci:'.length))
    const kind = reader.files.kind(place.folder)
    if (kind === 'file') throw new Invalid('names a file; a layout is a folder')
    if (kind === 'directory' && reader.files.list(place.folder).length > 0 && !isOwnLayout(reader.files, place.folder))
      throw new Invalid('names a folder that holds something else than a layout of ours: it is not overwritten')
    return place
  }
}

/** An image that is there already. @throws Invalid */
function parseFrom(reader: Reader): (text: string) => FromInput {
  return (text) => {
    const [, before = text, digest] = /^(.*)@(sha256:[a-f0-9]{64})$/s.exec(text) ?? []
    if (before.startsWith('oci:')) {
      const place = parsePlace(reader, before.slice('oci:'.length))
      if (reader.files.kind(place.folder) !== 'directory')
        throw new Invalid('names a folder that is not there (actions/download-artifact puts it there)')
      return { ...place, ...(digest === undefined ? {} : { digest }) }
    }
    if (digest !== undefined) return { kind: 'registry', name: parseImageName(before.replace(/:[\w][\w.-]*$/, '')), digest }
    if (/^[a-z-]+:\/\//i.test(text)) throw new Invalid('starts with a scheme: give oci:DIR, NAME@sha256:DIGEST, or an image of this engine')
    if (/^sha256:/.test(text) && !/^sha256:[a-f0-9]{64}$/.test(text)) throw new Invalid('is no whole id: sha256: and 64 digits')
    if (text.includes('@')) throw new Invalid('has behind @ what is no digest: sha256: and 64 hexadecimal digits')
    if (!/^[A-Za-z0-9][\w.:/-]*$/.test(text)) throw new Invalid('is none of oci:DIR, NAME@sha256:DIGEST, and a name or id of this engine')
    return { kind: 'engine', reference: text }
  }
}

export function readFrom(reader: Reader): Readonly<{ from?: FromInput }> {
  const from = reader.parsed('from', parseFrom(reader))
  return from === undefined ? {} : { from }
}
