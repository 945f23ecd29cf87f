import { ActionError } from '../errors.ts'
import type { Gated, Publishable } from '../publish/gated.ts'
import type { Manifest } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import type { Part } from './part.ts'

const mediaType = 'application/vnd.oci.image.index.v1+json'

const short = (revision: string) => revision.slice(0, 12) || 'no commit'

/** What keeps parts from being one image; undefined when nothing does. */
export function faultOf(parts: readonly Part[], platforms: readonly string[], revision: string): string | undefined {
  const byPlatform = Map.groupBy(parts, ({ platform }) => platform)
  for (const [platform, same] of byPlatform) {
    if (same.length > 1) return `${platform} is there ${same.length} times: ${same.map(({ entries }) => entries[0].digest).join(', ')}.`
  }
  const missing = platforms.filter((platform) => !byPlatform.has(platform))
  if (missing.length > 0) return `${missing.join(', ')} is missing: there is ${[...byPlatform.keys()].join(', ') || 'nothing'}.`
  const more = platforms.length === 0 ? [] : [...byPlatform.keys()].filter((platform) => !platforms.includes(platform))
  if (more.length > 0) return `${more.join(', ')} is there, which platforms does not name.`
  // What no label says is not known to be of another commit; its record says of which it is.
  const commitOf = (part: Part) => part.revision || part.record.revision
  const strange = revision === '' ? undefined : parts.find((part) => commitOf(part) !== revision)
  if (strange) return `${strange.platform} is of ${short(commitOf(strange))}, this run is about ${short(revision)}.`
  const [first, ...others] = parts
  const other = others.find((part) => first && commitOf(part) !== commitOf(first))
  if (first && other) return `${first.platform} is of ${short(commitOf(first))}, ${other.platform} of ${short(commitOf(other))}.`
  return undefined
}

/** The index of these images, sorted by platform: the same images give the same bytes. */
export function indexOf(parts: readonly Part[], annotations: Readonly<Record<string, string>>): Manifest {
  const manifests = parts.toSorted((a, b) => (a.platform < b.platform ? -1 : 1)).flatMap(({ entries }) => entries)
  const sorted = Object.fromEntries(Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1)))
  const json = { schemaVersion: 2, mediaType, manifests, ...(Object.keys(sorted).length > 0 ? { annotations: sorted } : {}) }
  const body = new TextEncoder().encode(JSON.stringify(json))
  return { digest: digestOf(body), mediaType, body }
}

/**
 * One image of gated ones, itself gated.
 * @param platforms what it must hold; empty: whatever there is
 * @param revision the commit of this run, empty when unknown
 * @throws ActionError merge-mismatch
 */
export function join(
  parts: readonly Part[],
  platforms: readonly string[],
  revision: string,
  annotations: Readonly<Record<string, string>>,
): Gated {
  const fault = faultOf(parts, platforms, revision)
  if (fault !== undefined) throw new ActionError('merge-mismatch', `The digests do not make one image: ${fault}`)
  const manifest = indexOf(parts, annotations)
  const needed = parts.flatMap(({ entries }) => entries.map(({ digest }) => digest))
  const image: Publishable = { digest: manifest.digest, store: 'containerd', localName: '', index: { manifest, parts: needed } }
  return image as Gated
}
