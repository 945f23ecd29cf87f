import type { Event } from '../plan/event.ts'
import { type ImageName, normaliseRegistry, parseImageName } from '../plan/image-name.ts'
import { parseTagRule } from '../plan/tags.ts'
import type { CredentialInputs, Inputs } from './inputs.ts'
import { Invalid, oneOf, parseBoolean, parseItems, parseLines } from './parse.ts'
import type { Given, Reader } from './reader.ts'

type ImageInputs = Pick<Inputs, 'images' | 'tags' | 'push' | 'dryRun'>

/** Names one a line or with commas; `name=…,enable=false` as in docker/metadata-action. Doubles are left out. */
function parseImages(text: string): readonly ImageName[] {
  const names = parseLines(text).flatMap((line): readonly string[] => {
    if (!line.includes('=')) return parseItems(line)
    const fields = new Map(
      line.split(',').map((field) => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1).trim()]),
    )
    const enable = fields.get('enable') ?? 'true'
    if (enable !== 'true' && enable !== 'false') throw new Invalid(`has enable=${enable}, which is neither true nor false`)
    return enable === 'true' ? [fields.get('name') ?? ''] : []
  })
  const images = names.map((name) => {
    try {
      return parseImageName(name)
    } catch (error) {
      throw error instanceof Invalid ? new Invalid(`${names.length > 1 ? `has "${name}", which ` : ''}${error.message}`) : error
    }
  })
  return images.filter(
    (image, index) => images.findIndex((other) => other.registry === image.registry && other.path === image.path) === index,
  )
}

/** What is made, how it is called, and whether it is pushed. */
export function readImage(reader: Reader): ImageInputs {
  const images = reader.parsed('images', parseImages)
  if (reader.text('images') === undefined) reader.complain('images', 'and is required')
  else if (images?.length === 0) reader.complain('images', 'leaves no image enabled')
  return {
    images: images ?? [],
    tags: reader.parsed('tags', (value) => parseLines(value).map(parseTagRule)) ?? [],
    push: reader.required('push', oneOf('auto', 'true', 'false')),
    dryRun: reader.required('dry-run', parseBoolean),
  }
}

/** Who logs in where. Forks and Dependabot get no secrets: there an empty password is no mistake. */
export function readCredentials(reader: Reader, given: Given, { images, push, dryRun }: ImageInputs, event: Event): CredentialInputs {
  const registry = reader.parsed('registry', normaliseRegistry)
  const username = reader.text('username')
  const password = given.get('password')?.replace(/[\r\n]+$/, '') || undefined
  const githubToken = reader.text('github-token')

  const registries = new Set((registry === undefined ? images : [{ registry }]).map((image) => image.registry))
  const onGhcr = registries.size === 1 && registries.has('ghcr.io')
  const expectsSecrets = event.origin === 'own' && push !== 'false' && !dryRun
  if (username !== undefined && password === undefined && expectsSecrets && !(onGhcr && githubToken !== undefined)) {
    reader.complain('password', 'though username is given: is the secret it is taken from set in this repository')
  }
  const known = registries.size > 0
  if (known && password !== undefined && username === undefined && !(onGhcr && event.actor !== ''))
    reader.complain('username', 'though password is given')
  if (registry !== undefined && images.length > 0 && !images.some((image) => image.registry === registry)) {
    reader.complain(
      'registry',
      `is not the registry of any image in images (${[...new Set(images.map((image) => image.registry))].join(', ')})`,
    )
  }
  if (registry === undefined && registries.size > 1 && (username !== undefined || password !== undefined)) {
    reader.complain('registry', `is needed to tell which of ${[...registries].join(', ')} username and password are for`)
  }
  return {
    ...(registry === undefined ? {} : { registry }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(githubToken === undefined ? {} : { githubToken }),
  }
}
