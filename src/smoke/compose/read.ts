import { ActionError } from '../../errors.ts'
import { containerVariables } from '../../host/environment.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { Problem, SmokeInputs } from '../../inputs/inputs.ts'
import { nearest } from '../../inputs/nearest.ts'
import { stackFaults } from './check.ts'
import { type ComposeConfig, findService, parseConfig, servicePort } from './config.ts'
import { wantsGpu } from './project.ts'

/** The user's compose stack, read and checked; `port` is what its service publishes. */
export type Stack = Readonly<{
  config: ComposeConfig
  service: string
  port?: number
  notices: readonly string[]
  /** Of the compose client: its own, and the variables that the files may use. */
  env: Environment
}>

export type StackReading = Readonly<{ kind: 'stack'; stack: Stack }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

const notInstalled = /is not a docker command|unknown (shorthand )?flag|unknown command/i

/** argv that has compose itself read its files: `.env`, `extends`, `include`, profiles and relative paths are its own business. */
function configArgv(files: readonly string[]): readonly string[] {
  return ['docker', 'compose', ...files.flatMap((file) => ['--file', file]), '--profile', '*', 'config', '--format', 'json']
}

/** The names of variables that compose took for empty. */
export function unsetVariables(stderr: string): readonly string[] {
  return [...new Set([...stderr.matchAll(/The \\?"([^"\\]+)\\?" variable is not set/g)].map(([, name = '']) => name))]
}

/**
 * Reads the compose files, before anything is built or started; the engine is not asked. Variables in them come from
 * run-env and from their `.env`. @throws ActionError tool-missing where docker has no compose plugin
 */
export async function readStack(
  host: Host,
  { files, service: given }: NonNullable<SmokeInputs['compose']>,
  runEnv: Environment,
  clientEnv: Environment,
): Promise<StackReading> {
  const env = { ...clientEnv, ...containerVariables(runEnv).env }
  const shown = files.join(', ')
  const refused = (input: string, value: string, reasons: readonly string[], example: string): StackReading => ({
    kind: 'problems',
    problems: reasons.map((reason) => ({ input, value, reason, example })),
  })
  const { exitCode, stdout, stderr } = await host.capture({ argv: configArgv(files), env })
  if (exitCode !== 0) {
    const said = stderr
      .trim()
      .split('\n')
      .filter((line) => !/level=warning/.test(line))
    if (notInstalled.test(stderr)) throw new ActionError('tool-missing', `"docker compose" is not there (${said[0] ?? ''}).`)
    return refused('compose-file', shown, [`is refused by docker compose: ${said.join(' ').slice(0, 500)}`], 'docker-compose.yml')
  }
  const config = parseConfig(stdout)
  const service = findService(config, given)
  const names = Object.keys(config.services)
  if (service === undefined) {
    const near = given === undefined ? undefined : nearest(given, names)
    const reason =
      given === undefined
        ? `must name the service that is this image: ${names.join(', ')}`
        : `is no service of ${shown}${near ? `; did you mean ${near}` : `, which has ${names.join(', ') || 'none'}`}`
    return refused('compose-service', given ?? '', [reason], near ?? names[0] ?? 'api')
  }
  const faults = stackFaults(config, service, host.files)
  if (faults.length > 0) return refused('compose-file', shown, faults, 'docker-compose.yml')
  const port = servicePort(config.services[service] ?? {})
  const notices = unsetVariables(stderr).map(
    (name) => `${shown} uses $${name}, which is not set: it is empty. Give it in run-env, or in the .env of the stack.`,
  )
  return { kind: 'stack', stack: { config, service, ...(port === undefined ? {} : { port }), notices, env } }
}

/** What of the stack tells that its service is for a GPU. */
export function stackWantsGpu({ config, service }: Stack): string | undefined {
  return wantsGpu(config.services[service] ?? {}) ? `service ${service} of the compose stack` : undefined
}
