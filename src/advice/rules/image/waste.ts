import { bytesText } from '../../../amounts.ts'
import type { Between } from '../../image-files.ts'
import type { Finding, ImageLayer, ImageSubject, Rule } from '../../rule.ts'

/** Less is not worth a word (bytes, unpacked). */
const leastWaste = 1_000_000
/** Of an earlier layer so much is in a later one that only changes owner or mode. */
const almostAll = 0.8

const madeBy = (layer: ImageLayer | undefined) => (layer ? layer.instruction.replace(/\s+/g, ' ').slice(0, 80) : 'an earlier layer')
const at = (layer: ImageLayer | undefined) => (layer?.at ? { at: layer.at } : {})

const changesOwner = /\b(chown|chmod|chgrp|setfacl|touch)\b/

const again = ({ layers }: ImageSubject, { from, to, bytes, files, largest }: Between): Finding => ({
  message: `${madeBy(layers[to])} writes ${files} ${files === 1 ? 'file' : 'files'} of "${madeBy(layers[from])}" into the image a second time (${bytesText(bytes)}, ${largest}).`,
  why: 'A layer holds whole files: a change of owner, mode or time stores the file again. COPY --chown and --chmod give both as the file comes.',
  ...at(layers[to]),
  gain: { kind: 'size', bytes },
})

/** Layers that nobody has looked into, as of weights, tell by their sizes. */
function bySize(subject: ImageSubject): readonly Finding[] {
  return subject.layers.flatMap((layer, index): readonly Finding[] => {
    if (!layer.own || !/^(RUN|\/bin\/sh)/.test(layer.instruction) || !changesOwner.test(layer.instruction) || layer.bytes < leastWaste)
      return []
    if (subject.files?.again.some(({ to }) => to === index)) return []
    const copied = subject.layers.findLast(
      (one, before) =>
        before < index &&
        /^(COPY|ADD)\b/.test(one.instruction) &&
        layer.bytes >= one.bytes * almostAll &&
        layer.bytes * almostAll <= one.bytes,
    )
    return copied
      ? [
          {
            message: `${madeBy(layer)} has as many bytes as "${madeBy(copied)}": its files are in the image twice (${bytesText(layer.bytes)} compressed).`,
            why: 'A layer holds whole files: a change of owner or mode stores the file again, the weights too.',
            ...at(layer),
            gain: { kind: 'size', bytes: layer.bytes },
          },
        ]
      : []
  })
}

export const twice: Rule<ImageSubject> = {
  id: 'chown-copies',
  look: (subject) => [
    ...(subject.files?.again ?? [])
      .filter(({ to, bytes }) => bytes >= leastWaste && subject.layers[to]?.own && changesOwner.test(subject.layers[to]?.instruction ?? ''))
      .map((one) => again(subject, one)),
    ...bySize(subject),
  ],
}

export const wasted: Rule<ImageSubject> = {
  id: 'wasted-bytes',
  look: (subject) => {
    const { files, layers } = subject
    const copied = (files?.again ?? []).filter(({ to }) => !changesOwner.test(layers[to]?.instruction ?? ''))
    return [...(files?.lost ?? []), ...copied]
      .filter(({ from, bytes }) => bytes >= leastWaste && layers[from]?.own)
      .map(({ from, to, bytes, files: count, largest }) => ({
        message: `${madeBy(layers[to])} deletes or replaces ${count} ${count === 1 ? 'file' : 'files'} (${bytesText(bytes)}, ${largest}) that "${madeBy(layers[from])}" has brought: they stay in the image.`,
        why: 'A later layer hides a file, it does not take it out of the earlier one. Delete in the RUN that makes it, or make it in a stage of its own.',
        ...at(layers[from]),
        gain: { kind: 'size' as const, bytes },
      }))
  },
}
