import { join } from 'node:path'
import { childEnvironment } from '../host/environment.ts'
import type { Command, Ended, Environment, Host } from '../host/host.ts'
import { failed, type Outcome, passed, stopped, tail } from '../outcome.ts'
import { type DependencyCache, dependencyCache, type Restored, restoreDependencies } from './dependency-cache.ts'
import { type FoundPython, findPython, matches, type WantedPython } from './python.ts'
import { type Requirements, requirementsText } from './requirements.ts'
import { findUv } from './uv.ts'

/** What the tests need beside the project's own requirements: pytest, and what FastAPI's TestClient imports. */
export const testPackages = ['pytest', 'httpx']

/** The variables that make a virtual environment the Python in use; none for that of the job. */
export type PythonEnvironment = Readonly<{
  variables: Environment
  python: string
  version?: string
  how: string
  /** The cache of packages that was in use, to be saved when the tests are green. */
  cache?: Readonly<{ cache: DependencyCache; restored: Restored }>
}>

/** What to install from: arguments of pip and uv alike. */
type Sources = readonly string[]

/** The command that makes a virtual environment at `venv`. */
export function venvCommand(uv: string | undefined, python: FoundPython, venv: string): readonly string[] {
  return uv ? [uv, 'venv', '--quiet', '--no-project', '--python', python.python, venv] : [python.python, '-m', 'venv', venv]
}

/** The command that installs into it. */
export function installCommand(uv: string | undefined, venv: string, sources: Sources): readonly string[] {
  const python = join(venv, 'bin', 'python')
  return uv
    ? // The strategy that pip has: the best version of all indexes.
      [uv, 'pip', 'install', '--python', python, '--index-strategy', 'unsafe-best-match', ...sources]
    : [python, '-m', 'pip', 'install', '--disable-pip-version-check', ...sources]
}

/** The project in the working directory itself, with extras of it. */
export function packageSource(extras: readonly string[]): string {
  return extras.length > 0 ? `.[${extras.join(',')}]` : '.'
}

/** Arguments for what was found; lists worked out are written to a file in `folder`. */
async function sourcesOf(
  host: Host,
  requirements: Requirements,
  uv: string | undefined,
  folder: string,
  cwd: string,
  env: Environment,
): Promise<Outcome<Sources>> {
  const writeList = (lines: readonly string[]): Sources => {
    const path = join(folder, 'requirements.txt')
    host.files.writePrivate(path, `${lines.join('\n')}\n`)
    return ['-r', path]
  }
  const listed = (lines: readonly string[]): Outcome<Sources> => passed(writeList(lines))
  switch (requirements.kind) {
    case 'files':
      return passed(requirements.files.flatMap((file) => ['-r', file]))
    case 'lines':
      return listed(requirements.lines)
    case 'project':
      return passed([packageSource(requirements.extras), ...(requirements.lines.length > 0 ? writeList(requirements.lines) : [])])
    case 'uv-lock': {
      if (!uv) return failed('tests-install-failed', 'uv.lock needs uv, which is not on PATH and could not be fetched.')
      const parts = [
        ...requirements.extras.flatMap((name) => ['--extra', name]),
        ...requirements.groups.flatMap((name) => ['--group', name]),
      ]
      const argv = [uv, 'export', '--quiet', '--frozen', '--no-emit-project', '--no-hashes', ...parts]
      const { exitCode, stdout, stderr } = await host.capture({ argv, env, cwd })
      return exitCode === 0
        ? listed(stdout.split('\n'))
        : failed('tests-install-failed', 'uv.lock could not be read.', stderr.trim().split('\n'))
    }
    case 'unsupported':
      return failed('tests-install-failed', `${requirements.file} cannot be installed by this action: ${requirements.remedy}.`)
    case 'job':
    case 'none':
      return passed([])
  }
}

export type EnvironmentRequest = Readonly<{ folder: string; cwd: string; requirements: Requirements; wanted: WantedPython | undefined }>

