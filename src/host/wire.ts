/** One exchange with a server. */
export type HttpRequest = Readonly<{
  method: string
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** A file as the body, read while it is sent; then `timeoutMs` is the longest silence, not the whole time. */
  file?: string
  /** Told of the bytes of a `file` as they are read to be sent. */
  onSent?: (bytes: number) => void
  /** Where the body of an answer of status 200 is written to as it comes, whatever its length; the same goes for `timeoutMs`. */
  into?: string
  timeoutMs: number
  /** An answer longer than this (bytes) is cut off there. */
  maxBytes?: number
  /** Certificates (PEM) that are trusted beside those of the machine. */
  ca?: string
  /** The body is sent when the server says that it wants it (100-continue), or nothing for a second: a refusal is heard in any case. */
  askFirst?: boolean
  /** On a connection that is kept for a while, as a series of requests to one server is quicker by. */
  reuse?: boolean
  signal?: AbortSignal
}>

export type HttpAnswer = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** From the first byte sent to the last received, in ms and fractions of it. */
  tookMs?: number
}>

/** The body of a request that was written to a file: its bytes, and their sha256 as `sha256:…`. */
export type Saved = Readonly<{ bytes: number; digest: string }>

/** What the relay does with a request it received: send it on elsewhere, answer by itself, or write down what it brings. */
export type RelayStep =
  | Readonly<{
      kind: 'forward'
      method: string
      url: string
      headers: Readonly<Record<string, string>>
      body?: Uint8Array
      /** Certificates (PEM) that are trusted beside those of the machine. */
      ca?: string
      /** Without a byte in either direction for so long (ms) it is broken off. */
      idleMs?: number
      /** As in `HttpRequest`. */
      askFirst?: boolean
      signal?: AbortSignal
      /** Told of the bytes of the body as they come. */
      onSent?: (bytes: number) => void
      /** What the client gets for a status; 502 stands for an exchange that broke off. */
      settle?: (status: number) => number
      /** `refusal`: an answer of 400 and above, with the beginning of its body; not there where the exchange broke off. */
      onEnd?: (passed: Readonly<{ status: number; sent: number; received: number; refusal?: HttpAnswer }>) => void
    }>
  | Readonly<{ kind: 'answer'; status: number; headers?: Readonly<Record<string, string>>; body: string }>
  | Readonly<{ kind: 'file'; path: string; headers: Readonly<Record<string, string>> }>
  /** The body goes behind what the file holds; then it is asked for the answer. */
  | Readonly<{ kind: 'save'; path: string; answer: (saved: Saved) => Promise<RelayStep> }>

export type RelayRequest = Readonly<{
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  readBody: () => Promise<Uint8Array>
  /** The same piece by piece, for what is too large to be held; instead of the other, and from a door of the host's alone. */
  body?: AsyncIterable<Uint8Array>
}>

/** Decides for each request where it goes, and how a `Location` of the answer reads on our side. */
export type RelayRules = Readonly<{
  route: (request: RelayRequest) => Promise<RelayStep>
  location: (location: string, sentTo: string) => string
}>

/** A door on the loopback that forwards what comes in; `requests` counts them. */
export interface Relay extends AsyncDisposable {
  readonly port: number
  readonly requests: () => number
}
