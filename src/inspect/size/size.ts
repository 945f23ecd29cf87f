import type { SourceLine } from '../../build/source-line.ts'

/** A layer as a registry has it: its compressed bytes, and the instruction that made it. */
export type LayerSize = Readonly<{
  digest: string
  bytes: number
  instruction: string
  /** Of this build, and not of its base image. */
  own: boolean
  at?: SourceLine
  /** The image before this one does not have it; not there where that is not known. */
  isNew?: boolean
}>

/** What an image weighs (compressed bytes of its layers, those of the platform that was built), beside the one before it. */
export type SizeReport = Readonly<{
  /** Of an image of several the one that this is about: that which is red, or else the largest. */
  platform?: string
  bytes: number
  layers: readonly LayerSize[]
  previous?: Readonly<{ reference: string; digest: string; bytes: number }>
}>