/** Makes a throw-away environment below `folder` and installs into it; by uv, or by pip where uv cannot be had. */
export async function makeEnvironment(
  host: Host,
  { folder, cwd, requirements, wanted }: EnvironmentRequest,
  print: (line: string) => void,
  notice: (text: string) => void,
  signal: AbortSignal,
): Promise<Outcome<PythonEnvironment>> {
  if (requirements.kind === 'job') return passed({ variables: {}, python: 'python3', how: requirementsText(requirements) })
  const env = childEnvironment('installer', host.env)
  const finding = findUv(host, folder, env)
  let python = await findPython(host, wanted, finding, env)
  const uv = await finding
  const last = tail(20, print)
  const run = async (argv: Command['argv'], more: Environment = {}, onLine: (line: string) => void = last.push) =>
    await host.stream({ argv, env: { ...env, ...more }, cwd }, { signal, onLine })
  const venv = join(folder, 'venv')
  if (wanted?.from === 'python-version' && python.version !== undefined && !matches(python.version, wanted.version)) {
    return failed(
      'tests-install-failed',
      `Python ${wanted.version} is not on this machine (it has ${python.version}), and without uv it cannot be fetched.`,
    )
  }
  const cache = uv ? dependencyCache(host, cwd, requirements, python.version ?? wanted?.version) : undefined
  const restoring = cache ? restoreDependencies(host, cache) : undefined
  // Started before uv makes its folder: one that is filled is not restored to.
  const sources = await sourcesOf(host, requirements, uv, folder, cwd, env)
  if (sources.kind !== 'passed') return sources
  let made = await run(venvCommand(uv, python, venv))
  if (python.managed && wanted?.from !== 'python-version' && made.kind === 'exited' && made.exitCode !== 0) {
    notice(`Python ${python.python} (${wanted?.from}) is not on this machine and could not be fetched; testing with python3.`)
    python = await findPython(host, undefined, finding, env)
    made = await run(venvCommand(uv, python, venv))
  }
  if (made.kind === 'stopped') return stopped
  if (made.kind !== 'exited' || made.exitCode !== 0)
    return failed('tests-install-failed', `No environment with ${python.python} could be made.`, last.lines)
  const wantedSources = [...sources.value, ...testPackages]
  const restored = await restoring
  // A cache that is still being written is left alone.
  const own: Environment = restored?.kind === 'late' ? { UV_CACHE_DIR: join(folder, 'uv-cache') } : {}
  let installer = uv ? 'uv' : 'pip'
  let installed: Ended | undefined
  if (restored?.kind === 'exact') {
    const lines: string[] = []
    const offline = await run([...installCommand(uv, venv, wantedSources), '--offline'], own, (line) => lines.push(line))
    if (offline.kind !== 'exited' || offline.exitCode === 0) {
      installed = offline
      for (const line of lines) last.push(line)
    }
  }
  installed ??= await run(installCommand(uv, venv, wantedSources), own)
  if (uv && installed.kind === 'exited' && installed.exitCode !== 0) {
    notice('uv could not install the requirements; trying once more with pip.')
    installer = 'pip'
    const pip = await run([uv, 'pip', 'install', '--quiet', '--python', join(venv, 'bin', 'python'), 'pip'])
    installed = pip.kind === 'exited' && pip.exitCode === 0 ? await run(installCommand(undefined, venv, wantedSources)) : pip
  }
  if (installed.kind === 'stopped') return stopped
  const what = requirementsText(requirements)
  if (installed.kind !== 'exited' || installed.exitCode !== 0) {
    return failed('tests-install-failed', `${what} with ${testPackages.join(' and ')} could not be installed (${installer}).`, last.lines)
  }
  const bin = join(venv, 'bin')
  const source =
    host.files.kind(join(cwd, 'src')) === 'directory' ? { PYTHONPATH: [join(cwd, 'src'), env['PYTHONPATH']].filter(Boolean).join(':') } : {}
  return passed({
    variables: { VIRTUAL_ENV: venv, PATH: `${bin}:${env['PATH'] ?? ''}`, ...source },
    python: join(bin, 'python'),
    ...(python.version ? { version: python.version } : {}),
    ...(cache && restored ? { cache: { cache, restored } } : {}),
    how: `Python ${python.version ?? ''} (${wanted && matches(python.version, wanted.version) ? wanted.from : 'of the job'}), ${installer}${restored?.kind === 'exact' || restored?.kind === 'near' ? ' with the cache of an earlier run' : ''}, ${what}`,
  })
}
