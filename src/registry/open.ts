import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { ImageName } from '../plan/image-name.ts'
import type { Access } from '../plan/plan.ts'
import { createClient, type RegistryClient } from './client.ts'
import type { Credential } from './credential.ts'
import { hideLogin } from './hide-login.ts'

/** A repository, and the login by which it is asked. */
export type Repository = Readonly<{ client: RegistryClient; credential: Credential | undefined }>

/** Opens a repository with the login that the plan has for its registry. @throws ActionError where a helper gives none */
export async function openRepository(
  host: Host,
  access: ReadonlyMap<string, Access>,
  name: ImageName,
  env: Environment,
): Promise<Repository> {
  const credential = await resolveCredential(host, access.get(name.registry), env)
  return { client: createClient(host, name, credential), credential }
}

/** The login of a registry: what was given, what the job's config.json has, or what its helper program answers. */
export async function resolveCredential(host: Host, access: Access | undefined, env: Environment): Promise<Credential | undefined> {
  if (!access || access.kind === 'anonymous') return undefined
  if (access.kind === 'given') return access.credential
  if (access.login.kind === 'credential') {
    hideLogin(host, access.login.credential)
    return access.login.credential
  }
  const { program, server } = access.login
  const { exitCode, stdout } = await host.capture({ argv: [program, 'get'], env, input: server })
  if (exitCode !== 0)
    throw new ActionError('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`)
  const { Username: username, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string }
  hideLogin(host, { username, password })
  return { username, password }
}
