/** A secret that a step of the Dockerfile mounts by its id: a file, or a value that buildx takes from its environment. */
export type BuildSecret = Readonly<{ id: string; kind: 'file'; path: string }> | Readonly<{ id: string; kind: 'value'; value: string }>

/** How layers are compressed; `auto` is zstd, or gzip for a base of a service that reads nothing else. */
export type Compression = 'auto' | 'zstd' | 'gzip' | 'estargz' | 'uncompressed'

/** What the build is told beside its context, Dockerfile, target and arguments; names and meanings are those of build-push-action. */
export type BuildOptions = Readonly<{
  /** Name and source: a folder (absolute), or what buildx knows by a scheme. */
  contexts: Readonly<Record<string, string>>
  secrets: readonly BuildSecret[]
  /** `default`, or an id with its socket or keys. */
  ssh: readonly string[]
  noCache: boolean
  noCacheFilters: readonly string[]
  pull: boolean
  network?: string
  /** `host:ip`. */
  addHosts: readonly string[]
  /** Entitlements. */
  allow: readonly string[]
  shmSize?: string
  /** `name=soft:hard`. */
  ulimits: readonly string[]
  /** As buildx takes them: `false`, `true`, `mode=max`, `generator=…`. */
  provenance: string
  sbom: string
  compression: Compression
  /** As buildx writes them; empty: that of the builder. */
  platforms: readonly string[]
  /** A builder of buildx; without it the engine's own, where that will do. */
  builder?: string
  /** `auto` may switch the engine of a hosted runner to the containerd store. */
  imageStore: 'auto' | 'keep'
  timeoutMs: number
  /** Whether tool folders of a hosted runner may go where its disk is short. */
  freeDisk: 'auto' | 'off'
}>
