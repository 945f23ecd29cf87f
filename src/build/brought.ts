import type { Host } from '../host/host.ts'
import { bring, type Taker } from './bring.ts'
import { type BuiltImage, configOf } from './image.ts'
import { blobPath, type Layout } from './layout.ts'

type Brought = Pick<BuiltImage, 'digest' | 'configDigest' | 'runnables' | 'config' | 'compressedBytes' | 'layout'>

/** An image that another builder has made, when the engine has got of it what it can run. */
export async function brought(host: Host, layout: Layout, untested: readonly string[], native: string, taker: Taker): Promise<Brought> {
  // That of the engine first: it is what stays under the tags, and what tests run in.
  const children = layout.children.toSorted((a, b) => Number(b.platform === native) - Number(a.platform === native))
  const runnables = await bring(
    host,
    layout,
    children.filter(({ platform }) => !untested.includes(platform)),
    taker,
  )
  const [first] = children
  const only = layout.children.length === 1 ? first : undefined
  const text = first && host.files.readText(blobPath(layout.folder, first.configDigest))
  const { config } = JSON.parse(text ?? '{}') as Readonly<{ config?: Parameters<typeof configOf>[0]['Config'] }>
  return {
    digest: runnables[0]?.id ?? layout.root.digest,
    ...(only ? { configDigest: only.configDigest, compressedBytes: only.compressedBytes } : {}),
    runnables,
    config: configOf({ Config: config ?? null }),
    layout,
  }
}
