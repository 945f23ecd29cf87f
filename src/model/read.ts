import { join } from 'node:path'
import { type BuildContext, mostEntries, readContext } from '../build/context.ts'
import { baseOf, dockerfileStages, findStage } from '../build/dockerfile.ts'
import type { Environment, Host } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import { artefactFiles } from './artefacts.ts'
import { copiesOf, type Recipe, readRecipe, variableOf } from './copied.ts'
import { artefactDigest, type HashedFile, largestPointer, lfsPointer } from './digest.ts'
import type { ModelFacts } from './facts.ts'
import { frameworkOfBase, frameworkVersions } from './frameworks.ts'
import { installedPins } from './installed.ts'
import { checkedOutPointers } from './lfs.ts'
import { agreed, isManifest, type Manifest, readManifest } from './manifest.ts'

type ModelHost = Pick<Host, 'files' | 'capture'>
type ModelFiles = Host['files']

/** A run is not to wait for the digest of a model: more is not read (bytes, of all files together). */
export const mostHashed = 64 << 20
/** Smaller files are read (bytes); git is asked of the others, where all together are too large. */
const worthAsking = 1 << 20
const largestManifest = 256 << 10

type Hashed = Readonly<{ files?: readonly HashedFile[]; pointers: readonly string[] }>

/** The sha256 of each file, of a pointer that of the bytes it stands for. No files where more would have to be read. */
async function hashFiles(host: ModelHost, context: string, paths: readonly string[], env: Environment): Promise<Hashed> {
  const { files } = host
  const known = new Map<string, string>()
  const bytesOf = (path: string) => files.stat(join(context, path))?.bytes ?? 0
  const toRead = () => paths.filter((path) => !known.has(path)).reduce((sum, path) => sum + bytesOf(path), 0)
  for (const path of paths) {
    const pointer = bytesOf(path) < largestPointer ? lfsPointer(files.readUntrusted(join(context, path)) ?? '') : undefined
    if (pointer) known.set(path, pointer.sha256)
  }
  const pointers = [...known.keys()]
  const large = paths.filter((path) => bytesOf(path) > worthAsking)
  if (toRead() > mostHashed) for (const [path, sha256] of await checkedOutPointers(host, context, large, env)) known.set(path, sha256)
  if (toRead() > mostHashed) return { pointers }
  for (const path of paths) {
    const sha256 = known.get(path) ?? (await files.digest(join(context, path)))
    if (sha256 === undefined) return { pointers }
    known.set(path, sha256)
  }
  return { files: paths.map((path) => ({ path, sha256: known.get(path) ?? '' })), pointers }
}

async function describe(files: ModelFiles, context: string, paths: readonly string[]): Promise<Manifest> {
  const small = paths.filter((path) => (files.stat(join(context, path))?.bytes ?? 0) <= largestManifest)
  return agreed(await Promise.all(small.map((path) => readManifest(path, files.readUntrusted(join(context, path)) ?? ''))))
}

function frameworksOf(files: ModelFiles, build: BuildInputs, recipe: Recipe, paths: readonly string[]): ModelFacts['frameworks'] {
  const stages = dockerfileStages(build.dockerfile, build.args)
  const stage = findStage(stages, build.target)
  const base = stage && frameworkOfBase(baseOf(stages, stage))
  const pins = installedPins(recipe, paths, (path) => files.readUntrusted(join(build.context, path)))
  return { ...(base ? { [base.name]: base.version } : {}), ...frameworkVersions(pins) }
}

function remarksOf({ complete }: BuildContext, hashed: Hashed): readonly string[] {
  const without = 'the image gets no label with the digest of its model'
  if (!complete) return [`The build context holds more than ${mostEntries} files and is not searched for a model: ${without}.`]
  return hashed.files
    ? []
    : [`The model in the build context is larger than ${mostHashed >> 20} MiB, and git does not have its digest by Git LFS: ${without}.`]
}

/**
 * What is known of the model whose image is built: from the Dockerfile and the files of the build context alone, so
 * that one commit gives one answer. Nothing is run but git, and no model is loaded. `env` is that of git.
 */
export async function readModel(host: ModelHost, build: BuildInputs, env: Environment): Promise<ModelFacts> {
  const { files } = host
  const recipe = readRecipe(build.dockerfile, build.target, build.args)
  const context = readContext(files, build.context, build.file)
  const copied = copiesOf(recipe)
  const shipped = (paths: readonly string[]) => paths.filter((path) => copied(path) && !context.ignores(path))
  const paths = context.complete ? context.paths : []
  const artefacts = shipped(artefactFiles(paths))
  const [hashed, manifest] = await Promise.all([
    hashFiles(host, build.context, artefacts, env),
    describe(files, build.context, shipped(paths.filter(isManifest))),
  ])
  const digest = artefactDigest(hashed.files ?? [])
  const name = variableOf('MODEL_NAME', recipe) ?? manifest.name
  const version = variableOf('MODEL_VERSION', recipe) ?? manifest.version
  return {
    ...manifest,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    files: artefacts,
    ...(digest === undefined ? {} : { digest }),
    frameworks: frameworksOf(files, build, recipe, paths),
    remarks: remarksOf(context, hashed),
    notices: hashed.pointers.map(
      (path) =>
        `${path} is a pointer of Git LFS and not the model itself, and as such it goes into the image. Set lfs: true on actions/checkout.`,
    ),
  }
}

/** Says what the search found worth saying. */
export function tellModel({ log }: Pick<Host, 'log'>, { remarks, notices }: ModelFacts): void {
  remarks.forEach(log.line)
  notices.forEach(log.notice)
}
