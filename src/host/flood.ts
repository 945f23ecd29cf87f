/** How much of the end of a flood is kept (bytes). */
const kept = 256 << 10

/** Where the bytes of a stream go: a `LineSplitter`. */
type Sink = Readonly<{ push: (chunk: Uint8Array) => void; end: () => void }>

/**
 * Passes a stream on until `most` bytes; of what comes after that only the end, once it is over. Who writes gigabytes
 * pays for it, not who listens.
 */
export class Flood {
  readonly #sink: Sink
  readonly #most: number
  readonly #last: Uint8Array[] = []
  #seen = 0
  #size = 0

  constructor(sink: Sink, most: number) {
    this.#sink = sink
    this.#most = most
  }

  push(chunk: Uint8Array): void {
    this.#seen += chunk.length
    if (this.#seen <= this.#most) {
      this.#sink.push(chunk)
      return
    }
    this.#last.push(chunk)
    this.#size += chunk.length
    while (this.#size - (this.#last[0]?.length ?? 0) >= kept) this.#size -= this.#last.shift()?.length ?? 0
  }

  end(): void {
    for (const chunk of this.#last.splice(0)) this.#sink.push(chunk)
    this.#sink.end()
  }
}
