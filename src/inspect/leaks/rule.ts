/** `red` stops the run; `advice` is told and does not. */
export type Weight = 'red' | 'advice'

/** How one kind of secret is known. */
export type Rule = Readonly<{
  id: string
  /** What it is, after "holds". */
  what: string
  /** With the flag g. The group `secret` is the secret, without one the whole match; a group `name` that of its variable. */
  pattern: RegExp
  /** One of these stands in all that the pattern matches (case counts); a text without any of them is not searched further. */
  literals: readonly string[]
  /** Only in files whose path matches. */
  path?: RegExp
  weight?: Weight
  /** Documentation and tests are full of it: in packages of others it is not told. */
  loose?: true
  /** Bits a character that it must hold at least; 3 unless given. */
  entropy?: number
  /** Values that are published, and so no secret. */
  known?: readonly string[]
  /** What else must be true of the secret. */
  holds?: (secret: string, name: string) => boolean
}>
