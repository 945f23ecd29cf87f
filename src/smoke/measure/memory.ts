import type { Environment, Host } from '../../host/host.ts'

/** Where the kernel keeps the peak of a control group, by the lines of /proc/PID/cgroup: of version 2, then of version 1. */
export function peakFiles(cgroups: string, containerId: string): readonly string[] {
  const ours = cgroups.split('\n').flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    // A process of this machine may by chance have the number that one has on the engine's.
    return containerId !== '' && path.includes(containerId) ? [{ controllers, path }] : []
  })
  return [
    ...ours.filter(({ controllers }) => controllers === '').map(({ path }) => `/sys/fs/cgroup${path}/memory.peak`),
    ...ours
      .filter(({ controllers }) => controllers.split(',').includes('memory'))
      .map(({ path }) => `/sys/fs/cgroup/memory${path}/memory.max_usage_in_bytes`),
  ]
}

const bytesOf = (text: string | undefined): number | undefined => {
  const [digits] = /^\d+/m.exec(text ?? '') ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** The most memory that a container on this machine had so far: bytes, with what the kernel caches of its files. */
export function readPeak({ files }: Pick<Host, 'files'>, pid: number, containerId: string): number | undefined {
  const cgroups = pid > 0 ? files.readText(`/proc/${pid}/cgroup`) : undefined
  return peakFiles(cgroups ?? '', containerId)
    .map((path) => bytesOf(files.readText(path)))
    .find((bytes) => bytes !== undefined)
}

/** The same from inside the container, for an engine on another machine; undefined where the image has no `cat`. */
export async function askPeak(host: Pick<Host, 'capture'>, name: string, env: Environment): Promise<number | undefined> {
  const files = ['/sys/fs/cgroup/memory.peak', '/sys/fs/cgroup/memory/memory.max_usage_in_bytes']
  const said = await host.capture({ argv: ['docker', 'exec', name, 'cat', ...files], env }).catch(() => undefined)
  return bytesOf(said?.stdout)
}
