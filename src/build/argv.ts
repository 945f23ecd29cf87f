import type { BuildInputs } from '../inputs/inputs.ts'
import type { LayerCache } from './cache.ts'
import type { ImageStore } from './engine.ts'

export type BuildRequest = Readonly<{
  build: BuildInputs
  labels: Readonly<Record<string, string>>
  builder: string
  store: ImageStore
  cache: LayerCache
  metadataFile: string
}>

/**
 * The one build: by the engine's own builder straight into its image store, without a name, so that runs beside each
 * other share nothing. zstd needs OCI media types; base layers keep their bytes (no force-compression).
 */
export function buildArgv({ build, labels, builder, store, cache, metadataFile }: BuildRequest): readonly string[] {
  const output = store === 'containerd' ? 'type=image,compression=zstd,oci-mediatypes=true' : 'type=image'
  const gha = cache.kind === 'gha' ? `type=gha,scope=${cache.scope}` : undefined
  return [
    ...['docker', 'buildx', 'build', '--builder', builder, '--progress', 'rawjson'],
    ...['--provenance=false', '--sbom=false', '--output', output, '--metadata-file', metadataFile],
    ...['--file', build.file],
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...(gha === undefined ? [] : ['--cache-from', gha]),
    ...(gha === undefined || cache.kind !== 'gha' || !cache.write
      ? []
      : ['--cache-to', `${gha},mode=max,ignore-error=true,compression=zstd`]),
    build.context,
  ]
}
