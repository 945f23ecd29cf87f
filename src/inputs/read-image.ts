import type { Event } from '../plan/event.ts'
import { normaliseRegistry } from '../plan/image-name.ts'
import type { CredentialInputs, Inputs } from './inputs.ts'
import { oneOf, parseBoolean } from './parse.ts'
import { readMetadata } from './read-metadata.ts'
import type { Given, Reader } from './reader.ts'

type ImageInputs = ReturnType<typeof readMetadata> & Pick<Inputs, 'push' | 'promote' | 'dryRun'>

/** What is made, how it is called, and whether it is pushed. */
export function readImage(reader: Reader): ImageInputs {
  return {
    ...readMetadata(reader),
    push: reader.required('push', oneOf('auto', 'true', 'false', 'digest')),
    promote: reader.required('promote', oneOf('auto', 'off')),
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
