/** Lines a waiting stage may hold back before the oldest are dropped. */
const longestWait = 50_000

export interface Turn {
  readonly line: (text: string) => void
  /** Ends the turn; `after` is printed behind its last line. */
  readonly close: (after: () => void) => void
}

/**
 * Lets several stages write at once without mixing: the first to come prints as it goes, the others are held back
 * and printed when their turn comes. `open` prints a stage's heading when its turn begins.
 */
export function createTurns(print: (text: string) => void): (open: () => void) => Turn {
  type Waiting = { open: () => void; held: string[]; dropped: number; closed: (() => void) | undefined }
  const queue: Waiting[] = []

  const advance = () => {
    for (;;) {
      const first = queue[0]
      if (!first) return
      first.open()
      if (first.dropped > 0) print(`[${first.dropped} earlier lines left out]`)
      for (const line of first.held.splice(0)) print(line)
      if (!first.closed) return
      queue.shift()
      first.closed()
    }
  }

  return (open) => {
    const mine: Waiting = { open, held: [], dropped: 0, closed: undefined }
    queue.push(mine)
    if (queue[0] === mine) open()
    return {
      line: (text) => {
        if (queue[0] === mine) return print(text)
        mine.held.push(text)
        if (mine.held.length > longestWait) {
          mine.held.shift()
          mine.dropped++
        }
      },
      close: (after) => {
        if (mine.closed) return
        mine.closed = after
        if (queue[0] !== mine) return
        queue.shift()
        after()
        advance()
      },
    }
  }
}
