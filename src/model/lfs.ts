import { join } from 'node:path'
import type { Environment, Host } from '../host/host.ts'
import { largestPointer, lfsPointer } from './digest.ts'

/** A file of the index of git as it was when git last looked at it. */
type Indexed = Readonly<{ path: string; modifiedMs: number }>

/** Reads `git ls-files --debug -z`. Its form is not promised; what is not of it is not there. */
export function readIndex(text: string): readonly Indexed[] {
  const entry = /([^\0\n]+)\0 +ctime: \S+\n +mtime: (\d+):(\d+)\n.*\n.*\n +size: .*(?:\n|$)/g
  return [...text.matchAll(entry)].map(([, path = '', seconds, nanoseconds]) => ({
    path,
    modifiedMs: Number(seconds) * 1000 + Number(nanoseconds) / 1e6,
  }))
}

/**
 * The sha256 (hex) of files that git has by Git LFS, without reading them: the index holds their pointers. Only of files
 * that are as they were checked out, by their time in the index and their size in the pointer. `git status` would tell
 * it too, but may read all of a large file to do so. Nothing where there is no git.
 */
export async function checkedOutPointers(
  host: Pick<Host, 'capture' | 'files'>,
  folder: string,
  paths: readonly string[],
  env: Environment,
): Promise<ReadonlyMap<string, string>> {
  const ask = async (input: string, ...args: readonly string[]): Promise<string> => {
    const command = { argv: ['git', '-c', 'safe.directory=*', ...args], cwd: folder, env, input }
    const answer = await host.capture(command).catch(() => undefined)
    return answer?.exitCode === 0 ? answer.stdout : ''
  }
  const named = paths.filter((path) => !/[\0\n]/.test(path))
  const objects = (wanted: readonly string[]) => wanted.map((path) => `:./${path}\n`).join('')
  const [index, sizes] = await Promise.all([
    ask('', 'ls-files', '--debug', '-z', '--', ...named.map((path) => `:(literal)${path}`)),
    ask(objects(named), 'cat-file', '--batch-check'),
  ])
  const answers = sizes.split('\n')
  const same = new Map(readIndex(index).map((entry) => [entry.path, entry]))
  // What is larger is no pointer, and nothing to be read into memory.
  const candidates = named.filter((path, i) => {
    const [, bytes] = /^\S+ blob (\d+)$/.exec(answers[i] ?? '') ?? []
    const [was, is] = [same.get(path), host.files.stat(join(folder, path))]
    const untouched = was && is && Math.abs(was.modifiedMs - is.modifiedMs) < 1
    return bytes !== undefined && Number(bytes) < largestPointer && untouched
  })
  if (candidates.length === 0) return new Map()
  // One object a time after its header; a pointer is told by its form, whatever else is there.
  const pointers = (await ask(objects(candidates), 'cat-file', '--batch')).split(/^[0-9a-f]{40,64} blob \d+\n/m).slice(1)
  return new Map(
    candidates.flatMap((path, i) => {
      const pointer = lfsPointer((pointers[i] ?? '').replace(/\n$/, ''))
      return pointer && pointer.bytes === host.files.stat(join(folder, path))?.bytes ? [[path, pointer.sha256] as const] : []
    }),
  )
}
