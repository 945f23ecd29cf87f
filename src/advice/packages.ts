import type { ImageFiles } from './image-files.ts'

/**
 * A package of Python as it is installed: its folder in site-packages. Bytes unpacked; `requested` where somebody has asked for
 * it, and not only another package (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
 */
export type InstalledPackage = Readonly<{ name: string; version?: string; bytes: number; requested?: true }>

const inPackages = /\/(?:site|dist)-packages\/([^/]+)(?:\/|$)/
const info = /^([A-Za-z0-9][\w.]*?)-(\d[^/]*?)\.(?:dist|egg)-info$/
/** As PEP 503 has it; `_pytest` is a part of pytest. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
    .replace(/^-(?=.)/, '')

/**
 * What is installed, the largest first, by the folders of site-packages. The name of a folder is that of a module; where a
 * `*.dist-info` has the same it gives the version.
 */
export function installedPackages({ live }: Pick<ImageFiles, 'live'>): readonly InstalledPackage[] {
  const bytes = new Map<string, number>()
  const versions = new Map<string, string>()
  const requested = new Set<string>()
  for (const [path, file] of live) {
    const [, folder] = inPackages.exec(path) ?? []
    if (folder === undefined || folder === '__pycache__') continue
    const [, named, version] = info.exec(folder) ?? []
    const name = plain(named ?? folder.replace(/\.libs$/, '').replace(/\.(py|pth|so|abi3\.so|cpython-[\w-]+\.so)$/, ''))
    if (version !== undefined) versions.set(name, version)
    if (version !== undefined && path.endsWith('/REQUESTED')) requested.add(name)
    bytes.set(name, (bytes.get(name) ?? 0) + file.bytes)
  }
  return [...bytes]
    .map(([name, sum]) => ({
      name,
      bytes: sum,
      ...(versions.has(name) ? { version: versions.get(name) ?? '' } : {}),
      ...(requested.has(name) ? { requested: true as const } : {}),
    }))
    .sort((a, b) => b.bytes - a.bytes)
}
