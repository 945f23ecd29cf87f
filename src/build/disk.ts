import { bytesText } from '../amounts.ts'
import type { Environment, Host } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import type { Engine } from './engine.ts'
import { freeDisk, isHostedRunner } from './free-disk.ts'
import { roomFor } from './room.ts'

/** The free bytes where the engine keeps its images; undefined where that is another machine. */
export function freeRoom({ files, env }: Pick<Host, 'files' | 'env'>, { rootFolder }: Pick<Engine, 'rootFolder'>): number | undefined {
  const address = env['DOCKER_HOST'] ?? 'unix://'
  return address.startsWith('unix://') && rootFolder !== '' && files.kind(rootFolder) === 'directory'
    ? files.freeBytes(rootFolder)
    : undefined
}

/**
 * Compares the free disk with what the build may take. On a hosted runner that is short, tool folders are removed unless
 * `free-disk: off`; what is still short is told by `notice`. `root` is `/`.
 */
export async function makeRoom(
  host: Pick<Host, 'files' | 'env' | 'log' | 'discard'>,
  engine: Pick<Engine, 'rootFolder'>,
  build: BuildInputs,
  notice: (text: string) => void,
  signal: AbortSignal,
  root = '/',
): Promise<void> {
  const free = freeRoom(host, engine)
  if (free === undefined) return
  const { bytes: wanted, because } = roomFor(host.files, build)
  if (free >= wanted) return
  const why = because.length > 0 ? ` (${because.join(', ')})` : ''
  let left = free
  if (build.options.freeDisk === 'auto' && isHostedRunner(host.env)) {
    const { folders, bytes } = await freeDisk(host, root, engine.rootFolder, wanted, signal)
    left = freeRoom(host, engine) ?? left
    if (folders.length > 0)
      notice(
        `free-disk: ${bytesText(free)} were free and the build may take ${bytesText(wanted)}${why}, so ${folders.join(', ')} ${folders.length === 1 ? 'was' : 'were'} removed from this hosted runner: ${bytesText(bytes)} won.`,
      )
  }
  if (left < wanted && !signal.aborted)
    notice(`The disk of the engine has ${bytesText(left)} left, and the build may take about ${bytesText(wanted)}${why}.`)
}

type Usage = Readonly<{ Description?: string; Size?: string }>

const units: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

/** Bytes of `12.3MB`, as Docker writes it; 0 of what is none. */
export function bytesOf(size: string): number {
  const [, number = '0', unit = ''] = /^([\d.]+)([kMGT]?B)$/.exec(size.trim()) ?? []
  return Number(number) * (units[unit] ?? 0)
}

/** What a record is of, as the Dockerfile has it; layers that an engine was given have no words. */
const stepOf = (what: string) =>
  what.replace(/\s+/g, ' ').replace(/^mount \/ from exec (?:\/bin\/sh -c )?/, 'RUN ') || 'a layer of a base image'

/** The largest layers and steps that a builder keeps, from the lines of `docker buildx du --format json`. */
export function largestOf(lines: string, most: number): readonly string[] {
  const records = lines.split('\n').flatMap((line): readonly Usage[] => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line) as Usage]
    } catch {
      return []
    }
  })
  return records
    .map(({ Description: what = '', Size: size = '' }) => ({ what, size, bytes: bytesOf(size) }))
    .filter(({ bytes }) => bytes >= 1e6)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, most)
    .map(({ what, size }) => `${size} ${stepOf(what).slice(0, 120)}`)
}

/** Asks the builder what takes the most room. Says nothing where it cannot be asked. */
export async function askLargest({ capture }: Pick<Host, 'capture'>, builder: string, env: Environment): Promise<readonly string[]> {
  const argv = ['docker', 'buildx', 'du', '--builder', builder, '--format', 'json']
  const { exitCode, stdout } = await capture({ argv, env }).catch(() => ({ exitCode: 1, stdout: '' }))
  return exitCode === 0 ? largestOf(stdout, 5) : []
}
