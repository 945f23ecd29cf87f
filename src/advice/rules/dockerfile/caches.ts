import type { Instruction } from '../../../build/instruction.ts'
import { environmentOf } from '../../chain.ts'
import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { commandsOf, pipInstall } from '../../shell.ts'

const mounts = ({ flags }: Instruction, path: RegExp) =>
  flags.some((flag) => flag.startsWith('--mount=') && /type=cache|type=tmpfs/.test(flag) && path.test(flag))

/** Downloads of pip stay in a layer. */
export const pipCache: Rule<DockerfileSubject> = {
  id: 'pip-cache',
  look: (subject) => {
    const env = environmentOf(subject)
    if (/^(1|true|on|yes|off)$/i.test(env['PIP_NO_CACHE_DIR'] ?? '') || env['PIP_CACHE_DIR'] === '/dev/null') return []
    return subject.chain.flatMap((instruction) => {
      const commands = commandsOf(instruction)
      const pips = commands.filter((command) => {
        const call = pipInstall(command)
        return call !== undefined && !call.program.startsWith('uv') && !/--no-cache-dir|--cache-dir/.test(command)
      })
      const removed = commands.some((command) => /\brm\s+-\w*r\w*\s.*\.cache|\bpip\S*\s+cache\s+purge/.test(command))
      if (pips.length === 0 || removed || mounts(instruction, /\.cache/) || /PIP_NO_CACHE_DIR=/.test(instruction.text)) return []
      const edit = instruction.words
        ? changed(subject, instruction, /("pip[\d.]*",\s*"install")/, '$1, "--no-cache-dir"')
        : changed(subject, instruction, /\b(pip[\d.]*\s+(?:-\S+\s+)*install)\b(?!\s+--no-cache-dir)/g, '$1 --no-cache-dir')
      return [
        {
          message: 'pip keeps what it has downloaded in the image.',
          why: 'Its cache is for the next pip on the same disk; in an image nothing reads it. It holds each wheel a second time.',
          at: { file: subject.file, line: instruction.line },
          ...fixOf(subject, [edit]),
          gain: { kind: 'size' },
        },
      ]
    })
  },
}

/** Packages of conda stay in a layer twice. */
export const condaCache: Rule<DockerfileSubject> = {
  id: 'conda-cache',
  look: (subject) =>
    subject.chain.flatMap((instruction) => {
      const commands = commandsOf(instruction)
      const program = commands
        .map(
          (command) =>
            /^(?:\S*\/)?(conda|mamba|micromamba)\s+(?:-\S+\s+)*(?:install|create|update|env\s+(?:create|update))\b/.exec(command)?.[1],
        )
        .find(Boolean)
      if (
        !program ||
        commands.some((command) => /^(?:\S*\/)?(conda|mamba|micromamba)\s+clean\b|\brm\s.*\/pkgs/.test(command)) ||
        mounts(instruction, /pkgs/)
      )
        return []
      const clean = `&& ${program} clean -afy`
      const shell = !instruction.words && instruction.heredocs.length === 0
      const edit = changed(subject, instruction, /\s*$/, instruction.line === instruction.end ? ` ${clean}` : ` \\\n    ${clean}`)
      return [
        {
          message: `${program} keeps its packages and archives in the image.`,
          why: 'They are for the next environment on the same disk; in an image nothing reads them.',
          at: { file: subject.file, line: instruction.line },
          ...(shell ? fixOf(subject, [edit]) : {}),
          gain: { kind: 'size' },
        },
      ]
    }),
}
