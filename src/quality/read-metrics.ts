import { join } from 'node:path'
import type { BuiltImage, Runnable } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import type { MetricsPlace } from '../inputs/inputs.ts'
import { Invalid } from '../inputs/parse.ts'
import { lastOfHistory, parseMetrics } from './formats.ts'
import { readFromImage } from './image-file.ts'
import type { Metrics } from './metrics.ts'

/** A file of metrics is no larger (bytes). */
const largestMetrics = 1 << 20

/** Metrics of MLflow's file store: a folder with a file for each, names with slashes being folders. */
function readFolder({ contents, readUntrusted }: Host['files'], folder: string, above = ''): Metrics {
  const metrics = new Map<string, number>()
  for (const { name, kind } of contents(folder)) {
    const path = join(folder, name)
    if (kind === 'directory')
      for (const [key, value] of readFolder({ contents, readUntrusted } as Host['files'], path, `${above}${name}/`)) metrics.set(key, value)
    const last = kind === 'file' ? lastOfHistory(readUntrusted(path) ?? '') : undefined
    if (last !== undefined) metrics.set(above + name, last)
  }
  return metrics
}

/** Reads metrics of the workspace; a path that tests have made to lead elsewhere is not followed there. @throws Invalid */
export async function readWorkspaceMetrics(
  { files, workspace, kind }: Pick<Host, 'files' | 'workspace' | 'kind'>,
  path: string,
): Promise<Metrics> {
  const real = files.realPath(path)
  if (real === undefined) throw new Invalid('is not there')
  const root = files.realPath(workspace) ?? workspace
  if (kind === 'runner' && !real.startsWith(`${root}/`)) throw new Invalid('leads out of the workspace')
  if (files.kind(real) === 'directory') {
    const metrics = readFolder(files, real)
    if (metrics.size === 0) throw new Invalid('is a folder, and not one of metrics as MLflow keeps them')
    return metrics
  }
  if ((files.stat(real)?.bytes ?? 0) > largestMetrics) throw new Invalid(`is larger than ${largestMetrics >> 20} MiB: no file of metrics`)
  const text = files.readUntrusted(real)
  if (text === undefined) throw new Invalid('cannot be read')
  return await parseMetrics(text, path)
}

/** Where metrics of an image are read from. */
export type InEngine = Readonly<{ image: Pick<BuiltImage, 'runnables'>; env: Environment; signal: AbortSignal }>

/** Reads a file of an image; none of it is run. @throws Invalid */
export async function readImageMetrics(
  host: Host,
  runnable: Runnable,
  path: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Metrics> {
  return await parseMetrics(await readFromImage(host, runnable, path, largestMetrics, env, signal), path)
}

/** @throws Invalid what is wrong with the file, or that there is none */
export async function readMetrics(host: Host, place: MetricsPlace, inEngine: InEngine | undefined): Promise<Metrics> {
  if (place.kind === 'workspace') return await readWorkspaceMetrics(host, place.path)
  const runnable = inEngine?.image.runnables[0]
  if (!inEngine || !runnable) throw new Invalid('is in an image that this engine does not have')
  return await readImageMetrics(host, runnable, place.path, inEngine.env, inEngine.signal)
}
