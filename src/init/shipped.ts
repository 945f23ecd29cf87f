import { posix } from 'node:path'
import type { Folder } from './folder.ts'
import type { Model } from './model.ts'
import type { Server } from './server.ts'

/** What a service has no use for, by its name at the top of a project. */
const aside = new RegExp(
  `^(?:${[
    '\\..*|.*\\.(?:md|rst|ipynb|lock|log|csv|tsv|parquet|db|sqlite3?|zip|tar|gz|sh|bat|toml|ini|cfg)|LICEN[CS]E.*|NOTICE.*|AUTHORS.*',
    '(?:.*\\.)?Dockerfile.*|(?:docker-)?compose.*\\.ya?ml|Makefile|Procfile|justfile|Taskfile.*|Jenkinsfile|Pipfile|MANIFEST\\.in|CODEOWNERS',
    'requirements.*|constraints.*|setup\\.py|environment.*\\.ya?ml|noxfile\\.py|tasks\\.py|runtime\\.txt|app\\.json|dvc\\.ya?ml|params\\.ya?ml',
    'mkdocs\\.ya?ml|codecov\\.ya?ml|package(?:-lock)?\\.json|renovate\\.json|conftest\\.py|test_.*\\.py|.*_test\\.py',
    'tests?|testing|docs?|notebooks?|examples?|scripts?|bin|data|datasets?|raw_data|mlruns|mlartifacts|wandb|lightning_logs|tensorboard|logs',
    'node_modules|monitoring|prometheus|grafana|k8s|kubernetes|helm|charts|terraform|infra|deploy(?:ment)?|build|dist|.*\\.egg-info|images|assets|reports?|venv|env',
  ].join('|')})$`,
  'i',
)

const topOf = (path: string) => path.split('/')[0] ?? path

/** Weights of less (bytes) may be pushed with the code. */
const worthALayer = 10_000_000

/** A COPY: its sources, and the folder of the image that they go to, which ends with `/`. */
export type Shipped = Readonly<{ sources: readonly string[]; to: string }>

/** `COPY` lines that put files where they lie in the project, a line for each folder. */
export function asTheyLie(paths: readonly string[]): readonly Shipped[] {
  const folders = new Map<string, string[]>()
  for (const path of paths) {
    const to = posix.dirname(path) === '.' ? './' : `./${posix.dirname(path)}/`
    folders.set(to, [...(folders.get(to) ?? []), path])
  }
  return [...folders].map(([to, sources]) => ({ sources, to }))
}

const named = (folder: Folder, text: string) =>
  [...text.matchAll(/["']([^"'\n]{1,100})["']/g)]
    .map(([, one = '']) => topOf(posix.normalize(one.replace(/^(\.?\/)+/, ''))))
    .filter((one) => folder.paths.some((path) => topOf(path) === one))

/**
 * What of a project goes into its image: first the files that are the model, then the code with what it names. A script that
 * trains and that the server does not import stays behind; so does what a `.dockerignore` that is there leaves out.
 */
export function shippedOf(folder: Folder, server: Server, model: Model): Readonly<{ model: readonly Shipped[]; code: readonly Shipped[] }> {
  const paths = folder.paths.filter((path) => !folder.leftOut(path))
  const there = new Set(model.there)
  const wanted = new Set(server.files.flatMap((file) => [topOf(file), ...named(folder, folder.read(file) ?? '')]))
  const pure = (top: string) =>
    paths.filter((path) => topOf(path) === top).every((path) => there.has(path) || !/\.(py|html|js)$/.test(path))
  // A folder that is kept by its .gitignore alone.
  const hollow = (top: string) =>
    paths.filter((path) => topOf(path) === top).every((path) => path !== top && posix.basename(path).startsWith('.'))
  const modelTops = [...new Set(paths.filter((path) => there.has(path)).map(topOf))].filter(
    (top) => pure(top) && !/^(tests?|notebooks?|docs?)$/.test(top),
  )
  const { by } = model.training ?? model.mounted ?? {}
  const training = by === undefined || server.files.includes(by) ? undefined : by
  const tops = [...new Set(paths.map(topOf))].filter((top) => {
    if (modelTops.includes(top) || top === training || hollow(top)) return false
    return wanted.has(top)
      ? !/^((.*\.)?Dockerfile.*|\.git.*|tests?)$/.test(top) || server.files.some((file) => topOf(file) === top)
      : !aside.test(top)
  })
  const isFile = (top: string) => paths.includes(top)
  // What only training has a use for: a folder without code that no file of the server names.
  const idle = (top: string) =>
    !wanted.has(top) && !isFile(top) && !paths.some((path) => topOf(path) === top && /\.(py|ya?ml|json|txt|html|css|js)$/.test(path))
  /** A folder as a whole; one that mixes weights with code by what is in it, so that each can have its layer. */
  const apart = (path: string): readonly string[] => {
    const inside = paths.filter((one) => one.startsWith(`${path}/`))
    const bytes = inside.filter((one) => there.has(one)).reduce((sum, one) => sum + folder.bytes(one), 0)
    if (isFile(path) || bytes < worthALayer || !inside.some((one) => one.endsWith('.py'))) return [path]
    return [...new Set(inside.map((one) => `${path}/${topOf(one.slice(path.length + 1))}`))].flatMap(apart)
  }
  const copies = (all: readonly string[]) => [
    ...all.filter((path) => !isFile(path)).map((path) => ({ sources: [`${path}/`], to: `./${path}/` })),
    ...asTheyLie(all.filter(isFile)),
  ]
  const code = tops.filter((top) => !idle(top)).flatMap(apart)
  return { model: copies([...modelTops, ...code.filter((path) => there.has(path))]), code: copies(code.filter((path) => !there.has(path))) }
}
