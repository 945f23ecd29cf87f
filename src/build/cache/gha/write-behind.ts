/** Blocks of one blob on their way to the store; each is taken from its sender before it is there. */
export type WriteBehind = Readonly<{
  /** Sends one as soon as there is room. @returns the status of one that has failed; then nothing is sent */
  add: (send: () => Promise<number>) => Promise<number | undefined>
  /** Waits for all. @returns the status of the first that failed, or undefined: the store has them */
  settled: () => Promise<number | undefined>
}>

/** So many are on their way at once. */
export const blocksAtOnce = 4

/** Nothing is on its way yet. `send` gives the status of the store, and never throws. */
export function createWriteBehind(): WriteBehind {
  const under = new Set<Promise<void>>()
  let failed: number | undefined
  return {
    add: async (send) => {
      while (under.size >= blocksAtOnce && failed === undefined) await Promise.race(under)
      if (failed !== undefined) return failed
      const one = send().then((status) => {
        if (status >= 300) failed ??= status
        under.delete(one)
      })
      under.add(one)
      return undefined
    },
    settled: async () => {
      await Promise.all(under)
      return failed
    },
  }
}
