import { join } from 'node:path'
import type { Runnable } from '../build/image.ts'
import type { Environment, Host } from '../host/host.ts'
import { Invalid } from '../inputs/parse.ts'
import { tail } from '../outcome.ts'
import { containerName, removeContainer, runLabel } from '../smoke/container.ts'

const copyTimeoutMs = 60_000

/** argv of a container that is never started: a view of the files of an image. */
function createArgv(name: string, runId: string, { id, platform }: Runnable): readonly string[] {
  return [
    ...['docker', 'create', '--pull', 'never', '--name', name, '--label', `${runLabel}=${runId}`, '--network', 'none'],
    ...(platform === undefined ? [] : ['--platform', platform]),
    // An image without a command has none to be created with; it is not run.
    ...[id, 'none'],
  ]
}

/**
 * The text of a file in an image, by a container that is not started. Links are followed inside the image.
 * @throws Invalid when there is no such file, or it is larger than `largest` (bytes)
 */
export async function readFromImage(
  host: Host,
  runnable: Runnable,
  path: string,
  largest: number,
  env: Environment,
  signal: AbortSignal,
): Promise<string> {
  const name = `${containerName(host.runId)}-files-${runnable.id.replace(/[^a-f0-9]/g, '').slice(-8)}`
  host.leave({ kind: 'containers', runId: host.runId })
  const created = await host.capture({ argv: createArgv(name, host.runId, runnable), env })
  if (created.exitCode !== 0) throw new Invalid(`cannot be read: docker create says ${created.stderr.trim().split('\n').at(-1) ?? ''}`)
  const folder = host.files.makeTemp('metrics')
  try {
    host.leave({ kind: 'folder', path: folder })
    const file = join(folder, 'file')
    const said = tail(5)
    const argv = ['docker', 'cp', '--follow-link', `${name}:${path}`, file]
    const ended = await host.stream({ argv, env }, { signal, timeoutMs: copyTimeoutMs, onLine: said.push })
    if (ended.kind === 'timeout') throw new Invalid(`did not come out of the image in ${copyTimeoutMs / 1000} s`)
    if (ended.kind !== 'exited' || ended.exitCode !== 0) {
      const missing = said.lines.some((line) => /could not find the file|no such file|not found/i.test(line))
      throw new Invalid(missing ? 'is not in the image' : `cannot be copied out of the image (${said.lines.at(-1) ?? 'stopped'})`)
    }
    if (host.files.kind(file) === 'directory') throw new Invalid('is a folder of the image, not a file')
    if ((host.files.stat(file)?.bytes ?? 0) > largest) throw new Invalid(`is larger than ${largest >> 20} MiB: no file of metrics`)
    const text = host.files.readUntrusted(file)
    if (text === undefined) throw new Invalid('is no file that can be read')
    return text
  } finally {
    host.files.remove(folder)
    await removeContainer(host, name, env)
  }
}
