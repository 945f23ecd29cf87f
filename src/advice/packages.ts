import type { ImageFiles } from './image-files.ts'

/** A package of Python as it is installed: its folder in site-packages. Bytes unpacked. */
export type InstalledPackage = Readonly<{ name: string; version?: string; bytes: number }>

const inPackages = /\/(?:site|dist)-packages\/([^/]+)(?:\/|$)/
const info = /^([A-Za-z0-9][\w.]*?)-(\d[^/]*?)\.(?:dist|egg)-info$/
const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')

/**
 * What is installed, the largest first, by the folders of site-packages. The name of a folder is that of a module; where a
 * `*.dist-info` has the same it gives the version.
 */
export function installedPackages({ live }: Pick<ImageFiles, 'live'>): readonly InstalledPackage[] {
  const bytes = new Map<string, number>()
  const versions = new Map<string, string>()
  for (const [path, file] of live) {
    const [, folder] = inPackages.exec(path) ?? []
    if (folder === undefined || folder === '__pycache__') continue
    const [, named, version] = info.exec(folder) ?? []
    const name = plain(named ?? folder.replace(/\.libs$/, '').replace(/\.(py|pth|so|abi3\.so|cpython-[\w-]+\.so)$/, ''))
    if (version !== undefined) versions.set(name, version)
    bytes.set(name, (bytes.get(name) ?? 0) + file.bytes)
  }
  return [...bytes]
    .map(([name, sum]) => ({ name, bytes: sum, ...(versions.has(name) ? { version: versions.get(name) ?? '' } : {}) }))
    .sort((a, b) => b.bytes - a.bytes)
}
