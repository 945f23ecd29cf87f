import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import { failed, type Outcome, passed, stopped } from '../outcome.ts'
import { type BuildRequest, buildArgv } from './argv.ts'
import type { ImageStore } from './engine.ts'
import { BuildProgress, type StepCount } from './progress.ts'

/** The one image of a run, in the engine. */
export type BuiltImage = Readonly<{
  /** What the engine calls it: the manifest's digest on the containerd store, the config's on the classic one. */
  digest: string
  configDigest: string
  store: ImageStore
  /** A name of this run alone, by which the engine keeps it. */
  localName: string
  exposedPorts: readonly number[]
  /** Compressed bytes; only the containerd store knows them before the push. */
  compressedBytes?: number
  steps: StepCount
  /** What went wrong with the layer cache. */
  cacheTrouble?: string
  /** buildx's metadata file. */
  metadata: string
}>

type Metadata = Readonly<{ 'containerimage.digest'?: string; 'containerimage.config.digest'?: string }>
type Inspected = Readonly<{ Id: string; Size?: number; Config?: { ExposedPorts?: Readonly<Record<string, unknown>> | null } | null }>

/** TCP ports of EXPOSE, in ascending order. */
export function exposedTcpPorts(exposed: Readonly<Record<string, unknown>> | null | undefined): readonly number[] {
  return Object.keys(exposed ?? {})
    .flatMap((text) => {
      const [, port] = /^(\d+)(?:\/tcp)?$/.exec(text) ?? []
      return port ? [Number(port)] : []
    })
    .sort((a, b) => a - b)
}

/** The error line of buildx without its prefix, which tells what no step did: a base image that is not there, a syntax error. */
function headlineOf(progress: BuildProgress): string {
  const error = progress.said.findLast((line) => /^ERROR: /.test(line))
  return (error ?? progress.said.at(-1) ?? 'buildx said nothing').replace(/^ERROR: (failed to (build|solve): )*/, '')
}

/** Runs the one build, reads what came out of its metadata file, and gives it a name of this run. */
export async function buildImage(
  host: Host,
  request: Omit<BuildRequest, 'metadataFile' | 'localName'>,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<BuiltImage>> {
  const folder = host.files.makeTemp('build')
  host.leave({ kind: 'folder', path: folder })
  const localName = `ml-image-action/run:${host.runId}`
  host.leave({ kind: 'image', name: localName })
  try {
    const metadataFile = join(folder, 'metadata.json')
    const progress = new BuildProgress(bounded((line) => log.line(sanitiseLine(line))))
    const argv = buildArgv({ ...request, localName, metadataFile })
    const ended = await host.stream({ argv, env, cwd: request.build.context }, { signal, onLine: (line) => progress.line(line) })
    if (ended.kind === 'stopped') return stopped
    if (ended.kind !== 'exited' || ended.exitCode !== 0) {
      const step = progress.failed
      return step
        ? failed('build-failed', `${step.name}: ${step.error}`, step.output)
        : failed('build-failed', headlineOf(progress), progress.said.slice(-20))
    }
    const metadata = host.files.readText(metadataFile) ?? '{}'
    const facts = JSON.parse(metadata) as Metadata
    const digest = facts['containerimage.digest']
    const configDigest = facts['containerimage.config.digest']
    if (!digest || !configDigest) throw new ActionError('internal', 'buildx ended with 0 but its metadata file names no image.')

    const inspected = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env })
    const image = inspected.exitCode === 0 ? (JSON.parse(inspected.stdout) as readonly Inspected[])[0] : undefined
    if (image?.Id !== digest)
      throw new ActionError(
        'engine-unavailable',
        `The engine does not have the image it built, ${digest} (${inspected.stderr.trim() || image?.Id}).`,
      )
    return passed({
      digest,
      configDigest,
      store: request.store,
      localName,
      exposedPorts: exposedTcpPorts(image.Config?.ExposedPorts),
      ...(request.store === 'containerd' && image.Size ? { compressedBytes: image.Size } : {}),
      steps: progress.steps,
      ...(progress.cacheTrouble ? { cacheTrouble: progress.cacheTrouble } : {}),
      metadata,
    })
  } finally {
    host.files.remove(folder)
  }
}
