import { basename, join, posix, relative } from 'node:path'
import { ignoredBy } from '../build/ignored.ts'
import type { Files } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { foldersAside } from './aside.ts'
import { contextCopies, stagesMaking, takenBy } from './copies.ts'
import { importsOf } from './imports.ts'
import type { ComposeSubject, ContextSubject, DockerfileSubject, RequirementsSubject } from './rule.ts'
import { commandsOf } from './shell.ts'

/** What of the inputs says where things are. */
export type Asked = Pick<Inputs, 'workspace'> &
  Readonly<{
    build: Pick<Inputs['build'], 'context'>
    test: Readonly<{ place: Pick<Inputs['test']['place'], 'kind'> }>
    smoke: Pick<Inputs['smoke'], 'compose'>
  }>

const ignoreText = (files: Pick<Files, 'readText'>, workspace: string, { sent }: DockerfileSubject) =>
  (sent.ignoreFile === undefined ? undefined : files.readText(join(workspace, sent.ignoreFile))) ?? ''

/** The build context as its rules look at it. */
export function contextSubject(
  files: Pick<Files, 'contents' | 'stat' | 'kind' | 'readText'>,
  { workspace, build, test }: Asked,
  dockerfile: DockerfileSubject,
): ContextSubject {
  const { sent } = dockerfile
  const text = ignoreText(files, workspace, dockerfile)
  const takesFolders = contextCopies(dockerfile).some(({ ships }) => ships)
  return {
    file: sent.ignoreFile ?? sent.name('.dockerignore'),
    text,
    sent,
    aside: takesFolders ? foldersAside(files, build.context, text) : [],
    testsInImage: test.place.kind !== 'runner',
    dockerfile,
  }
}

/** More files of Python are not read for what they import. */
const mostRead = 300

/** The modules that the code which ships imports. */
export function shippedImports(dockerfile: DockerfileSubject): () => ReadonlySet<string> {
  let known: ReadonlySet<string> | undefined
  return () => {
    const copies = contextCopies(dockerfile).filter(({ ships }) => ships)
    known ??= new Set(
      dockerfile.sent.paths
        .filter((path) => path.endsWith('.py') && takenBy(copies, path))
        .slice(0, mostRead)
        .flatMap((path) => importsOf(dockerfile.sent.read(path) ?? '')),
    )
    return known
  }
}

const included = (text: string) => [...text.matchAll(/^[ \t]*(?:-r|--requirement)[\s=]+["']?([^\s"'#]+)/gm)].map(([, file = '']) => file)
const givenToPip = (command: string) =>
  [...command.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*["']?([^\s"']+)/g)].map(([, file = '']) => file)
/** What installs a project from its own file. */
const ofProject: readonly Readonly<{ file: string; by: RegExp }>[] = [
  {
    file: 'pyproject.toml',
    by: /\b(?:pip[\d.]*\s+(?:\S+\s+)*?install\s+(?:\S+\s+)*?["']?\.(?:\[[^\]]*\])?["']?(?:\s|$)|uv\s+sync|poetry\s+(?:\S+\s+)*?install|pdm\s+(?:sync|install))/,
  },
  { file: 'Pipfile', by: /\bpipenv\s+(?:\S+\s+)*?(?:install|sync)/ },
]
const locks = ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock']

/** The requirements files that the stages of the image install, each once, with those that they take in. */
export function requirementsSubjects(dockerfile: DockerfileSubject): readonly RequirementsSubject[] {
  const { sent } = dockerfile
  const commands = [...stagesMaking(dockerfile)].flatMap(({ instructions }) => instructions.flatMap(commandsOf))
  const copied = contextCopies(dockerfile).flatMap(({ sources }) => sources)
  /** The file of the context that a path in the image means. */
  const meant = (given: string) => {
    const path = posix.normalize(given).replace(/^\/+/, '')
    const named = copied.filter((source) => basename(source) === basename(path))
    const below = copied.filter((source) => source !== '').map((source) => posix.join(source, basename(path)))
    return [path, ...named, basename(path), ...below].find((one) => !one.startsWith('..') && sent.read(one) !== undefined)
  }
  const found = new Map<string, string>()
  const add = (path: string | undefined): void => {
    const text = path === undefined || found.has(path) ? undefined : sent.read(path)
    if (path === undefined || text === undefined) return
    found.set(path, text)
    for (const other of included(text)) add(posix.join(posix.dirname(path), other))
  }
  for (const given of commands.flatMap(givenToPip)) add(meant(given))
  for (const { file, by } of ofProject) if (commands.some((command) => by.test(command))) add(meant(file))
  const imports = shippedImports(dockerfile)
  const locked = locks.some((file) => sent.bytes(file) > 0)
  return [...found].map(([path, text]) => ({ file: sent.name(path), text, dockerfile, locked, imports }))
}

const usualNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/** The compose files of the run, or the one that compose would take by itself. */
export function composeSubjects(
  files: Pick<Files, 'kind' | 'readText' | 'readUntrusted'>,
  { workspace, build, smoke }: Asked,
  dockerfile: DockerfileSubject | undefined,
): readonly ComposeSubject[] {
  const found = [...new Set([build.context, workspace])].flatMap((folder) =>
    usualNames
      .map((name) => join(folder, name))
      .filter((path) => files.kind(path) === 'file')
      .slice(0, 1),
  )
  const ignores = ignoredBy(dockerfile ? ignoreText(files, workspace, dockerfile) : '')
  return (smoke.compose?.files ?? found.slice(0, 1)).flatMap((path): readonly ComposeSubject[] => {
    const text = files.readText(path)
    if (text === undefined) return []
    return [
      {
        file: relative(workspace, path),
        text,
        context: relative(workspace, build.context),
        read: (beside) => files.readUntrusted(posix.join(posix.dirname(path), beside)),
        leftOut: (one) => one !== '' && ignores(one),
        ...(dockerfile ? { dockerfile } : {}),
      },
    ]
  })
}
