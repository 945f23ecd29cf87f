import { posix } from 'node:path'
import { environmentOf, folderAt } from '../../chain.ts'
import { servicesIn } from '../../compose-file.ts'
import { environmentIn, isOurs, volumesOf } from '../../compose-service.ts'
import { comesFrom, contextCopies, landsAt, takenBy } from '../../copies.ts'
import { unifiedDiff } from '../../diff.ts'
import type { ComposeSubject, Finding, Rule } from '../../rule.ts'

const model =
  /(^|\/)(models?|weights?|checkpoints?|artifacts?|model[_-]?(store|repository|data))(\/|$)|\.(joblib|pkl|pt|pth|onnx|safetensors|gguf|h5|keras)$/i
const within = (path: string, folder: string) => folder === '/' || path === folder || path.startsWith(`${folder}/`)

export const writableModel: Rule<ComposeSubject> = {
  id: 'model-volume-writable',
  look: (subject) =>
    servicesIn(subject.text).flatMap((service) =>
      volumesOf(subject, service)
        .filter(({ isBind, target, readOnly }) => isBind && !readOnly && model.test(target))
        .map(({ target, line, end, short }): Finding => {
          const lines = subject.text.split(/\r?\n/).slice(line - 1, end)
          const [first = ''] = lines
          const [, head = '', tail = ''] = /^(\s*-\s*(?:"[^"]*|'[^']*|[^\s#"']+))(.*)$/.exec(first) ?? []
          const pad = /^\s*-\s*/.exec(first)?.[0].length ?? 0
          const insert = short ? [`${head}${/:rw$/.test(head) ? '' : ':ro'}${tail}`] : [...lines, `${' '.repeat(pad)}read_only: true`]
          return {
            message: `${service.name} may write to the model it serves: ${target} is mounted without :ro.`,
            why: 'A service reads its model. What may be written may be overwritten, by a library that updates its cache or by whoever gets into the service.',
            at: { file: subject.file, line },
            ...(head.endsWith(':rw') ? {} : { fix: unifiedDiff(subject.file, subject.text, [{ line, remove: end - line + 1, insert }]) }),
            gain: { kind: 'risk', text: 'The model on the machine changes under the service, and under all others that mount it.' },
          }
        }),
    ),
}

/** Mounts that hide what the image has from the build context, of the service that is built from it. */
function hiding(subject: ComposeSubject) {
  const { dockerfile } = subject
  if (!dockerfile) return []
  const copies = contextCopies(dockerfile).filter(({ ships }) => ships)
  return servicesIn(subject.text)
    .filter((service) => isOurs(subject, service))
    .flatMap((service) =>
      volumesOf(subject, service).flatMap((volume) => {
        if (volume.path === undefined || subject.leftOut(volume.path)) return []
        const copy = copies.find((one) => volume.path !== undefined && landsAt(one, volume.path) === volume.target)
        const above = volume.path === '' ? copies.find(({ to }) => within(to.replace(/(?<=.)\/$/, ''), volume.target)) : undefined
        const by = copy ?? above
        return by ? [{ service, volume, by }] : []
      }),
    )
}

const withoutLine = (
  { text, file }: ComposeSubject,
  service: Readonly<{ keys: ReadonlyMap<string, Readonly<{ line: number; end: number; items: readonly unknown[] }>> }>,
  { line, end }: Readonly<{ line: number; end: number }>,
) => {
  const all = service.keys.get('volumes')
  // The last entry takes its key along.
  const [from, to] = all && all.items.length === 1 ? [all.line, all.end] : [line, end]
  return unifiedDiff(file, text, [{ line: from, remove: to - from + 1, insert: [] }])
}

export const weightsTwice: Rule<ComposeSubject> = {
  id: 'weights-in-image-and-volume',
  look: (subject) =>
    hiding(subject)
      .filter(({ volume }) => volume.path !== undefined && model.test(volume.path))
      .map(({ service, volume, by }): Finding => {
        const bytes = sentBytes(subject, volume.path ?? '')
        return {
          message: `${service.name} mounts ${volume.path} over ${volume.target}, where the image has it from ${by.instruction.text}: the weights are carried twice.`,
          why: 'Either the image has the model, and is one thing that was tested as it is served, or a volume has it and the image is small. With both, the image that passed its gates is not what answers.',
          at: { file: subject.file, line: volume.line },
          fix: withoutLine(subject, service, volume),
          gain: bytes > 0 ? { kind: 'size', bytes } : { kind: 'risk', text: 'What was tested is not what answers.' },
        }
      }),
}

const sentBytes = ({ dockerfile }: ComposeSubject, folder: string) =>
  (dockerfile?.sent.paths ?? []).filter((path) => within(path, folder)).reduce((sum, path) => sum + (dockerfile?.sent.bytes(path) ?? 0), 0)

export const sourceMounted: Rule<ComposeSubject> = {
  id: 'source-mounted-over-image',
  look: (subject) =>
    hiding(subject)
      .filter(({ volume }) => !model.test(volume.path ?? ''))
      .map(
        ({ service, volume, by }): Finding => ({
          message: `${service.name} mounts ${volume.path === '' ? 'the project' : volume.path} over ${volume.target}, where the image has its code from ${by.instruction.text}.`,
          why: 'What runs is what lies on the machine, and no longer the image that passed its gates. While you write code, docker compose watch or a compose.override.yaml does the same without being part of the stack.',
          at: { file: subject.file, line: volume.line },
          fix: withoutLine(subject, service, volume),
          gain: { kind: 'risk', text: 'What was tested is not what runs.' },
        }),
      ),
}

const pathName = /(^|_)(MODEL|WEIGHTS|CHECKPOINT|ARTIFACT)S?(_(PATH|DIR|FILE|URI|NAME|LOCATION))?$/

export const leftOutModel: Rule<ComposeSubject> = {
  id: 'model-left-out',
  look: (subject) => {
    const { dockerfile } = subject
    if (!dockerfile) return []
    const copies = contextCopies(dockerfile).filter(({ ships }) => ships)
    const folder = folderAt(dockerfile.target, { ...dockerfile.target.from, line: Number.POSITIVE_INFINITY }, dockerfile.args)
    return servicesIn(subject.text).flatMap((service): readonly Finding[] => {
      if (!isOurs(subject, service)) return []
      const volumes = volumesOf(subject, service)
      const own = environmentIn(service)
      const inherited = Object.entries(environmentOf(dockerfile)).map(([name, value]) => ({ name, value, line: service.line }))
      return [...own, ...inherited.filter(({ name }) => !own.some((one) => one.name === name))].flatMap(
        ({ name, value, line }): readonly Finding[] => {
          if (!pathName.test(name) || !/[/.]/.test(value) || /[:$]/.test(value)) return []
          const path = posix.resolve(folder, value)
          const from = comesFrom(copies, path)
          const above = from === undefined ? [] : from.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
          if (from === undefined || !takenBy(copies, from) || !above.some(subject.leftOut)) return []
          if (volumes.some(({ target }) => within(path, target))) return []
          return [
            {
              message: `${name} of ${service.name} names ${value}, which .dockerignore keeps out of the image (${from}), and no volume brings it.`,
              why: 'The image has to have its model, or a volume has to: a service that finds none ends, or answers "not loaded".',
              at: { file: subject.file, line },
              gain: { kind: 'risk', text: 'The service has no model.' },
            },
          ]
        },
      )
    })
  },
}
