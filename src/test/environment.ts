import { join } from 'node:path'
import { childEnvironment } from '../host/environment.ts'
import type { Command, Environment, Host } from '../host/host.ts'
import { failed, type Outcome, passed, stopped, tail } from '../outcome.ts'

/** What the tests need beside the project's own requirements: pytest, and what FastAPI's TestClient imports. */
export const testPackages = ['pytest', 'httpx']

/** The variables that make a virtual environment the Python in use; none for that of the job. */
export type PythonEnvironment = Readonly<{ variables: Environment; python: string; how: string }>

export type Installer = 'uv' | 'pip'

/** The commands that make a throw-away environment in `venv`, one after the other. */
export function installCommands(
  installer: Installer,
  venv: string,
  requirements: readonly string[],
  cwd: string,
  env: Environment,
): readonly Command[] {
  const python = join(venv, 'bin', 'python')
  const wanted = [...requirements.flatMap((file) => ['-r', file]), ...testPackages]
  const commands =
    installer === 'uv'
      ? [
          ['uv', 'venv', '--quiet', '--no-project', '--python', 'python3', venv],
          // The strategy that pip has: the best version of all indexes.
          ['uv', 'pip', 'install', '--python', python, '--index-strategy', 'unsafe-best-match', ...wanted],
        ]
      : [
          ['python3', '-m', 'venv', venv],
          [python, '-m', 'pip', 'install', '--disable-pip-version-check', ...wanted],
        ]
  return commands.map((argv) => ({ argv, env, cwd }))
}

/** The environment of the job, as it is. */
export function jobEnvironment(): PythonEnvironment {
  return { variables: {}, python: 'python3', how: 'the environment of the job' }
}

/** Makes the throw-away environment below `folder` and installs into it. */
export async function makeEnvironment(
  host: Host,
  at: Readonly<{ folder: string; cwd: string; requirements: readonly string[] }>,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Outcome<PythonEnvironment>> {
  const env = childEnvironment('installer', host.env)
  const uv = await host.capture({ argv: ['uv', '--version'], env }).catch(() => undefined)
  const installer: Installer = uv?.exitCode === 0 ? 'uv' : 'pip'
  const venv = join(at.folder, 'venv')
  const last = tail(20)
  for (const command of installCommands(installer, venv, at.requirements, at.cwd, env)) {
    const ended = await host.stream(command, {
      signal,
      onLine: (line) => {
        last.push(line)
        print(line)
      },
    })
    if (ended.kind === 'stopped') return stopped
    if (ended.kind !== 'exited' || ended.exitCode !== 0) {
      const what = command.argv.includes('install')
        ? `${[...at.requirements, ...testPackages].join(', ')} could not be installed`
        : 'no virtual environment could be made'
      return failed('tests-install-failed', `${what} (${installer}).`, last.lines)
    }
  }
  const bin = join(venv, 'bin')
  return passed({
    variables: { VIRTUAL_ENV: venv, PATH: `${bin}:${env['PATH'] ?? ''}` },
    python: join(bin, 'python'),
    how: `${installer}, ${at.requirements.join(', ') || 'no requirements file'}`,
  })
}
