import { posix } from 'node:path'
import { expandVariables } from '../../../build/dockerfile.ts'
import type { Instruction } from '../../../build/instruction.ts'
import { copyOf, folderAt } from '../../chain.ts'
import type { Edit } from '../../diff.ts'
import { before, changed, fixOf, replaced } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { serverCommand } from '../../server.ts'
import { commandsOf } from '../../shell.ts'
import { referenceOf } from './base.ts'

/** Base images whose user is root, by what they are made of; of others it is not known. */
const asRoot =
  /^(python|debian|ubuntu|alpine|nvidia\/cuda|nvcr\.io\/nvidia\/.+|pytorch\/pytorch|tensorflow\/tensorflow|continuumio\/.+|condaforge\/.+|tiangolo\/.+|ghcr\.io\/astral-sh\/uv)$/

/** The server runs as root. */
export const rootUser: Rule<DockerfileSubject> = {
  id: 'root-user',
  look: (subject) => {
    const { chain, target } = subject
    const user = chain.findLast(({ keyword }) => keyword === 'USER')
    const said = user && expandVariables(user.rest, subject.args)
    if (said !== undefined && !/^(root|0)(:|$)/.test(said)) return []
    const { name, tag } = referenceOf(subject.base)
    if ((said === undefined && !asRoot.test(name)) || !serverCommand(subject)) return []
    const alpine = /alpine/.test(`${name}:${tag}`)
    const add = alpine ? 'adduser -D -u 10001 app' : 'useradd --create-home --uid 10001 app'
    const command = target.instructions.find(({ keyword }) => /^(CMD|ENTRYPOINT)$/.test(keyword))
    const lines = [`RUN ${add}`, 'USER app']
    const end = { line: (target.instructions.at(-1) ?? target.from).end + 1, remove: 0, insert: lines }
    const later = user && command && user.line > command.line
    return [
      {
        message: said === undefined ? 'The server runs as root: there is no USER.' : `The server runs as root: USER ${said}.`,
        why: 'Whoever breaks into the server (a pickle runs code when it is loaded) has all rights in the container, and clusters refuse such pods.',
        at: { file: subject.file, line: user?.line ?? command?.line ?? target.from.line },
        ...fixOf(subject, [command && !later ? before(subject, command, lines) : end]),
        gain: { kind: 'risk', text: 'all rights in the container for who breaks in' },
      },
    ]
  },
}

const changes = /^(chown|chmod)\s+((?:-\S+\s+)*)(\S+)\s+(.+)$/
const makesUser = /^(?:useradd|adduser|addgroup|groupadd)\b/

/** `app:app` as it is, `$USER` not known. */
const plainOwner = (owner: string) => (/^[\w.-]+(:[\w.-]*)?$/.test(owner) ? owner : undefined)

/** A recursive chown or chmod writes all that it touches into a second layer. */
export const chownCopies: Rule<DockerfileSubject> = {
  id: 'chown-copies',
  look: (subject) => {
    const { args } = subject
    return subject.lineage.flatMap((stage) =>
      stage.instructions.flatMap((run, index) => {
        const commands = commandsOf(run)
        const [found] = commands.flatMap((command) => {
          const [, program, flags = '', what = '', paths = ''] = changes.exec(command) ?? []
          return program !== undefined && /-\w*R|--recursive/.test(flags) ? [{ program, what, paths }] : []
        })
        if (!found) return []
        const folder = folderAt(stage, run, args)
        const touched = found.paths.split(/\s+/).map((path) => posix.resolve(folder, path.replace(/["']/g, '')))
        const copies = stage.instructions.slice(0, index).filter((instruction) => {
          const copy = copyOf(instruction)
          if (!copy) return false
          const to = posix.resolve(folderAt(stage, instruction, args), copy.to)
          return touched.some((path) => to === path || to.startsWith(`${path}/`))
        })
        if (copies.length === 0) return []
        const bytes = copies.flatMap((copy) => sizes(subject, copy)).reduce((sum, one) => sum + one, 0)
        const fix =
          found.program === 'chown'
            ? ownedFix(subject, stage.instructions.slice(0, index), run, copies, plainOwner(found.what))
            : modeFix(subject, run, copies, found.what)
        return [
          {
            message: `${found.program} -R writes what COPY has brought (line ${copies.map(({ line }) => line).join(', ')}) into the image a second time.`,
            why: 'A layer holds whole files: a change of owner or mode stores the file again, the weights too.',
            at: { file: subject.file, line: run.line },
            ...fix,
            gain: { kind: 'size', ...(bytes > 0 ? { bytes } : {}) },
          },
        ]
      }),
    )
  },
}

function sizes({ sent, args }: DockerfileSubject, copy: Instruction): readonly number[] {
  const taken = copyOf(copy)
  if (!taken || taken.from !== undefined) return []
  const sources = taken.sources.map((source) =>
    expandVariables(source, args)
      .replace(/^(\.?\/)+|\/+$/g, '')
      .replace(/^\.$/, ''),
  )
  return sent.paths
    .filter((path) => sources.some((source) => source === '' || path === source || path.startsWith(`${source}/`)))
    .map(sent.bytes)
}

const withFlag = (subject: DockerfileSubject, copy: Instruction, flag: string) =>
  changed(subject, copy, /^(\s*(?:COPY|ADD))\b/i, `$1 ${flag}`)

/** COPY gives the owner, and the folder alone is changed behind it; who owns must be made before. */
function ownedFix(
  subject: DockerfileSubject,
  earlier: readonly Instruction[],
  run: Instruction,
  copies: readonly Instruction[],
  owner: string | undefined,
): { fix?: string } {
  const [first] = copies
  if (owner === undefined || !first || copies.some((copy) => copyOf(copy)?.owner !== undefined)) return {}
  const makers = [...earlier, run].filter((instruction) => commandsOf(instruction).some((command) => makesUser.test(command)))
  const late = makers.filter(({ line }) => line > first.line)
  const numeric = /^\d+(:\d+)?$/.test(owner)
  if (!numeric && makers.length === 0) return {}
  const own = late.includes(run)
  if (late.some((maker) => maker !== run && !commandsOf(maker).every((command) => makesUser.test(command)))) return {}
  const making = own ? commandsOf(run).filter((command) => makesUser.test(command)) : []
  const moved = [
    ...late.filter((maker) => maker !== run).map(({ text }) => text),
    ...(making.length > 0 ? [`RUN ${making.join(' && ')}`] : []),
  ]
  const rest = commandsOf(run)
    .filter((command) => !making.includes(command))
    .map((command) => (/^chown\s/.test(command) ? command.replace(/\s-\w*R\w*(?=\s)|\s--recursive(?=\s)/, '') : command))
  const edits: (Edit | undefined)[] = copies.map((copy) => withFlag(subject, copy, `--chown=${owner}`))
  const top = moved.length > 0 && !numeric ? [before(subject, first, moved)] : []
  const gone = numeric ? [] : late.filter((maker) => maker !== run).map((maker) => replaced(maker, []))
  return fixOf(subject, [
    ...top,
    ...edits,
    ...gone,
    replaced(run, rest.length === 0 ? [] : [`RUN ${rest.join(' \\\n    && ')}`].flatMap((text) => text.split('\n'))),
  ])
}

function modeFix(subject: DockerfileSubject, run: Instruction, copies: readonly Instruction[], mode: string): { fix?: string } {
  const alone = commandsOf(run).length === 1
  if (!alone || !/^[0-7]{3,4}$/.test(mode)) return {}
  return fixOf(subject, [...copies.map((copy) => withFlag(subject, copy, `--chmod=${mode}`)), replaced(run, [])])
}
