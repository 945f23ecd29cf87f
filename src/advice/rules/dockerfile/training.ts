import { posix } from 'node:path'
import { folderAt } from '../../chain.ts'
import { changed, execLine, fixOf, rawLines, replaced } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { serverCommand } from '../../server.ts'
import { commandsOf, wordsOf } from '../../shell.ts'

const trains = /(?:^|[\s/"'])python[\d.]*\s+(?:-\w+\s+)*(\S*\btrain\w*\.py)\b([^&;|]*)/

/** What a training writes, by its arguments or by its code. */
function modelOf(subject: DockerfileSubject, script: string, given: string): string | undefined {
  const [, named] = /--(?:output|out|model|model-path|save-path)[\s=]["']?([\w./-]+)/.exec(given) ?? []
  if (named !== undefined) return named
  const tail = script.replace(/^(\.?\/)+/, '')
  const path =
    subject.sent.paths.find((one) => one === tail) ?? subject.sent.paths.find((one) => one.endsWith(`/${tail.split('/').at(-1)}`))
  const text = path === undefined ? '' : (subject.sent.read(path) ?? '')
  return /(?:\bdump\([^,()]+,\s*|\bsave\([^,()]+,\s*|\.save(?:_model)?\(\s*|\bopen\(\s*)["']([\w./-]+\.\w+)["']/.exec(text)?.[1]
}

/** A container trains its model before it serves. */
export const trainAtStart: Rule<DockerfileSubject> = {
  id: 'train-at-start',
  look: (subject) => {
    const command = serverCommand(subject)
    const found = command && trains.exec(command.line)
    const last = command?.by.at(-1)
    if (!command || !found || !last) return []
    const whole = last.words && /^(\/bin\/)?(ba)?sh$/.test(last.words[0] ?? '') ? (last.words.at(-1) ?? '') : last.rest
    const [training = '', serving, ...more] = whole.split(/\s*&&\s*/)
    const words = serving === undefined ? [] : wordsOf(serving.replace(/^exec\s+/, ''))
    const plain = command.by.length === 1 && trains.test(training) && more.length === 0 && words.length > 0 && !/[|;<>$]/.test(whole)
    return [
      {
        message: `Each container runs ${found[1]} before it serves.`,
        why: 'A start takes as long as a training, needs the data, and each container may serve another model; none is the one that was tested.',
        at: { file: subject.file, line: last.line },
        ...(plain ? fixOf(subject, [replaced(last, [`RUN ${training}`, execLine(last.keyword, words)])]) : {}),
        gain: { kind: 'risk', text: 'each container serves another model, untested' },
      },
    ]
  },
}

/** The image that ships is the one that trained. */
export const trainedInPlace: Rule<DockerfileSubject> = {
  id: 'trained-in-place',
  look: (subject) => {
    const { target, args } = subject
    return target.instructions.flatMap((run) => {
      const found = commandsOf(run)
        .map((command) => trains.exec(command))
        .find((match) => match !== null)
      if (!found) return []
      const [, script = '', given = ''] = found
      const folder = folderAt(target, run, args)
      const model = modelOf(subject, script, given)
      const path = model && posix.resolve(folder, model)
      const name = target.name ?? 'base'
      const named = target.name === undefined ? changed(subject, target.from, /\s*$/, ' AS base') : undefined
      const other = subject.stages.some((stage) => stage.name === 'train' || (stage !== target && stage.name === name))
      const apart = ['', `FROM ${name} AS train`, ...rawLines(subject, run), '', `FROM ${name}`, `COPY --from=train ${path} ${path}`]
      const possible = path !== undefined && !other && commandsOf(run).length === 1
      return [
        {
          message: `${script} runs in the stage that ships.`,
          why: 'What training leaves (checkpoints, caches, its data) ships with the model, and each change before this line trains another one. In a stage of its own only the model is taken over.',
          at: { file: subject.file, line: run.line },
          timeOf: run.line,
          ...(possible ? fixOf(subject, [...(target.name === undefined ? [named] : []), replaced(run, apart)]) : {}),
          gain: { kind: 'size' },
        },
      ]
    })
  },
}
