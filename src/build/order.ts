import { join } from 'node:path'
import type { Environment, Host } from '../host/host.ts'
import type { BuildRequest } from './argv.ts'
import { type Check, checksOf } from './checks.ts'
import type { BuiltImage } from './image.ts'
import type { BuildProgress } from './progress.ts'

/** What to build; the names and files of the run are chosen here. */
export type BuildOrder = Omit<BuildRequest, 'metadataFile' | 'localName' | 'layoutFolder'> &
  Readonly<{
    /** By another builder than the engine's own. */
    elsewhere: boolean
    /** Of the platforms, those that the engine cannot run. */
    untested: readonly string[]
    /** `linux/amd64` and its like. */
    native: string
    /** Aborted when what is read of the cache does not come; the engine would ask for it for minutes. */
    cacheBroken?: AbortSignal
    /** What comes before the build. */
    before?: (signal: AbortSignal) => Promise<void>
    /** Gets what BuildKit's checks found, also when the build is red or stopped. */
    onChecks?: (checks: readonly Check[]) => void
  }>

/** A folder of the run for the time of a build, and the request with its names. An image that is not `made` in the end goes, too. */
export async function inFolder<T>(
  host: Host,
  order: BuildOrder,
  env: Environment,
  made: (result: T) => BuiltImage | undefined,
  use: (request: BuildRequest, folder: string) => Promise<T>,
): Promise<T> {
  const folder = host.files.makeTemp('build')
  host.leave({ kind: 'folder', path: folder })
  const localName = `ml-image-action/run:${host.runId}`
  host.leave({ kind: 'image', name: localName })
  // It lives longer: the push goes out from it.
  const layoutFolder = order.elsewhere ? host.files.makeTemp('layout') : undefined
  if (layoutFolder !== undefined) host.leave({ kind: 'folder', path: layoutFolder })
  let image: BuiltImage | undefined
  try {
    const names = { localName, metadataFile: join(folder, 'metadata.json') }
    const result = await use({ ...order, ...names, ...(layoutFolder === undefined ? {} : { layoutFolder }) }, folder)
    image = made(result)
    return result
  } finally {
    const remove = () => host.files.remove(folder)
    if (image) image.ending.then(remove, remove)
    else {
      // A build that was stopped at its very end, or whose other target was red, may have left it.
      await host.capture({ argv: ['docker', 'image', 'rm', localName], env }).catch(() => undefined)
      if (layoutFolder !== undefined) host.files.remove(layoutFolder)
      remove()
    }
  }
}

/** Hands on what BuildKit's checks found. */
export function tellChecks({ workspace }: Host, { build, onChecks }: BuildOrder, progress: BuildProgress): void {
  onChecks?.(checksOf(progress.checks, workspace, build.file))
}
