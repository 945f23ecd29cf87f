import type { Comparison } from './comparison.ts'
import type { Measured } from './measure/measure.ts'

/** One answer of the image: what was asked, status, milliseconds. */
export type Exchange = Readonly<{ path: string; status: number; ms: number; body: string }>

/** What the image under test has shown. No `predict`: none was asked for, so the model is not proven. */
export type SmokeReport = Readonly<{
  imageId: string
  /** Which of the platforms this is, where they were named. */
  platform?: string
  port: number
  portFrom: string
  health: Exchange
  predict?: Exchange
  compared: boolean
  /** What it took to run it. */
  measured?: Measured
  /** How its predictions stand to those of another image, with `compare`. */
  comparison?: Comparison
  /** The same of the further platforms. */
  others?: readonly SmokeReport[]
  /** Platforms that were not run, which the user accepts. */
  untested?: readonly string[]
}>
