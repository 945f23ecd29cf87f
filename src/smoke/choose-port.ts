import { expandVariables } from '../build/dockerfile.ts'
import type { ImageConfig } from '../build/image.ts'
import type { Environment } from '../host/host.ts'

/** Where a port is known from. `default` is nobody's word: what listens may be asked. */
export type PortSource = 'input' | 'compose-file' | 'EXPOSE' | 'PORT' | 'CMD' | 'preset' | 'default' | 'listening'
export type ChosenPort = Readonly<{ port: number; from: PortSource }>

const defaultPort = 8000
const usual = [defaultPort, 8080]

function parsePort(text: string | undefined): number | undefined {
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined
}

/** Options by which servers are told their port: uvicorn, gunicorn, hypercorn, flask, waitress, bentoml, vllm, tensorflow_model_server. */
const options = [
  /(?:^|\s)--(?:port|http-port|http_port|rest_api_port)[= ]["']?(\d+)/,
  /(?:^|\s)(?:-b|--bind|--listen)[= ]?["']?(?:tcp:\/\/)?(?:\[[^\]\s]*\]|[\w.*-]*):(\d+)/,
  /(?:^|\s)-p[= ]?(\d+)/,
]

/** The port that a command line names. */
export function commandPort(command: readonly string[], env: Environment): number | undefined {
  const line = expandVariables(command.join(' '), env)
  for (const option of options) {
    const port = parsePort(option.exec(line)?.[1])
    if (port !== undefined) return port
  }
  return undefined
}

/**
 * The port of the server: as given, else what the image exposes (of several: the preset's, 8000, 8080), else `PORT` of
 * its environment, the port in its command, the preset's, 8000.
 */
export function choosePort(
  given: number | undefined,
  { exposedPorts, command }: Pick<ImageConfig, 'exposedPorts' | 'command'>,
  env: Environment,
  preset: number | undefined,
): ChosenPort {
  if (given !== undefined) return { port: given, from: 'input' }
  const preferred = preset === undefined ? usual : [preset, ...usual]
  const exposed = preferred.find((port) => exposedPorts.includes(port)) ?? exposedPorts[0]
  if (exposed !== undefined) return { port: exposed, from: 'EXPOSE' }
  const variable = parsePort(env['PORT'])
  if (variable !== undefined) return { port: variable, from: 'PORT' }
  const commanded = commandPort(command, env)
  if (commanded !== undefined) return { port: commanded, from: 'CMD' }
  return preset === undefined ? { port: defaultPort, from: 'default' } : { port: preset, from: 'preset' }
}
