import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { timeText } from '../../amounts.ts'
import { messageOf } from '../../errors.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { BuildInputs } from '../../inputs/inputs.ts'
import { tail } from '../../outcome.ts'
import type { StepReport } from '../progress.ts'
import { extracting, findCacheMounts, injecting } from './mounts.ts'

/** Longest time for each way (ms): downloads that take longer than this are no faster from here. */
const patience = 120_000

/** Directories of `RUN --mount=type=cache` that are kept between machines. */
export interface KeptMounts {
  /** Before the build: fills the mounts. Never throws. */
  readonly fill: (signal: AbortSignal) => Promise<void>
  /** After a green one with these steps: keeps what they left. Never throws. */
  readonly keep: (steps: readonly StepReport[]) => Promise<void>
}

export type MountOrder = Readonly<{
  build: BuildInputs
  builder: string
  scope: string
  write: boolean
  /** Layers come from a cache, too: where nothing that installs has changed, no step with a mount is run. */
  layers: boolean
}>

/** What the steps that install something go by. */
const dependencies =
  /^(requirements[\w.-]*\.(txt|in)|pyproject\.toml|[\w.-]*\.lock|Pipfile|environment\.ya?ml|setup\.(py|cfg)|package(-lock)?\.json)$/

function keyOf({ files }: Pick<Host, 'files'>, { dockerfile, context }: BuildInputs): string {
  const named = files.list(context).filter((name) => dependencies.test(name))
  const texts = [...named].sort().map((name) => [name, files.readUntrusted(join(context, name)) ?? ''])
  return createHash('sha256')
    .update(JSON.stringify([dockerfile, texts]))
    .digest('hex')
    .slice(0, 32)
}

const ranMount = ({ name, cached }: StepReport) => !cached && name.includes('--mount=type=cache')

/** Opens what is kept of a Dockerfile's mounts; undefined where it has none, or there is nothing to keep them in. */
export function openMounts(host: Host, order: MountOrder, env: Environment, notice: (text: string) => void): KeptMounts | undefined {
  const { build, builder, scope } = order
  const service = host.packageCache
  const mounts = findCacheMounts(build.dockerfile, build.args)
  if (!service || !mounts) return undefined
  const home = host.env['XDG_CACHE_HOME'] || join(host.env['HOME'] ?? '/', '.cache')
  const folder = join(home, 'ml-image-action', 'mounts', scope.replace(/[^\w.-]/g, '-'))
  const prefix = `ml-image-mounts-${scope.replace(/,/g, '-')}-`
  const key = `${prefix}${keyOf(host, build)}`
  let isKept = false
  const attempt = async (what: string, work: () => Promise<void>) => {
    const start = host.now()
    try {
      await work()
      host.log.line(`Cache mounts: ${what} in ${timeText(host.now() - start)}.`)
    } catch (error) {
      notice(`The directories of RUN --mount=type=cache were not ${what} (${messageOf(error)}).`)
    } finally {
      host.files.remove(folder)
    }
  }
  const run = async (dockerfile: string, options: readonly string[], context: string, signal: AbortSignal) => {
    const file = join(host.files.makeTemp('mounts'), 'Dockerfile')
    host.leave({ kind: 'folder', path: join(file, '..') })
    host.files.writePrivate(file, dockerfile)
    const argv = ['docker', 'buildx', 'build', '--builder', builder, '--progress', 'quiet', '--provenance=false', ...options]
    const said = tail(20)
    const ended = await host.stream({ argv: [...argv, '--file', file, context], env }, { signal, timeoutMs: patience, onLine: said.push })
    host.files.remove(join(file, '..'))
    if (ended.kind !== 'exited') throw new Error(ended.kind)
    if (ended.exitCode !== 0) throw new Error(said.lines.findLast((line) => line.trim() !== '') ?? 'buildx fails')
  }
  return {
    fill: async (signal) => {
      isKept = (await service.has?.(folder, key).catch(() => false)) ?? false
      // The run that kept them has kept the layers that they would be for.
      if (isKept && order.layers) return
      await attempt('filled', async () => {
        const found = await service.restore(folder, key, [prefix])
        isKept = found === key
        if (found !== undefined) await run(injecting(mounts, host.runId), ['--output', 'type=cacheonly'], folder, signal)
      })
    },
    keep: async (steps) => {
      if (!order.write || isKept || !steps.some(ranMount)) return
      await attempt('kept', async () => {
        host.files.makeFolder(folder)
        await run(extracting(mounts, host.runId), ['--output', `type=local,dest=${folder}`], folder, new AbortController().signal)
        await service.save(folder, key)
      })
    },
  }
}
