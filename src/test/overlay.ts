import { join } from 'node:path'
import { childEnvironment } from '../host/environment.ts'
import type { Host } from '../host/host.ts'
import { failed, type Outcome, passed, stopped, tail } from '../outcome.ts'
import { testPackages } from './environment.ts'
import { findRequirements } from './requirements.ts'
import { fetchUv, findUv } from './uv.ts'

/** The Python of an image: the command that starts it there, its version, and what it has installed (names). */
export type ImagePython = Readonly<{ command: string; version: string; platform: string; packages: readonly string[] }>

/** Run inside the image: says what Python it is, in one line of JSON. */
export const probeScript = [
  'import importlib.metadata as m, json, platform, sys',
  'musl = platform.libc_ver()[0] != "glibc"',
  'print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "machine": platform.machine(), "musl": musl,',
  '  "packages": sorted({d.metadata["Name"] for d in m.distributions() if d.metadata["Name"]})}))',
].join('\n')

/** Reads what `probeScript` printed; undefined when that is something else. */
export function readProbe(command: string, stdout: string): ImagePython | undefined {
  try {
    const { version, machine, musl, packages } = JSON.parse(stdout) as Readonly<Record<string, unknown>>
    if (
      typeof version !== 'string' ||
      typeof machine !== 'string' ||
      !Array.isArray(packages) ||
      !packages.every((name) => typeof name === 'string')
    )
      return undefined
    return { command, version, platform: `${machine}-${musl ? 'unknown-linux-musl' : 'manylinux_2_28'}`, packages }
  } catch {
    return undefined
  }
}

/** Requirements that only the tests have: not the image's own, which are in it. */
function testOnly(host: Host, cwd: string, given: readonly string[] | 'none' | undefined): readonly string[] {
  if (given === 'none') return []
  if (given !== undefined) return given.flatMap((file) => ['-r', join(cwd, file)])
  const found = findRequirements(host.files, cwd, undefined)
  if (found.kind === 'files') return found.files.filter((file) => file !== 'requirements.txt').flatMap((file) => ['-r', join(cwd, file)])
  return []
}

/**
 * Puts pytest and the test-only packages into a folder, for the Python of the image. What the image has is left out,
 * so that nothing of the image is hidden by it.
 */
export async function makeOverlay(
  host: Host,
  at: Readonly<{ folder: string; cwd: string; given: readonly string[] | 'none' | undefined; lines: readonly string[] }>,
  python: ImagePython,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const env = childEnvironment('installer', host.env)
  const target = join(at.folder, 'overlay')
  const excludes = join(at.folder, 'in-the-image.txt')
  host.files.writePrivate(excludes, `${python.packages.join('\n')}\n`)
  const wanted = [...testOnly(host, at.cwd, at.given), ...at.lines, ...testPackages]
  const forImage = ['--target', target, '--python', 'python3', '--python-version', python.version, '--python-platform', python.platform]
  const last = tail(20, print)
  const install = (uv: string) =>
    host.stream(
      { argv: [uv, 'pip', 'install', ...forImage, '--only-binary', ':all:', '--excludes', excludes, ...wanted], env, cwd: at.cwd },
      {
        signal,
        onLine: last.push,
      },
    )
  let uv = await findUv(host, at.folder, env)
  if (!uv) return failed('tests-install-failed', 'test-in: image needs uv, which is not on PATH and could not be fetched.')
  let ended = await install(uv)
  if (ended.kind === 'exited' && ended.exitCode !== 0 && last.lines.some((line) => line.includes("'--excludes'"))) {
    // The job has a uv that cannot leave packages out yet.
    uv = await fetchUv(host, at.folder, env)
    if (uv) ended = await install(uv)
  }
  if (ended.kind === 'stopped') return stopped
  if (ended.kind === 'exited' && ended.exitCode === 0) return passed(target)
  return failed('tests-install-failed', `${wanted.join(' ')} could not be installed for Python ${python.version} of the image.`, last.lines)
}
