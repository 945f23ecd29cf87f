import type { Environment, Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import { type Outcome, stopped } from '../outcome.ts'
import { buildArgv } from './argv.ts'
import { cacheArguments } from './cache/arguments.ts'
import { brokeOnCache, orBroken, withoutCache } from './cache/breakage.ts'
import { unread } from './cache/choose.ts'
import { failure } from './failure.ts'
import type { BuiltImage } from './image.ts'
import { isGreen, type Metadata, madeOf, readyOf, withTrouble } from './made.ts'
import { secretVariables } from './options.ts'
import { type BuildOrder, inFolder, tellChecks } from './order.ts'
import { BuildProgress } from './progress.ts'

const madeIn = (image: Outcome<BuiltImage>) => (image.kind === 'passed' ? image.value : undefined)

/** Runs the one build. */
export function buildImage(
  host: Host,
  order: BuildOrder,
  env: Environment,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<BuiltImage>> {
  return inFolder(host, order, env, madeIn, async (request) => {
    const { options } = order.build
    let over = false
    const print = bounded((line) => over || log.line(sanitiseLine(line)))
    // Where only a cache is left to be written, the image need not wait for it.
    const early = order.store === 'containerd' && !order.elsewhere && cacheArguments(order.cache, order.cacheFolders).to.length > 0
    const attempt = async (argv: readonly string[], until: AbortSignal) => {
      const progress = new BuildProgress(print)
      const exported = Promise.withResolvers<'exported'>()
      const onLine = (line: string) => {
        progress.line(line)
        if (early && progress.exported) exported.resolve('exported')
      }
      const ending = host.stream(
        { argv, env: { ...env, ...secretVariables(options.secrets) }, cwd: order.build.context },
        { signal: until, timeoutMs: options.timeoutMs, onLine },
      )
      return { ending, ended: await Promise.race([ending, exported.promise]), progress }
    }
    await order.before?.(signal)
    let { ending, ended, progress } = await attempt(buildArgv(request), orBroken(signal, order))
    const trouble = ended === 'exported' ? undefined : brokeOnCache(order, ended, progress, signal)
    if (trouble !== undefined) {
      log.line(withoutCache)
      ;({ ending, ended, progress } = await attempt(buildArgv({ ...request, cache: unread(request.cache) }), signal))
    }
    tellChecks(host, order, progress)
    const making = { request: { ...order, ...request }, progress, env, signal }
    if (ended === 'exported') {
      over = true
      return withTrouble(await readyOf(host, making, ending), trouble)
    }
    if (ended.kind === 'stopped') return stopped
    if (!isGreen(ended)) return await failure(host, order, ended, progress, env)
    const metadata = host.files.readText(request.metadataFile) ?? '{}'
    return withTrouble(await madeOf(host, making, metadata, JSON.parse(metadata) as Metadata), trouble)
  })
}
