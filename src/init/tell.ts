import { wrap } from '../report/wrap.ts'
import type { Folder } from './folder.ts'
import type { Offer, Surroundings } from './offer.ts'
import { packagesText } from './packages.ts'
import { type Recognised, testsOf } from './project.ts'
import { frameworks, type Server } from './server.ts'

const widest = 110

function serverText({ framework, file, module, application, factory, port, health, predict }: Server): string {
  const target =
    framework === 'mlflow' ? file : framework === 'litserve' ? file : `${module}:${application}${factory ? '()' : ''} (${file})`
  const paths = [
    health === undefined ? 'no health path' : `health at ${health}`,
    ...(predict === undefined ? [] : [`predicts at ${predict}`]),
  ]
  return [frameworks[framework].title, target, `port ${port}`, ...paths].join(', ')
}

function foundLines(folder: Folder, recognised: Recognised, { imageTold, branch }: Surroundings): readonly (readonly [string, string])[] {
  const tests = testsOf(folder)
  const shared = [
    ['tests', tests.length === 0 ? 'none' : `${tests.slice(0, 3).join(', ')}${tests.length > 3 ? ` and ${tests.length - 3} more` : ''}`],
    ['image', imageTold],
    ['branch', branch],
  ] as const
  if (!('project' in recognised)) return shared
  const { server, packages, python, model } = recognised.project
  const there = model.there.slice(0, 3).join(', ') + (model.there.length > 3 ? ` and ${model.there.length - 3} more` : '')
  const made = model.training ? `${model.missing.join(', ')}, made by ${model.training.by} in the build` : ''
  const mounted = model.mounted === undefined ? '' : `${model.mounted.paths.join(', ')}, in a volume; the tests make it`
  return [
    ['server', serverText(server)],
    ['packages', packagesText(packages)],
    ['Python', `${python.version} (${python.from})`],
    ['model', [there, made, mounted].filter(Boolean).join('; ') || 'no file of the project'],
    ...shared,
  ]
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, ''])

/** What `init` says: what it found, what it has written (or would), what it has left, and what to do next. */
export function initText(
  folder: Folder,
  recognised: Recognised,
  around: Surroundings,
  { files, kept, inputs }: Offer,
  { dryRun, columns, remarks }: Readonly<{ dryRun: boolean; columns: number; remarks: readonly string[] }>,
): string {
  const width = Math.min(columns, widest)
  const item = (text: string) => wrap(`  ${text}`, width, '    ')
  const found = foundLines(folder, recognised, around).flatMap(([name, value]) =>
    wrap(`  ${name.padEnd(9)} ${value}`, width, ' '.repeat(12)),
  )
  const contents = dryRun ? files.flatMap(({ path, text }) => [`--- ${path}`, text.trimEnd(), '']) : []
  const missing = 'lacks' in recognised && !folder.isThere('Dockerfile') ? recognised.lacks : []
  const lost = 'project' in recognised && !recognised.project.model.training ? recognised.project.model.missing : []
  const flags = inputs.map(({ name, value }) => ` --${name} ${value}`).join('')
  const toDo = [
    ...missing,
    ...lost.map(
      (path) =>
        `${path} is loaded by the server; the project does not have it (or git ignores it), and nothing was found that makes it. Commit it, with Git LFS if it is large.`,
    ),
    ...remarks,
    ...(files.length === 0 || dryRun
      ? []
      : [`Read what was written, and run all gates here: npx ml-image-action --images try/it${flags}`, 'Then commit it, and push.']),
  ]
  return [
    ...section('Found', found),
    ...contents,
    ...section(
      dryRun ? 'Would write' : 'Written',
      files.flatMap(({ path, why }) => item(why === undefined ? path : `${path}: ${why}`)),
    ),
    ...section(
      'Left as it is',
      kept.flatMap(({ part, why }) => item(`${part}: ${why}`)),
    ),
    ...section('Next', toDo.flatMap(item)),
  ].join('\n')
}
