import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { commandsOf } from '../../shell.ts'

const aptUpdate = /^(?:sudo\s+)?apt(?:-get)?\s+(?:-\S+\s+)*update\b/
const removesLists = /\brm\s+-\w*r\w*\s.*\/var\/lib\/apt(\/lists)?\b/
const onlyApt = /\bapt(?:-get)?\s+(?:-\S+\s+)*(update|install|upgrade|dist-upgrade|clean|autoremove)\b/

/** What `apt-get update` leaves in a layer of debian:bookworm (measured; compressed, as the lists are). */
const listBytes = 20_000_000

/** The lists of apt stay in a layer. */
export const aptLists: Rule<DockerfileSubject> = {
  id: 'apt-lists',
  look: (subject) =>
    subject.chain.flatMap((instruction) => {
      const commands = commandsOf(instruction)
      if (!commands.some((command) => aptUpdate.test(command)) || commands.some((command) => removesLists.test(command))) return []
      if (instruction.flags.some((flag) => /^--mount=.*(target|dst|destination)=\/var\/lib\/apt/.test(flag))) return []
      const last = commands.at(-1) ?? ''
      const removal = '&& rm -rf /var/lib/apt/lists/*'
      const shell = !instruction.words && instruction.heredocs.length === 0 && onlyApt.test(last)
      return [
        {
          message: 'The package lists of apt stay in the image.',
          why: 'They are of no use at run time, and removed by a later RUN they would stay in this layer.',
          at: { file: subject.file, line: instruction.line },
          ...(shell
            ? fixOf(subject, [
                changed(subject, instruction, /\s*$/, instruction.line === instruction.end ? ` ${removal}` : ` \\\n    ${removal}`),
              ])
            : {}),
          gain: { kind: 'size', bytes: listBytes },
        },
      ]
    }),
}

const upgrade = /\s*(?:apt|apt-get)\s+(?:-\S+\s+)*(?:upgrade|dist-upgrade|full-upgrade)(?:\s+-\S+)*\s*/
const isUpgrade = /^(?:sudo\s+)?(?:apt|apt-get)\s+(?:-\S+\s+)*(?:upgrade|dist-upgrade|full-upgrade)\b/

/** The system is upgraded within the build. */
export const aptUpgrade: Rule<DockerfileSubject> = {
  id: 'apt-upgrade',
  look: (subject) =>
    subject.chain.flatMap((instruction) => {
      if (!commandsOf(instruction).some((command) => isUpgrade.test(command))) return []
      const shell = !instruction.words && instruction.heredocs.length === 0
      const out = new RegExp(`&&(?:\\s|\\\\\\n)*${upgrade.source}(?=&&|;|\\\\?\\n|$)`)
      const first = new RegExp(`${upgrade.source}&&\\s*`)
      return [
        {
          message: 'The packages of the base image are upgraded in the build.',
          why: 'The layer cache keeps that step as it was the first time, so it is neither new nor the same everywhere; what it changes is in the image twice. A newer base image (pull: true) brings the same.',
          at: { file: subject.file, line: instruction.line },
          ...(shell ? fixOf(subject, [changed(subject, instruction, out, '') ?? changed(subject, instruction, first, ' ')]) : {}),
          gain: { kind: 'risk', text: 'two builds of one commit have other packages' },
        },
      ]
    }),
}
