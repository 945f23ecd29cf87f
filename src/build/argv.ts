import type { BuildInputs } from '../inputs/inputs.ts'
import type { LayerCache } from './cache.ts'
import { type CacheFolders, cacheArguments } from './cache-arguments.ts'
import type { ImageStore } from './engine.ts'
import { chooseCompression, optionArguments } from './options.ts'

export type BuildRequest = Readonly<{
  build: BuildInputs
  labels: Readonly<Record<string, string>>
  /** `LEVEL:NAME=VALUE`; the classic store has no place for them. */
  annotations?: readonly string[]
  builder: string
  store: ImageStore
  cache: LayerCache
  cacheFolders?: CacheFolders
  /** A name of this run alone; see `buildArgv`. */
  localName: string
  metadataFile: string
}>

/**
 * Straight into the engine's image store, under a name that is the run's own, so that runs beside each other share
 * nothing; it is not part of the image. Without one, two builds of the same bits at once fail: the containerd store
 * files both under `moby-dangling@sha256:…`, "already exists". zstd needs OCI media types; base layers keep their
 * bytes (no force-compression).
 */
export function imageOutput({ store, localName, build }: Pick<BuildRequest, 'store' | 'localName' | 'build'>): string {
  const { compression } = chooseCompression(build.options.compression, build.dockerfile, build.target, build.args)
  return `type=image,name=${localName}${store === 'containerd' ? `,compression=${compression},oci-mediatypes=true` : ''}`
}

/** The one build, by the engine's own builder. */
export function buildArgv(request: BuildRequest): readonly string[] {
  const { build, labels, annotations = [] } = request
  const { options } = build
  const { from, to } = cacheArguments(request.cache, request.cacheFolders)
  return [
    ...['docker', 'buildx', 'build', '--builder', request.builder, '--progress', 'rawjson'],
    ...[`--provenance=${options.provenance}`, `--sbom=${options.sbom}`],
    ...['--output', imageOutput(request), '--metadata-file', request.metadataFile],
    ...['--file', build.file],
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...(request.store === 'containerd' ? annotations : []).flatMap((annotation) => ['--annotation', annotation]),
    ...optionArguments(options),
    ...from.flatMap((entry) => ['--cache-from', entry]),
    ...to.flatMap((entry) => ['--cache-to', entry]),
    build.context,
  ]
}
