import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'
import type { Sent } from './progress.ts'

/** What is copied: blobs in the order in which they are sent, and the image that they are of. */
export type Copying = Readonly<{ blobs: readonly string[]; of: string; from: RegistryClient; to: RegistryClient }>

/**
 * Copies the blobs that a repository lacks, through a file each, of which `atOnce` lie on this machine's disk at a time.
 * Before each, `ended` says why there shall be no more. @throws ActionError
 */
export async function copyBlobs(
  host: Host,
  { blobs, of, from, to }: Copying,
  atOnce: number,
  ended: () => ActionError | undefined,
  sent: Sent = { blobs: 0, bytes: 0 },
): Promise<void> {
  const waiting = [...blobs]
  const folder = host.files.makeTemp('copy')
  host.leave({ kind: 'folder', path: folder })
  const onSent = (bytes: number) => {
    sent.bytes += bytes
  }
  const send = async (): Promise<void> => {
    for (let blob = waiting.shift(); blob !== undefined; blob = waiting.shift()) {
      const end = ended()
      if (end) throw end
      if (await to.hasBlob(blob)) continue
      const path = join(folder, blob.replace(':', '-'))
      if (!(await from.saveBlob(blob, path)))
        throw new ActionError('digest-mismatch', `${blob}, a layer of ${of}, is not to be had any more.`)
      await to.putBlob(blob, path, onSent)
      sent.blobs++
      host.files.remove(path)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, send))
  } finally {
    // One that is refused ends the others, too.
    waiting.length = 0
    host.files.remove(folder)
  }
}
