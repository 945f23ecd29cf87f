/** Lines a waiting stage may hold back before the oldest are dropped. */
const longestWait = 50_000

/** So often (ms) it is told what the stages are at whose lines are held back. */
export const pulseMs = 15_000
/** Of a line that is told ahead (characters). */
const longestAhead = 120

export interface Turn {
  readonly line: (text: string) => void
  /** Ends the turn; `after` is printed behind its last line. */
  readonly close: (after: () => void) => void
}

/** A clock that beats until what it gives is called; it keeps nobody waiting. */
export type Beat = Readonly<{ now: () => number; every: (ms: number, act: () => void) => () => void }>

const ownBeat: Beat = {
  now: () => Date.now(),
  every: (ms, act) => {
    const timer = setInterval(act, ms).unref()
    return () => clearInterval(timer)
  },
}

type Waiting = {
  readonly name: string
  readonly since: number
  readonly open: () => void
  readonly held: string[]
  dropped: number
  closed: (() => void) | undefined
  /** Its end was told. */
  told: boolean
}

/** What is told of a stage before its turn: how long it has been running, and the last it said. */
function aheadText({ name, since, held, closed }: Waiting, now: number): string {
  if (closed) return `[${name} has ended; its log comes next]`
  const last = (held.at(-1) ?? '').replace(/^│ /, '').trim()
  const shown = last.length > longestAhead ? `${last.slice(0, longestAhead)}...` : last
  return `[${name} goes on beside this, for ${Math.round((now - since) / 1000)} s${shown === '' ? '' : `: ${shown}`}]`
}

/**
 * Lets several stages write at once without mixing: the first to come prints as it goes, the others are held back
 * and printed when their turn comes. Meanwhile a line every 15 s tells what each of them is at. `open` prints a stage's
 * heading when its turn begins; `ahead` prints what is told of others.
 */
export function createTurns(
  print: (text: string) => void,
  beat: Beat = ownBeat,
  ahead: (text: string) => void = print,
): (name: string, open: () => void) => Turn {
  const queue: Waiting[] = []
  let stop: (() => void) | undefined

  const pulse = () => {
    for (const waiting of queue.slice(1)) {
      if (waiting.told) continue
      waiting.told = waiting.closed !== undefined
      ahead(aheadText(waiting, beat.now()))
    }
  }
  const listen = () => {
    if (queue.length > 1) stop ??= beat.every(pulseMs, pulse)
    else {
      stop?.()
      stop = undefined
    }
  }

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

  return (name, open) => {
    const mine: Waiting = { name, since: beat.now(), open, held: [], dropped: 0, closed: undefined, told: false }
    queue.push(mine)
    if (queue[0] === mine) open()
    listen()
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
        listen()
      },
    }
  }
}
