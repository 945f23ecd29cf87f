import type { BuildInputs } from '../inputs/inputs.ts'
import type { LayerCache } from './cache.ts'
import type { ImageStore } from './engine.ts'

export type BuildRequest = Readonly<{
  build: BuildInputs
  labels: Readonly<Record<string, string>>
  builder: string
  store: ImageStore
  cache: LayerCache
  /** A name of this run alone; see `buildArgv`. */
  localName: string
  metadataFile: string
}>

/**
 * The one build: by the engine's own builder straight into its image store. The name is the run's own, so that runs
 * beside each other share nothing; it is not part of the image. Without one, two builds of the same bits at once fail:
 * the containerd store files both under `moby-dangling@sha256:…`, "already exists". zstd needs OCI media types; base
 * layers keep their bytes (no force-compression).
 */
export function buildArgv({ build, labels, builder, store, cache, localName, metadataFile }: BuildRequest): readonly string[] {
  const output = `type=image,name=${localName}${store === 'containerd' ? ',compression=zstd,oci-mediatypes=true' : ''}`
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
