import { join } from 'node:path'
import type { Host } from '../host/host.ts'
import { dockerHub, type ImageName } from '../plan/image-name.ts'
import { configWith, findJobLogin } from './credential.ts'
import { jobConfigFolder } from './private-config.ts'

/** What docker/login-action calls Docker Hub in the names of folders. */
const hubHost = 'registry-1.docker.io'

/** Folders of logins for a repository alone, the narrowest first: `HOST/PATH@push`, `HOST/PATH`, and so on up to `HOST`. */
function scopesOf({ registry, path }: ImageName): readonly string[] {
  const parts = [registry === dockerHub ? hubHost : registry, ...path.split('/')]
  const folders = parts.map((_, at) => parts.slice(0, parts.length - at).join('/'))
  return folders.flatMap((folder) => [`${folder}@push`, `${folder}@pull,push`, folder])
}

/**
 * The text of the job's config.json, with what docker/login-action has put aside for the repositories of `names` alone (its
 * input `scope`; buildx, util/imagetools). Of two repositories in one registry the first decides.
 */
export function readJobConfig({ files, env }: Pick<Host, 'files' | 'env'>, names: readonly ImageName[]): string | undefined {
  const jobs = jobConfigFolder(env)
  const whole = files.readText(join(jobs, 'config.json'))
  const scoped = join(env['BUILDX_CONFIG'] || join(jobs, 'buildx'), 'config')
  if (files.kind(scoped) !== 'directory') return whole
  const logins = names.toReversed().flatMap((name) => {
    const server = name.registry === dockerHub ? hubHost : name.registry
    const found = scopesOf(name)
      .map((folder) => files.readText(join(scoped, folder, 'config.json')))
      .map((text) => findJobLogin(text, name.registry) ?? findJobLogin(text, server))
      .find((login) => login?.kind === 'credential')
    return found?.kind === 'credential' ? [[name.registry, found.credential] as const] : []
  })
  return logins.length === 0 ? whole : configWith(whole, new Map(logins))
}
