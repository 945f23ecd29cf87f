import type { Instruction } from './finding.ts'

/** An entry of an image's history, as its configuration has it. */
export type HistoryEntry = Readonly<{ created_by?: string; empty_layer?: boolean }>

/** Whose an entry of the history is, and its layer if it made one. */
export type Step = Readonly<{ createdBy: string; own: boolean; layer?: number; by?: Instruction }>

const keywordOf = (createdBy: string) => (/^[A-Z]+/.exec(createdBy)?.[0] ?? '').toUpperCase()

/**
 * Lays the instructions of the Dockerfile beside the history. Each but FROM leaves one entry, in order, after those of the
 * base image; so the last entries are the build's own if their words are those of the instructions. If they are not, or
 * there is no Dockerfile, nothing is known of a base, and all of the image counts as its own.
 */
export function stepsOf(history: readonly HistoryEntry[], chain: readonly Instruction[]): readonly Step[] {
  const first = history.length - chain.length
  const known =
    chain.length > 0 && first >= 0 && chain.every(({ keyword }, index) => keywordOf(history[first + index]?.created_by ?? '') === keyword)
  let layers = 0
  return history.map((entry, index): Step => {
    const by = known ? chain[index - first] : undefined
    return {
      createdBy: entry.created_by ?? '',
      own: !known || index >= first,
      ...(entry.empty_layer ? {} : { layer: layers++ }),
      ...(by ? { by } : {}),
    }
  })
}
