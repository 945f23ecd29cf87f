import type { Instruction } from '../../../build/instruction.ts'
import { copyOf } from '../../chain.ts'
import { changed, fixOf, rawLines, replaced } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { commandsOf, installFiles, pipInstall, systemPackages, wordsOf } from '../../shell.ts'
import { referenceOf } from './base.ts'

const compiler =
  /^(build-essential|gcc(-\d+)?|g\+\+(-\d+)?|clang(-\d+)?|make|cmake|ninja-build|gfortran|rustc|cargo|golang(-go)?|pkg-config|autoconf|automake|libtool|python3(\.\d+)?-dev|libpython3(\.\d+)?-dev|build-base)$/
const removal = /^(?:sudo\s+)?(?:apt-get|apt|apk)\s+(?:-\S+\s+)*(?:purge|remove|autoremove|del)\s+(.*)$/s

/** What the compilers weigh in the layer of python:3.11-slim (measured; compressed): build-essential has nearly all of it. */
const compilerBytes = 97_000_000

/** What a RUN installs and does not remove again. */
function staying(run: Instruction): readonly string[] {
  const commands = commandsOf(run)
  const gone = new Set(commands.flatMap((command) => wordsOf(removal.exec(command)?.[1] ?? '')))
  return commands.flatMap((command) => systemPackages(command) ?? []).filter((name) => !gone.has(name) && !gone.has('.build-deps'))
}

const repeated = /^(WORKDIR|ENV|ARG|LABEL|SHELL|USER)$/
const manifests = (copy: Instruction) =>
  copyOf(copy)?.sources.every((source) => /(^|\/)(requirements[\w./-]*|constraints[\w.-]*)$/.test(source)) === true

/** A stage that installs, and one that takes over what it has installed; for the plain shape alone. */
function stagedFix(subject: DockerfileSubject, run: Instruction, kept: readonly string[]): { fix?: string } {
  const { target } = subject
  const { instructions, from } = target
  const last = instructions.findLast((instruction) => commandsOf(instruction).some((command) => pipInstall(command)))
  if (target.parent || !last || !instructions.includes(run) || referenceOf(subject.base).name !== 'python' || run.heredocs.length > 0)
    return {}
  const early = instructions.slice(0, instructions.indexOf(last) + 1)
  if (last.line < run.line || subject.stages.some(({ name }) => name === 'packages')) return {}
  const plain = early.every((instruction) => {
    const { keyword } = instruction
    if (repeated.test(keyword) || (keyword === 'COPY' && manifests(instruction))) return true
    return (
      keyword === 'RUN' &&
      !instruction.words &&
      commandsOf(instruction).every((command) => pipInstall(command) ?? systemPackages(command) ?? /^(apt-get|apt|rm)\s/.test(command))
    )
  })
  const pips = early.filter((instruction) =>
    commandsOf(instruction).some((command) => installFiles(pipInstall(command)?.arguments ?? '').length > 0),
  )
  if (!plain || pips.length === 0 || pips.some(({ text }) => /--(prefix|target|user)\b|\buv\s/.test(text))) return {}
  const asked = rawLines(subject, from).join('\n')
  const unnamed = asked.replace(/\s+AS\s+\S+\s*$/i, '')
  const others = early.filter((one) => one !== run && one.keyword === 'RUN' && commandsOf(one).some((command) => systemPackages(command)))
  const again = [
    '',
    ...asked.split('\n'),
    ...early.filter(({ keyword }) => repeated.test(keyword)).flatMap((instruction) => rawLines(subject, instruction)),
    ...others.flatMap((instruction) => rawLines(subject, instruction)),
    ...(kept.length === 0
      ? []
      : [`RUN apt-get update && apt-get install -y --no-install-recommends ${kept.join(' ')} \\`, '    && rm -rf /var/lib/apt/lists/*']),
    'COPY --from=packages /install /usr/local',
  ]
  const prefixed = pips.map((instruction) =>
    changed(subject, instruction, /\binstall\b(?=(?:(?!&&|;)[\s\S])*\s(?:-r|--requirement))/, 'install --prefix=/install'),
  )
  const own = prefixed.at(-1)
  const ending =
    pips.at(-1) === last && own ? replaced(last, [...own.insert, ...again]) : replaced(last, [...rawLines(subject, last), ...again])
  return fixOf(subject, [
    replaced(from, `${unnamed} AS packages`.split('\n')),
    ...(pips.at(-1) === last ? prefixed.slice(0, -1) : prefixed),
    ending,
  ])
}

/** What compiles stays in what serves. */
export const compilersLeft: Rule<DockerfileSubject> = {
  id: 'compilers-left',
  look: (subject) =>
    subject.chain.flatMap((run) => {
      const packages = staying(run)
      const found = packages.filter((name) => compiler.test(name))
      if (found.length === 0) return []
      return [
        {
          message: `${found.join(', ')} ${found.length === 1 ? 'stays' : 'stay'} in the image that ships.`,
          why: 'A compiler is needed while packages are installed, and by nobody after; it is also what an intruder would like to find.',
          at: { file: subject.file, line: run.line },
          ...stagedFix(
            subject,
            run,
            packages.filter((name) => !compiler.test(name)),
          ),
          gain: {
            kind: 'size',
            ...(found.some((name) => /^(build-essential|gcc|g\+\+|clang|rustc|cargo|golang)/.test(name)) ? { bytes: compilerBytes } : {}),
          },
        },
      ]
    }),
}
