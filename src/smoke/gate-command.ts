import type { BuiltImage } from '../build/image.ts'
import { childEnvironment } from '../host/environment.ts'
import type { Environment, Host, StageLog } from '../host/host.ts'
import { bounded, longestOutput, sanitiseLine } from '../host/sanitise.ts'
import { failed, type Outcome, passed, stopped, tail } from '../outcome.ts'
import type { Container } from './container.ts'

/** What the command can look at beside the files of the job. */
function gateVariables(image: Pick<BuiltImage, 'localName' | 'digest'>, container: Container | undefined): Environment {
  return {
    IMAGE: image.localName,
    DIGEST: image.digest,
    ...(container ? { BASE_URL: container.baseUrl, CONTAINER: container.name } : {}),
  }
}

/** The user's own last gate. It sees of the job what the tests see, and how to reach the engine; no credentials. */
export type GateCommand = Readonly<{ command: string; cwd: string; env: Environment; timeoutMs: number }>

/** Runs the command by bash, as a step of a workflow is. @returns how long it took (ms) */
export async function runGateCommand(
  host: Host,
  { command, cwd, env, timeoutMs }: GateCommand,
  image: Pick<BuiltImage, 'localName' | 'digest'>,
  container: Container | undefined,
  log: StageLog,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const start = host.now()
  const last = tail(
    50,
    bounded((line) => log.line(sanitiseLine(line))),
  )
  const given = { ...childEnvironment('engine', host.env), ...childEnvironment('code', host.env, env), ...gateVariables(image, container) }
  const ended = await host.stream(
    { argv: ['bash', '-eo', 'pipefail', '-c', command], env: given, cwd },
    { signal, timeoutMs, mostBytes: longestOutput, onLine: last.push },
  )
  if (ended.kind === 'stopped') return stopped
  if (ended.kind === 'exited' && ended.exitCode === 0) return passed(host.now() - start)
  const how = {
    exited: () => `ended with exit code ${ended.kind === 'exited' ? ended.exitCode : ''}`,
    killed: () => `was ended by ${ended.kind === 'killed' ? ended.signal : ''}`,
    timeout: () => `was still running after ${timeoutMs / 1000} s (test-timeout)`,
  }[ended.kind]()
  return failed('gate-command-failed', `gate-command ${how}.`, last.lines)
}
