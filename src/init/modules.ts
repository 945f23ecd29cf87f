import { posix } from 'node:path'
import type { Folder } from './folder.ts'

const statement = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([^\n#]+))/gm

/** An import: how many dots it begins with, its module, and what is taken from that. */
type Import = Readonly<{ dots: number; module: string; names: readonly string[] }>

const namesIn = (text: string) =>
  text
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map((one) => one.trim().split(/\s+/)[0] ?? '')
    .filter((one) => /^[\w.]+$/.test(one))

function importsIn(text: string): readonly Import[] {
  return [...text.matchAll(statement)].flatMap(([, dots = '', module = '', from, plain]): readonly Import[] =>
    from !== undefined
      ? [{ dots: dots.length, module, names: namesIn(from) }]
      : namesIn(plain ?? '').map((name) => ({ dots: 0, module: name, names: [] })),
  )
}

/** The files of the folder that an import of a file means, where modules are looked for from `root` ('' is the folder itself). */
function filesMeant(paths: ReadonlySet<string>, file: string, root: string, { dots, module, names }: Import): readonly string[] {
  const base = dots === 0 ? root : posix.join(posix.dirname(file), ...Array.from({ length: dots - 1 }, () => '..'))
  const at = (dotted: string) => posix.join(base, dotted.replaceAll('.', '/')).replace(/^\.\/?/, '')
  const fileOf = (path: string) => [`${path}.py`, path === '' ? '__init__.py' : `${path}/__init__.py`].find((one) => paths.has(one))
  const own = module === '' ? undefined : fileOf(at(module))
  const below = names.flatMap((name) => fileOf(at(module === '' ? name : `${module}.${name}`)) ?? [])
  return [...(own === undefined ? [] : [own]), ...below]
}

/** The folders above a file, itself the folder of the file, the nearest last; '' is the project. */
function rootsOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1)
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}

/** The folder that holds the package of a file; of one that is in no package the project. */
function aboveItsPackage(paths: ReadonlySet<string>, file: string): string {
  let folder = posix.dirname(file)
  if (!paths.has(posix.join(folder, '__init__.py'))) return ''
  while (paths.has(posix.join(folder, '__init__.py'))) folder = posix.dirname(folder)
  return folder.replace(/^\.$/, '')
}

/**
 * The folder that modules are looked for from when a file runs: from which most of its imports lead to a file. Of equal ones the
 * folder above its package.
 */
export function rootOf(folder: Folder, file: string): string {
  const paths = new Set(folder.paths)
  const imports = importsIn(folder.read(file) ?? '').filter(({ dots }) => dots === 0)
  const relative = /^[ \t]*from[ \t]+\./m.test(folder.read(file) ?? '')
  const roots = rootsOf(file).filter((root) => !relative || root !== posix.dirname(file).replace(/^\.$/, ''))
  const found = (root: string) => imports.filter((one) => filesMeant(paths, file, root, one).length > 0).length
  // Who else imports it says its name.
  const module = (root: string) => (root === '' ? file : file.slice(root.length + 1)).replace(/\.py$/, '').replaceAll('/', '.')
  const others = folder.paths.filter((path) => path.endsWith('.py') && path !== file)
  const named = (root: string) =>
    others.some((path) => importsIn(folder.read(path) ?? '').some((one) => one.dots === 0 && one.module === module(root))) ? 1 : 0
  const own = aboveItsPackage(paths, file)
  const ranked = roots.map((root) => ({ root, rank: found(root) * 4 + named(root) * 2 + (root === own ? 1 : 0) }))
  return ranked.reduce((best, one) => (one.rank > best.rank ? one : best), ranked[0] ?? { root: '', rank: 0 }).root
}

/** More files are not read for what they import. */
const mostFiles = 300

/** The file and all of the folder that it imports, directly or not. */
export function importedBy(folder: Folder, file: string, root: string): readonly string[] {
  const paths = new Set(folder.paths)
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path) || found.size > mostFiles) return
    found.add(path)
    // A package runs its __init__.py first.
    for (const above of rootsOf(path)) {
      const init = above === '' ? '' : `${above}/__init__.py`
      if (above !== root && paths.has(init)) visit(init)
    }
    for (const one of importsIn(folder.read(path) ?? '')) filesMeant(paths, path, root, one).forEach(visit)
  }
  visit(file)
  return [...found].sort()
}

/** `src.api.app` of `src/api/app.py`, as it is imported from `root`. */
export function moduleOf(file: string, root: string): string {
  return (root === '' ? file : file.slice(root.length + 1)).replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')
}
