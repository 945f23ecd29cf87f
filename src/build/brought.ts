import type { Host } from '../host/host.ts'
import { bring, type Source, type Taker } from './bring.ts'
import { layoutRules } from './door.ts'
import { type BuiltImage, configOf } from './image.ts'
import { blobPath, type Child, type Layout } from './layout.ts'

export type Brought = Pick<BuiltImage, 'digest' | 'configDigest' | 'runnables' | 'config' | 'compressedBytes'>

/** An image that is somewhere else, of one or several platforms; `configText` reads a configuration. */
export type Whole = Source & Readonly<{ children: readonly Child[]; configText: (digest: string) => Promise<string | undefined> }>

export function wholeOf({ readText }: Host['files'], layout: Layout): Whole {
  return {
    root: layout.root.digest,
    rules: (name) => layoutRules(layout, name),
    children: layout.children,
    configText: async (digest) => readText(blobPath(layout.folder, digest)),
  }
}

/** That of the engine first: it is what stays under the tags, and what tests run in. */
export const nativeFirst = (children: readonly Child[], native: string): readonly Child[] =>
  children.toSorted((a, b) => Number(b.platform === native) - Number(a.platform === native))

/** An image that was not built by the engine, when that has got of it what it can run. */
export async function brought(host: Host, whole: Whole, untested: readonly string[], native: string, taker: Taker): Promise<Brought> {
  const children = nativeFirst(whole.children, native)
  const runnables = await bring(
    host,
    whole,
    children.filter(({ platform }) => !untested.includes(platform)),
    taker,
  )
  return { ...(await known(whole, children)), digest: runnables[0]?.id ?? whole.root, runnables }
}

/** What is known of an image wherever it is: its first platform speaks for it. */
export async function known(
  { children: all, configText }: Pick<Whole, 'children' | 'configText'>,
  [first]: readonly Child[],
): Promise<Pick<Brought, 'configDigest' | 'compressedBytes' | 'config'>> {
  const only = all.length === 1 ? first : undefined
  const text = first && (await configText(first.configDigest))
  const { config } = JSON.parse(text ?? '{}') as Readonly<{ config?: Parameters<typeof configOf>[0]['Config'] }>
  return {
    ...(only ? { configDigest: only.configDigest, compressedBytes: only.compressedBytes } : {}),
    config: configOf({ Config: config ?? null }),
  }
}
