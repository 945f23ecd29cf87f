import { posix } from 'node:path'
import type { Instruction } from '../../../build/instruction.ts'
import { isModelFile } from '../../../model/artefacts.ts'
import { broughtBy, copiesAll, copyOf, folderAt, neededStages } from '../../chain.ts'
import { behind, changed, fixOf, rawLines, replaced } from '../../edit.ts'
import type { DockerfileSubject, Finding, Rule, Stage } from '../../rule.ts'
import { commandsOf, installFiles, pipInstall, systemPackages } from '../../shell.ts'

/** How a RUN installs: what it reads of the project, or nothing that is known. */
type Install = Readonly<{ files: readonly string[]; alter?: readonly [RegExp, string] }>

const local = /(?:^|\s)(?:-e\s|--editable[\s=])?["']?\.{1,2}(?:\/\S*)?(?:\[\S*\])?["']?(?=\s|$)/

function installOf(instruction: Instruction): Install | undefined {
  const found = commandsOf(instruction).flatMap((command): readonly Install[] => {
    const pip = pipInstall(command)
    if (pip) return local.test(pip.arguments) ? [] : [{ files: installFiles(pip.arguments) }]
    const [, environment] = /^(?:\S*\/)?(?:conda|mamba|micromamba)\s.*(?:-f|--file|-n\s+base\s+-f)[\s=](\S+)/.exec(command) ?? []
    if (environment !== undefined) return [{ files: [environment] }]
    if (/^(?:\S*\/)?uv\s+sync\b(?!.*--no-install-(project|workspace))/.test(command))
      return [{ files: ['pyproject.toml', 'uv.lock'], alter: [/\buv\s+sync\b/, 'uv sync --no-install-project'] }]
    if (/^(?:\S*\/)?poetry\s+install\b/.test(command))
      return [
        {
          files: ['pyproject.toml', 'poetry.lock'],
          ...(/--no-root|--only-root/.test(command) ? {} : { alter: [/\bpoetry\s+install\b/, 'poetry install --no-root'] as const }),
        },
      ]
    return []
  })
  return found.length === 0 ? undefined : { files: found.flatMap(({ files }) => files), ...found.find(({ alter }) => alter) }
}

const manifest =
  /(^|\/)(requirements[\w./-]*|constraints[\w.-]*|pyproject\.toml|[\w.-]*\.lock|Pipfile|setup\.(py|cfg)|environment[\w.-]*\.ya?ml|conftest\.py|_?version\.py)$/
const isCode = (path: string) => !manifest.test(path) && (/\.py$/.test(path) || isModelFile(path))

/** A COPY that brings in code or a model. */
const bringsCode = (subject: DockerfileSubject, instruction: Instruction) =>
  copiesAll(instruction) || broughtBy(subject, instruction).some(isCode)

const harmless = (instruction: Instruction) => {
  if (/^(WORKDIR|ENV|ARG|LABEL|EXPOSE|USER|SHELL|VOLUME)$/.test(instruction.keyword)) return true
  const commands = commandsOf(instruction)
  const known = (command: string) =>
    systemPackages(command) !== undefined ||
    /^(?:apt-get|apt|apk|rm|mkdir|pip\S*\s+cache|useradd|groupadd|adduser)\b/.test(command) ||
    (pipInstall(command) !== undefined && installOf(instruction) !== undefined)
  return commands.length > 0 && commands.every((command) => known(command) || installOf(instruction) !== undefined)
}

/** The files an installation reads, with those that these take in. */
function allFiles(
  subject: DockerfileSubject,
  contextPath: (file: string) => string | undefined,
  files: readonly string[],
): readonly string[] | undefined {
  const all = new Set<string>()
  const visit = (file: string): boolean => {
    const path = contextPath(file)
    if (path === undefined) return false
    if (all.has(path)) return true
    all.add(path)
    const text = subject.sent.read(path) ?? ''
    if (/^\s*(-e\s|--editable|\.{1,2}(\/|$))/m.test(text)) return false
    const taken = [...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/gm)].map(([, name = '']) =>
      posix.join(posix.dirname(file), name),
    )
    return taken.every(visit)
  }
  return files.every(visit) ? [...all] : undefined
}

