import { exposedPorts } from '../../../build/dockerfile.ts'
import { objectOf } from '../../../smoke/compose/config.ts'
import { servicesIn, withDefaults } from '../../compose-file.ts'
import { commandIn, environmentIn, isOurs } from '../../compose-service.ts'
import { unifiedDiff } from '../../diff.ts'
import type { ComposeSubject, DockerfileSubject, Finding, Rule } from '../../rule.ts'
import { serverCommand } from '../../server.ts'

/** The port that the command line of a server names. */
function portIn(command: string): number | undefined {
  const [, long, bound] =
    /(?:^|\s)(?:(?:--port|--server\.port|--http-port|-p)[=\s]+["']?(\d{2,5})\b|(?:--bind|-b|--listen)[=\s]+\S*:(\d{2,5})\b)/.exec(
      command,
    ) ?? []
  return long === undefined && bound === undefined ? undefined : Number(long ?? bound)
}

/** The ports that a service listens on as far as it is written: by its command, else by that of its image and EXPOSE. */
export function portsOf(dockerfile: DockerfileSubject | undefined, command: string): readonly number[] {
  const own = portIn(command)
  if (own !== undefined || !dockerfile) return own === undefined ? [] : [own]
  const started = portIn(serverCommand(dockerfile)?.line ?? '')
  return [...new Set([...(started === undefined ? [] : [started]), ...exposedPorts(dockerfile.text, dockerfile.args)])]
}

export const portMismatch: Rule<ComposeSubject> = {
  id: 'published-port-mismatch',
  look: (subject) =>
    servicesIn(subject.text).flatMap((service): readonly Finding[] => {
      if (!isOurs(subject, service)) return []
      const ports = portsOf(subject.dockerfile, commandIn(service))
      const [listens] = ports
      if (listens === undefined || (commandIn(service) !== '' && !ports.length)) return []
      const set = new Set(environmentIn(service).map(({ value }) => value))
      return (service.keys.get('ports')?.items ?? []).flatMap(({ value, line, end }): readonly Finding[] => {
        const text = withDefaults(String(value ?? ''))
        const { target } = objectOf(value)
        const [, short] = /^(?:.*:)?(\d+)(?:\/tcp)?$/.exec(typeof value === 'object' ? '' : text) ?? []
        const port = typeof target === 'number' ? target : Number(short ?? Number.NaN)
        if (!Number.isInteger(port) || ports.includes(port) || set.has(String(port))) return []
        const lines = subject.text.split(/\r?\n/).slice(line - 1, end)
        const at = lines.findLastIndex((one) => new RegExp(`\\b${port}\\b`).test(one.replace(/\s#.*$/, '')))
        const insert = lines.map((one, index) =>
          index === at ? one.replace(new RegExp(`\\b${port}\\b(?!.*\\b${port}\\b)`), String(listens)) : one,
        )
        return [
          {
            message: `${service.name} publishes port ${port} of the container, and its server listens on ${ports.join(', ')}.`,
            why: 'In HOST:CONTAINER the second number is the port that the server listens on in the container; the first one is yours to choose.',
            at: { file: subject.file, line },
            fix: unifiedDiff(subject.file, subject.text, [{ line, remove: end - line + 1, insert }]),
            gain: { kind: 'risk', text: 'Whoever calls the published port gets no answer.' },
          },
        ]
      })
    }),
}
