import { basename, dirname, join } from 'node:path'
import type { Host } from '../host/host.ts'

/** Folders of tools on GitHub's hosted runners that no image build needs; the largest that go the fastest first. */
const toolFolders: readonly string[] = [
  ...['opt/hostedtoolcache/CodeQL', 'opt/ghc', 'usr/local/.ghcup', 'usr/share/swift', 'usr/share/dotnet', 'usr/local/julia1.11.7'],
  ...['usr/local/lib/android', 'usr/local/share/powershell', 'usr/local/share/chromium', 'opt/az'],
]

/**
 * Whether this machine is one of GitHub's own, thrown away after the job. act says `ImageOS` too, and may run in the
 * laptop itself.
 */
export function isHostedRunner(job: Readonly<Record<string, string | undefined>>): boolean {
  return job['RUNNER_ENVIRONMENT'] === 'github-hosted' && !!job['ImageOS'] && !job['ACT'] && job['GITHUB_ACTIONS'] === 'true'
}

/** What was removed, and the bytes won by it. */
export type Freed = Readonly<{ folders: readonly string[]; bytes: number }>

/**
 * Removes tool folders, one after the other, until `disk` has `wanted` bytes free, there are no more, or `signal` says
 * stop. Only for a machine for which `isHostedRunner` holds. `root` is `/`.
 */
export async function freeDisk(
  { files, discard }: Pick<Host, 'files' | 'discard'>,
  root: string,
  disk: string,
  wanted: number,
  signal: AbortSignal,
): Promise<Freed> {
  const before = files.freeBytes(disk) ?? 0
  const folders: string[] = []
  // By its own kind: a link, to wherever, is not one of these folders.
  const isThere = (path: string) => files.contents(dirname(path)).some(({ name, kind }) => name === basename(path) && kind === 'directory')
  for (const folder of toolFolders) {
    const path = join(root, folder)
    if (signal.aborted || (files.freeBytes(disk) ?? wanted) >= wanted) break
    if (!isThere(path)) continue
    await discard(path)
    if (!isThere(path)) folders.push(path)
  }
  return { folders, bytes: Math.max(0, (files.freeBytes(disk) ?? 0) - before) }
}
