import type { BuildInputs } from '../inputs/inputs.ts'
import { type CacheFolders, cacheArguments } from './cache/arguments.ts'
import type { LayerCache } from './cache/choose.ts'
import { csvField } from './csv.ts'
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
  /** SOURCE_DATE_EPOCH is set: files get that time at most, where the builder can do that (the engine's own cannot). */
  rewritesTimes?: boolean
  /** Another builder than the engine's own leaves the image here, as an OCI layout. */
  layoutFolder?: string
}>

/** Whether the image has OCI types, annotations and zstd: everything but the engine's own builder on the classic store. */
export const isOci = ({ store, layoutFolder }: Pick<BuildRequest, 'store' | 'layoutFolder'>) =>
  store === 'containerd' || layoutFolder !== undefined

/**
 * Straight into the engine's image store, under a name that is the run's own, so that runs beside each other share
 * nothing; it is not part of the image. Without one, two builds of the same bits at once fail: the containerd store
 * files both under `moby-dangling@sha256:…`, "already exists". zstd needs OCI media types; base layers keep their
 * bytes (no force-compression). Another builder writes the same as files, each blob once: a tarball takes longer.
 */
export function imageOutput({
  store,
  localName,
  layoutFolder,
  rewritesTimes,
  build,
}: Omit<BuildRequest, 'labels' | 'cache' | 'builder'>): string {
  const { compression } = chooseCompression(build.options.compression, build.dockerfile, build.target, build.args)
  if (layoutFolder !== undefined)
    return [
      'type=oci',
      `dest=${layoutFolder}`,
      'tar=false',
      `compression=${compression}`,
      ...(rewritesTimes ? ['rewrite-timestamp=true'] : []),
    ]
      .map(csvField)
      .join(',')
  return `type=image,name=${localName}${store === 'containerd' ? `,compression=${compression},oci-mediatypes=true` : ''}`
}

/** The one build. */
export function buildArgv(request: BuildRequest): readonly string[] {
  const { build, labels, annotations = [] } = request
  const { options } = build
  const { from, to } = cacheArguments(request.cache, request.cacheFolders)
  return [
    ...['docker', 'buildx', 'build', '--builder', request.builder, '--progress', 'rawjson'],
    ...[`--provenance=${options.provenance}`, `--sbom=${options.sbom}`],
    ...['--output', imageOutput(request), '--metadata-file', request.metadataFile],
    ...['--file', build.file],
    ...(options.platforms.length === 0 ? [] : ['--platform', options.platforms.join(',')]),
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...(isOci(request) ? annotations : []).flatMap((annotation) => ['--annotation', annotation]),
    ...optionArguments(options),
    ...from.flatMap((entry) => ['--cache-from', entry]),
    ...to.flatMap((entry) => ['--cache-to', entry]),
    build.context,
  ]
}
