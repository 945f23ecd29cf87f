import { join } from 'node:path'
import type { Files } from '../host/host.ts'
import { recordType } from '../publish/record.ts'

const parts: ReadonlySet<string> = new Set(['blobs', 'index.json', 'oci-layout'])

/** Whether a folder is a layout that this action has written, and nothing else: one may take its place. */
export function isOwnLayout(files: Pick<Files, 'list' | 'readUntrusted'>, folder: string): boolean {
  if (!files.list(folder).every((name) => parts.has(name))) return false
  try {
    const index = JSON.parse(files.readUntrusted(join(folder, 'index.json')) ?? '') as {
      manifests?: readonly Readonly<{ artifactType?: unknown }>[]
    }
    return index.manifests?.some(({ artifactType }) => artifactType === recordType) ?? false
  } catch {
    return false
  }
}
