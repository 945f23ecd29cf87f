import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Finding, Rule } from '../../rule.ts'
import { serverCommand } from '../../server.ts'
import { commandsOf, pipInstall, systemPackages } from '../../shell.ts'
import { referenceOf } from './base.ts'

/** `python3` of a distribution, by what a tag says of it. */
const ofDistribution: readonly (readonly [RegExp, string])[] = [
  [/ubuntu-?20\.04|^(20\.04|focal)/, '3.8'],
  [/ubuntu-?22\.04|^(22\.04|jammy)/, '3.10'],
  [/ubuntu-?24\.04|^(24\.04|noble)/, '3.12'],
  [/bullseye|^11\b/, '3.9'],
  [/bookworm|^12\b/, '3.11'],
  [/trixie|^13\b/, '3.13'],
]

const why = 'Each Python has a folder of packages of its own: what one installs the other cannot import.'
const gain = { kind: 'risk', text: 'ModuleNotFoundError in the server' } as const

/** Debian's Python beside that of an official image. */
function besideOwn(subject: DockerfileSubject): readonly Finding[] {
  return subject.chain.flatMap((run) => {
    const packages = commandsOf(run).flatMap((command) => systemPackages(command) ?? [])
    const found = packages.filter((name) =>
      /^python3?(-pip|-venv|-setuptools|-numpy|-scipy|-sklearn|-pandas|-opencv|-matplotlib|-torch|-yaml|-requests)?$/.test(name),
    )
    if (found.length === 0) return []
    const all = found.length === packages.length
    const text =
      run.heredocs.length > 0 || run.words || all
        ? undefined
        : changed(subject, run, new RegExp(`(?:\\s|\\\\\\n)+(?:${found.join('|')})(?=\\s|$)`, 'g'), '')
    return [
      {
        message: `${found.join(', ')} ${found.length === 1 ? 'is' : 'are'} for Debian's Python, not for that of ${subject.base}.`,
        why,
        at: { file: subject.file, line: run.line },
        ...fixOf(subject, [text]),
        gain,
      },
    ]
  })
}

/** pip of the distribution's Python where another one was installed to serve. */
function besideOther(subject: DockerfileSubject): readonly Finding[] {
  const { tag } = referenceOf(subject.base)
  const default_ = ofDistribution.find(([pattern]) => pattern.test(tag))?.[1]
  const installed = subject.chain.flatMap((run) => commandsOf(run).flatMap((command) => systemPackages(command) ?? []))
  const other = installed.map((name) => /^python(3\.\d+)$/.exec(name)?.[1]).find((version) => version !== undefined && version !== default_)
  const linked = subject.chain.some((run) => /update-alternatives|ln\s+-\w*s|get-pip|ensurepip|-m\s+venv|\bvirtualenv\b/.test(run.text))
  if (default_ === undefined || other === undefined || linked) return []
  const command = serverCommand(subject)
  const served = /(?:^|[\s/])python(3\.\d+)/.exec(command?.line ?? '')?.[1]
  if (served !== undefined && served !== other) return []
  const runs = subject.chain.filter((run) =>
    commandsOf(run).some((one) => /^(pip3?|python3?\s+-m\s+pip)$/.test(pipInstall(one)?.program ?? '')),
  )
  const [first] = runs
  if (!first) return []
  const edits = runs.map((run) =>
    changed(subject, run, /(?<![\w./-])(?:python3?\s+-m\s+pip|pip3?)(?=\s+(?:-\S+\s+)*install\b)/g, `python${other} -m pip`),
  )
  return [
    {
      message: `pip installs for Python ${default_} of the base image, not for Python ${other} that was installed.`,
      why,
      at: { file: subject.file, line: first.line },
      ...fixOf(subject, edits),
      gain,
    },
  ]
}

/** Packages go to another Python than the one that serves. */
export const otherPython: Rule<DockerfileSubject> = {
  id: 'other-python',
  look: (subject) => {
    const { name, tag } = referenceOf(subject.base)
    if (name === 'python') return /alpine/.test(tag) ? [] : besideOwn(subject)
    return /^(ubuntu|debian|nvidia\/cuda)$/.test(name) ? besideOther(subject) : []
  },
}
