import type { Files } from '../../host/host.ts'
import { type ComposeConfig, closure, listOf, objectOf, textOf, unescaped } from './config.ts'

const eachOf = (config: ComposeConfig, names: readonly string[]) => names.map((name) => [name, config.services[name] ?? {}] as const)

/**
 * Why the stack cannot stand beside other runs, or would not be what the user means. A bind source that is missing
 * would be made by the engine, empty, and hide what the image has there.
 * @returns reasons, each the end of a sentence about the compose file
 */
export function stackFaults(config: ComposeConfig, service: string, files: Pick<Files, 'realPath'>): readonly string[] {
  const faults: string[] = []
  const names = closure(config.services, service)
  const missing = (path: string) => path !== '' && files.realPath(unescaped(path)) === undefined
  for (const [name, definition] of eachOf(config, names)) {
    for (const volume of listOf(definition['volumes']).map(objectOf)) {
      const source = textOf(volume['source'])
      if (volume['type'] === 'bind' && missing(source))
        faults.push(`mounts ${unescaped(source)} into ${name}, which is not there: the engine would make an empty folder of it`)
    }
    const mode = textOf(definition['network_mode'])
    if (mode === 'host') faults.push(`puts ${name} into the network of the host (network_mode), where runs would meet`)
    else if (name === service && mode !== '' && mode !== 'bridge')
      faults.push(`gives ${name} network_mode: ${mode}, which no port can be published from`)
    if (name !== service && !definition['image'] && !definition['build']) faults.push(`has a service ${name} with neither image nor build`)
  }
  for (const kind of ['secrets', 'configs'] as const) {
    const wanted = new Set(
      eachOf(config, names).flatMap(([, definition]) => listOf(definition[kind]).map((one) => objectOf(one)['source'])),
    )
    for (const [name, definition] of Object.entries(objectOf(config.top[kind]))) {
      const file = textOf(objectOf(definition)['file'])
      if (wanted.has(name) && missing(file)) faults.push(`takes ${kind.slice(0, -1)} ${name} from ${unescaped(file)}, which is not there`)
    }
  }
  return faults
}
