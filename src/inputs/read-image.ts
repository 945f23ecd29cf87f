import { type Clouds, ecrPlace, readClouds } from '../plan/clouds.ts'
import type { Event } from '../plan/event.ts'
import { dockerHub, normaliseRegistry } from '../plan/image-name.ts'
import type { CredentialInputs, Inputs } from './inputs.ts'
import { oneOf, parseBoolean } from './parse.ts'
import { parsePush, readFrom } from './read-from.ts'
import { readMetadata } from './read-metadata.ts'
import { readRegistryAuth } from './read-registry-auth.ts'
import type { Given, Reader } from './reader.ts'

type ImageInputs = ReturnType<typeof readMetadata> & Pick<Inputs, 'push' | 'dryRun' | 'from'>

/** What is made, how it is called, and whether it is pushed. */
export function readImage(reader: Reader): ImageInputs {
  return {
    ...readMetadata(reader),
    push: reader.required('push', parsePush(reader)),
    ...readFrom(reader),
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
  const clouds = readClouds(reader.env, reader.kind)
  checkConnection(reader, clouds)
  const byIdToken = clouds.dockerHub !== undefined && registries.has(dockerHub)
  const auths = readRegistryAuth(reader, given, clouds, { expectsSecrets, githubToken })
  const ecr = reader.required('ecr', oneOf('auto', 'true', 'false'))
  if (ecr === 'true' && clouds.awsRegion === undefined && [...registries].some((name) => !ecrPlace(name)))
    reader.complain('ecr', 'needs AWS_REGION: the name of the registry does not tell the region', ecr, 'AWS_REGION: eu-west-1')
  if (username !== undefined && password === undefined && expectsSecrets && !byIdToken && !(onGhcr && githubToken !== undefined)) {
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
  const twice = auths.find((one) => registries.has(one.registry) && (one.username !== undefined || one.password !== undefined))
  if (twice && (username !== undefined || password !== undefined)) {
    const reason = `logs in to ${twice.registry}, which username and password are for, too: leave one of the two out`
    reader.complain('registry-auth', reason)
  }
  return {
    ...(registry === undefined ? {} : { registry }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(githubToken === undefined ? {} : { githubToken }),
    ...(auths.length === 0 ? {} : { auths }),
    ecr: ecr === 'auto' ? ecr : ecr === 'true',
    clouds,
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Seconds that Docker lets such a token live. */
const [shortestLife, longestLife] = [300, 21_600]

/** The variables of Docker Hub's OIDC login, which are docker/login-action's. */
function checkConnection(reader: Reader, { dockerHub: connection }: Clouds): void {
  if (!connection) return
  const { id, lifetime } = connection
  if (!uuid.test(id))
    reader.complain(
      'DOCKERHUB_OIDC_CONNECTIONID',
      'is no ID of an OIDC connection, which is a UUID',
      id,
      'DOCKERHUB_OIDC_CONNECTIONID: ${{ vars.DOCKERHUB_OIDC_CONNECTIONID }}',
    )
  if (!(lifetime >= shortestLife && lifetime <= longestLife))
    reader.complain(
      'DOCKERHUB_OIDC_EXPIREIN',
      `is not between ${shortestLife} and ${longestLife} seconds`,
      String(reader.env['DOCKERHUB_OIDC_EXPIREIN']),
      'DOCKERHUB_OIDC_EXPIREIN: 3600',
    )
}
