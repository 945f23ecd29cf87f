import { join, relative, resolve } from 'node:path'
import { dockerfileStages, findStage } from '../build/dockerfile.ts'
import { type Declared, declaredInputs, type InputName } from './declared.ts'
import { type BuildInputs, type CredentialInputs, secretsGiven } from './inputs.ts'
import { Invalid, parseVariables } from './parse.ts'
import { readBuildOptions } from './read-build-options.ts'
import type { Reader } from './reader.ts'

/** Whether a stage can be asked for by this name or number. @throws Invalid with the stages there are */
export function checkStage(dockerfile: string, wanted: string): void {
  const stages = dockerfileStages(dockerfile)
  if (findStage(stages, wanted)) return
  throw new Invalid(
    `is no stage of the Dockerfile; its stages are ${stages.flatMap(({ name }) => name ?? []).join(', ') || 'without names'}`,
  )
}

function readFolder(reader: Reader, name: 'working-directory' | 'context'): string | undefined {
  const value = reader.text(name)
  if (value === undefined) return undefined
  if (/^(https?:|git@|git:|ssh:)/.test(value) || value === 'git') {
    reader.complain(name, 'is a git or remote context: check the code out with actions/checkout and give its folder')
    return undefined
  }
  const path = resolve(reader.workspace, value)
  if (reader.files.kind(path) !== 'directory') reader.complain(name, 'is not a folder in the workspace')
  else if (!reader.inside(path)) reader.complain(name, 'leads out of the workspace')
  return path
}

/** Given only one of `working-directory` and `context`, the other is the same folder. */
export function readFolders(reader: Reader): Readonly<{ workingDirectory: string; context: string }> {
  const directory = readFolder(reader, 'working-directory')
  const context = readFolder(reader, 'context')
  return { workingDirectory: directory ?? context ?? reader.workspace, context: context ?? directory ?? reader.workspace }
}

function readDockerfile(reader: Reader, file: string): string | undefined {
  const { files, workspace } = reader
  const shown = relative(workspace, file) || file
  const text = files.kind(file) === 'file' ? files.readText(file) : undefined
  if (text === undefined) {
    const empty = files.list(workspace).length === 0
    const why = empty
      ? 'cannot be found: the workspace is empty, add actions/checkout before this step'
      : 'is not there: no Dockerfile at this path'
    reader.complain('file', why, shown)
  } else if (!reader.inside(file)) reader.complain('file', 'leads out of the workspace')
  else if (!/^\s*FROM\s/im.test(text)) reader.complain('file', 'has no FROM: it is not a Dockerfile', shown)
  return text
}

/** What is built, and how. `folder` is the working directory; `expectsSecrets` is false for forks and Dependabot. */
export function readBuild(
  reader: Reader,
  { workingDirectory: folder, context }: ReturnType<typeof readFolders>,
  credentials: CredentialInputs,
  expectsSecrets: boolean,
): BuildInputs {
  const given = reader.text('file')
  const file = given === undefined ? join(context, 'Dockerfile') : resolve(reader.workspace, given)
  // Of a context that is not there that is problem enough.
  const dockerfile =
    given === undefined && context !== reader.workspace && reader.files.kind(context) === undefined
      ? undefined
      : readDockerfile(reader, file)
  const target = reader.parsed('target', (value) => {
    if (dockerfile !== undefined) checkStage(dockerfile, value)
    return value
  })
  const args = reader.parsed('build-args', parseVariables(reader.env)) ?? {}
  const options = readBuildOptions(
    reader,
    folder,
    (stage) => {
      if (dockerfile !== undefined) checkStage(dockerfile, stage)
    },
    expectsSecrets,
  )
  const secrets = [...secretsGiven(credentials), ...options.secrets.map((secret) => secret.kind === 'value' && secret.value)]
  for (const [name, value] of Object.entries(args)) {
    if (value === '' || !secrets.includes(value)) continue
    reader.complain(
      'build-args',
      `gives a secret to ${name}: it would stay in the history of the image; use secrets, which a step mounts`,
      name,
    )
  }
  return { context, file, dockerfile: dockerfile ?? '', ...(target === undefined ? {} : { target }), args, options }
}

/** Inputs beside those of build and cache that an image takes only while it is built. */
const onlyBuilt: ReadonlySet<string> = new Set(['labels', 'annotations', 'test-first'])
/** Of those that are about the engine, too. */
const ofEngine: ReadonlySet<string> = new Set(['image-store', 'free-disk'])

/** In place of a build where `from` names an image: what only a build has a use for is a mistake. */
export function nothingBuilt(reader: Reader, { workingDirectory, context }: ReturnType<typeof readFolders>): BuildInputs {
  for (const [name, { group, default: usual }] of Object.entries<Declared>(declaredInputs) as readonly [InputName, Declared][]) {
    if (!onlyBuilt.has(name) && ((group !== 'build' && group !== 'cache') || ofEngine.has(name))) continue
    const value = reader.text(name)
    if (value !== undefined && value !== usual)
      reader.complain(name, 'has no meaning with from: nothing is built, and the image stays as it is')
  }
  if (reader.text('test-in')?.startsWith('target:'))
    reader.complain('test-in', 'is a stage of a build, and with from nothing is built: use runner or image')
  const options = readBuildOptions(reader, workingDirectory, () => {}, false)
  return { context, file: join(context, 'Dockerfile'), dockerfile: '', args: {}, options }
}
