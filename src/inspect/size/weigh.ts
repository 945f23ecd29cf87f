import { normalPlatform } from '../../build/platforms.ts'
import { sourceLine } from '../../build/source-line.ts'
import { instructionText } from '../finding.ts'
import type { Named } from '../layers/source.ts'
import type { Step } from '../origin.ts'
import type { ImageJson } from '../surfaces.ts'
import type { Around } from '../verdict.ts'
import type { LayerSize, SizeReport } from './size.ts'

/**
 * The image of one platform: its layers as its manifest names them, and the steps of its history. Without a platform it is
 * the only one, of which only the sum is known.
 */
export type Weighed = Readonly<{ platform?: string; layers: readonly Named[]; steps: readonly Step[]; bytes?: number }>

/** The image before this one: its layers by platform. */
export type Before = Readonly<{ reference: string; digest: string; images: ReadonlyMap<string, readonly Named[]> }>

const sum = (layers: readonly Pick<Named, 'bytes'>[]) => layers.reduce((total, { bytes }) => total + bytes, 0)

/** The platform that a configuration is for. */
export function platformOf({ os = 'linux', architecture = '', variant }: ImageJson): string {
  return normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/'))
}

const longest = 80

/**
 * The instruction of an entry of the history, without what builders put around it and without the values of build
 * arguments (`RUN |1 TOKEN=x /bin/sh -c pip install y # buildkit` is `RUN pip install y`).
 */
export function instructionOf(createdBy: string): string {
  const line = createdBy
    .replace(/\s+/g, ' ')
    .replace(/ # buildkit$/, '')
    .replace(/^\/bin\/sh -c #\(nop\) /, '')
    .replace(/^RUN \|\d+ .*? (?=\/bin\/)/, 'RUN ')
    .replace(/^(?:RUN )?\/bin\/(?:ba)?sh (?:-\w+ |pipefail )*?-\w*c /, 'RUN ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest)}...` : line
}

/** What the image of a platform weighs, layer by layer, and against the one before where there is one for that platform. */
export function weigh({ platform, layers, steps, bytes }: Weighed, before: Before | undefined, around: Around): SizeReport {
  const images = before?.images ?? new Map<string, readonly Named[]>()
  const [only] = images.size === 1 ? images.values() : []
  const previous = platform === undefined ? only : images.get(platform)
  const known = previous && new Set(previous.map(({ digest }) => digest))
  return {
    bytes: bytes ?? sum(layers),
    layers: layers.map((layer, index): LayerSize => {
      const step = steps.find((one) => one.layer === index)
      const at = sourceLine(around.workspace, around.file, step?.by?.line)
      return {
        digest: layer.digest,
        bytes: layer.bytes,
        instruction: step?.by ? instructionText(step.by, []) : instructionOf(step?.createdBy ?? ''),
        own: step?.own ?? true,
        ...(at ? { at } : {}),
        ...(known ? { isNew: !known.has(layer.digest) } : {}),
      }
    }),
    ...(before && previous ? { previous: { reference: before.reference, digest: before.digest, bytes: sum(previous) } } : {}),
  }
}

/** The same of an image of several platforms, each with its name. */
export function weighAll(images: readonly Weighed[], before: Before | undefined, around: Around): readonly SizeReport[] {
  return images.map((image) => {
    const { platform } = image
    return { ...(images.length > 1 && platform !== undefined ? { platform } : {}), ...weigh(image, before, around) }
  })
}