function fixFor(subject: DockerfileSubject, stage: Stage, copying: Instruction, runs: readonly Instruction[]): { fix?: string } {
  const { args } = subject
  const copy = copyOf(copying)
  const last = runs.at(-1)
  const source = copy?.sources[0]
  if (!copy || !last || source === undefined || copy.sources.length !== 1 || /[*?[$]/.test(source)) return {}
  const folder = folderAt(stage, copying, args)
  if (runs.some((run) => folderAt(stage, run, args) !== folder) && !copy.to.startsWith('/')) return {}
  const to = posix.resolve(folder, copy.to)
  const inContext = (image: string) => {
    const path = posix.relative(to, image)
    return path.startsWith('..') || path === '' ? undefined : posix.normalize(posix.join(source, path))
  }
  const wanted = new Map<string, string>()
  for (const run of runs) {
    const place = folderAt(stage, run, args)
    const files = installOf(run)?.files ?? []
    const contextPath = (file: string) => inContext(posix.resolve(place, file))
    const all = allFiles(subject, contextPath, files)
    if (!all) return {}
    for (const path of all) wanted.set(path, posix.dirname(posix.resolve(to, posix.relative(source, path))))
  }
  const owner = copy.owner === undefined ? '' : `--chown=${copy.owner} `
  const lines = [...new Set(wanted.values())].map((place) => {
    const files = [...wanted].filter(([, where]) => where === place).map(([path]) => path)
    return `COPY ${owner}${files.join(' ')} ${place === folder ? './' : `${place.replace(/\/$/, '')}/`}`
  })
  const altered = runs.flatMap((run) => {
    const alter = installOf(run)?.alter
    return alter ? [changed(subject, run, ...alter)] : []
  })
  const anew = runs.some((run) => /\buv\s+sync\b/.test(run.text)) ? rawLines(subject, last) : []
  const moved = [...rawLines(subject, copying), ...anew]
  const own = altered.find((edit) => edit?.line === last.line)
  const ending = own ? [replaced(last, [...own.insert, ...moved])] : [behind(last, moved)]
  return fixOf(subject, [replaced(copying, lines), ...altered.filter((edit) => edit !== own), ...ending])
}

function lookAt(subject: DockerfileSubject, stage: Stage): readonly Finding[] {
  const { instructions } = stage
  for (const [index, copying] of instructions.entries()) {
    if (!bringsCode(subject, copying)) continue
    const behindIt = instructions.slice(index + 1)
    const runs = behindIt.filter((instruction) => installOf(instruction) !== undefined)
    const before = instructions.slice(0, index).some((instruction) => /\buv\s+sync\b|\bpoetry\s+install\b/.test(instruction.text))
    const [first] = runs
    const last = runs.at(-1)
    if (!first || !last || before) continue
    const between = behindIt.slice(0, behindIt.indexOf(last))
    const movable = between.every((instruction) => harmless(instruction) || installOf(instruction) !== undefined)
    return [
      {
        message: `The code is copied before the packages are installed (line ${first.line}): each change of it installs them again.`,
        why: 'A step comes from the layer cache only while everything before it is the same.',
        at: { file: subject.file, line: copying.line },
        timeOf: last.line,
        ...(movable ? fixFor(subject, stage, copying, runs) : {}),
        gain: { kind: 'time' },
      },
    ]
  }
  return []
}

/** Code before dependencies. */
export const codeBeforePackages: Rule<DockerfileSubject> = {
  id: 'code-before-packages',
  look: (subject) => neededStages(subject).flatMap((stage) => lookAt(subject, stage)),
}
