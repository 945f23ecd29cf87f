import { join } from 'node:path'
import type { Environment, Host } from '../host/host.ts'
import { type Credential, configWith } from './credential.ts'

/** The folder of the job's own config.json. */
export function jobConfigFolder(job: Readonly<Record<string, string | undefined>>): string {
  return job['DOCKER_CONFIG'] || join(job['HOME'] ?? '/', '.docker')
}

/** A DOCKER_CONFIG of this run alone, and the variables by which a docker client uses it. */
export type PrivateConfig = Readonly<{ folder: string; variables: Environment }>

/**
 * Writes `logins` beside what the job has, readable by this user only; builders, contexts and plugins that the job has
 * set up stay in sight. The folder is the caller's to remove.
 */
export function makePrivateConfig(host: Host, logins: ReadonlyMap<string, Credential>): PrivateConfig {
  const jobs = jobConfigFolder(host.env)
  const folder = host.files.makeTemp('login')
  host.leave({ kind: 'folder', path: folder })
  host.files.writePrivate(join(folder, 'config.json'), configWith(host.files.readText(join(jobs, 'config.json')), logins))
  for (const name of ['contexts', 'cli-plugins']) {
    if (host.files.kind(join(jobs, name)) === 'directory') host.files.link(join(jobs, name), join(folder, name))
  }
  return { folder, variables: { DOCKER_CONFIG: folder, BUILDX_CONFIG: host.env['BUILDX_CONFIG'] || join(jobs, 'buildx') } }
}
