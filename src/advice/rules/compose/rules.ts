import { textOf } from '../../../smoke/compose/config.ts'
import { servicesIn } from '../../compose-file.ts'
import type { ComposeSubject, Finding, Rule } from '../../rule.ts'
import { dependsOn, missingProgram, noHealthcheck } from './health.ts'
import { portMismatch } from './ports.ts'
import { envFile, secretInCompose } from './secrets.ts'
import { leftOutModel, sourceMounted, weightsTwice, writableModel } from './volumes.ts'

const latest: Rule<ComposeSubject> = {
  id: 'latest-in-compose',
  look: (subject) => {
    const services = servicesIn(subject.text)
    const built = new Set(services.filter(({ value }) => value['build'] !== undefined).map(({ value }) => value['image']))
    return services.flatMap((service): readonly Finding[] => {
      const image = textOf(service.value['image'])
      const line = service.keys.get('image')?.line
      // With build, here or in another service, the name is that of what is built; a variable is another's to give.
      if (line === undefined || image === '' || service.value['build'] !== undefined || built.has(image) || /[$@]/.test(image)) return []
      const [, tag] = /:([\w][\w.-]*)$/.exec(image) ?? []
      if (tag !== undefined && tag !== 'latest') return []
      return [
        {
          message: `${service.name} runs ${image}, which is another image each time it is pulled.`,
          why: 'latest moves with each release. A stack that came up yesterday fails today on a machine that pulls anew, and nobody has changed anything.',
          at: { file: subject.file, line },
          gain: {
            kind: 'risk',
            text: `A release of somebody else changes the stack. Name the version: ${image.replace(/:latest$/, '')}:1.2.3.`,
          },
        },
      ]
    })
  },
}

/** What of a compose file works on the machine of its author, or not even there. */
export const composeRules: readonly Rule<ComposeSubject>[] = [
  secretInCompose,
  envFile,
  leftOutModel,
  portMismatch,
  missingProgram,
  noHealthcheck,
  dependsOn,
  weightsTwice,
  sourceMounted,
  writableModel,
  latest,
]
