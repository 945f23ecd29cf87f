import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { type Access, type Login, loginFor, type Use } from '../plan/access.ts'
import type { ImageName } from '../plan/image-name.ts'
import { createClient, type RegistryClient } from './client.ts'
import { type Credential, helperCredential, secretsOf } from './credential.ts'
import type { Memory } from './session.ts'

const memories = new WeakMap<Access, Map<string, Memory>>()

/** What a run knows of a registry: all of it go there by the same access, which may be that of others too. */
export function memoryOf(access: Access | undefined, registry: string): Memory {
  const byRegistry = (access && memories.get(access)) ?? new Map<string, Memory>()
  const memory = byRegistry.get(registry) ?? {}
  byRegistry.set(registry, memory)
  if (access) memories.set(access, byRegistry)
  return memory
}

/** A repository, and the login by which it is asked. */
export type Repository = Readonly<{ client: RegistryClient; credential: Credential | undefined }>

/**
 * Opens a repository with the login that the plan has for its registry and this use.
 * @throws ActionError where a helper or a cloud gives none
 */
export async function openRepository(
  host: Host,
  access: ReadonlyMap<string, Access>,
  name: ImageName,
  env: Environment,
  use: Use = 'push',
): Promise<Repository> {
  const asked = access.get(name.registry)
  const credential = await resolveCredential(host, name.registry, loginFor(asked, use), env)
  return { client: createClient(host, name, credential, asked?.transport, memoryOf(asked, name.registry)), credential }
}

/** The login itself: what was given, what the job's config.json has, what its helper answers, or what a cloud gives for it. */
export async function resolveCredential(host: Host, registry: string, login: Login, env: Environment): Promise<Credential | undefined> {
  const credential = await askCredential(host, registry, login, env)
  for (const secret of credential ? secretsOf(credential) : []) host.hide(secret)
  return credential
}

async function askCredential(host: Host, registry: string, login: Login, env: Environment): Promise<Credential | undefined> {
  switch (login.kind) {
    case 'anonymous':
      return undefined
    case 'given':
      return login.credential
    case 'job':
      return login.login.kind === 'credential' ? login.login.credential : await askHelper(host, login.login, env)
    case 'ecr':
      return await (await import('./cloud/ecr.ts')).loginByAws(host, registry, login)
    case 'google':
      return await (await import('./cloud/google.ts')).loginByGoogle(host, registry, login.file)
    case 'azure':
      return await (await import('./cloud/azure.ts')).loginByAzure(host, registry, login.identity)
    case 'dockerhub-oidc':
      return await (await import('./cloud/docker-hub.ts')).loginByIdToken(host, login)
  }
}

async function askHelper(host: Host, helper: Readonly<{ program: string; server: string }>, env: Environment): Promise<Credential> {
  const { program, server } = helper
  const { exitCode, stdout } = await host.capture({ argv: [program, 'get'], env, input: server })
  if (exitCode !== 0)
    throw new ActionError('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`)
  return helperCredential(stdout)
}
