import { digestOf } from '../registry/digest.ts'

/** A file of a model with the sha256 (hex) of its bytes. */
export type HashedFile = Readonly<{ path: string; sha256: string }>

/** The bytes that a pointer of Git LFS stands for; undefined when the text is no pointer. Source: git-lfs docs/spec.md. */
export function lfsPointer(text: string): Readonly<{ sha256: string; bytes: number }> | undefined {
  const [, sha256, bytes] =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\nsize (\d+)\n?$/.exec(text) ?? []
  return sha256 === undefined ? undefined : { sha256, bytes: Number(bytes) }
}

/** A pointer of Git LFS is smaller than this (bytes). */
export const largestPointer = 1024

/**
 * One digest for a model: of one file its sha256, of several that of what `sha256sum` prints of them, sorted by path
 * (`LC_ALL=C`). So both can be had by hand. Undefined for no files.
 */
export function artefactDigest(files: readonly HashedFile[]): string | undefined {
  const [only, ...more] = files
  if (only === undefined) return undefined
  if (more.length === 0) return `sha256:${only.sha256}`
  const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
  const list = sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
  return digestOf(list)
}
