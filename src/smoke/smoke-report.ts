import type { Comparison } from './comparison.ts'
import type { Deviation } from './judge/deviation.ts'
import type { Measured } from './measure/measure.ts'
import type { SampleSource } from './sample.ts'

/** One answer of the image: what was asked, status, milliseconds. */
export type Exchange = Readonly<{ path: string; status: number; ms: number; body: string }>

/** How one sample came out. `compared`: more than its status was looked at. `why`: what was not as expected. */
export type SampleReport = Readonly<{
  name: string
  source: SampleSource
  /** The input, the file or the document it is from. */
  from: string
  method: string
  path: string
  status?: number
  ms?: number
  result: 'passed' | 'failed'
  compared: boolean
  /** Of the numbers that are expected, the one that is nearest to the edge of its tolerance. */
  nearest?: Deviation
  why?: string
}>

/** What the image under test has shown. No `predict`: none was asked for, so the model is not proven. */
export type SmokeReport = Readonly<{
  imageId: string
  /** Which of the platforms this is, where they were named. */
  platform?: string
  port: number
  portFrom: string
  /** What kind of server it was taken for, and by what. */
  preset?: string
  presetFrom?: string
  /** The first good answer. None: nothing was called, the container stayed up for so long (ms). */
  health?: Exchange
  stayedUpMs?: number
  /** The image is for a GPU, as this tells, and the host has none: its model is not proven. */
  gpuMissing?: string
  /** Of the first sample. */
  predict?: Exchange
  compared: boolean
  /** The first hundred, in their order. */
  samples?: readonly SampleReport[]
  sampleCount?: number
  /** Why the model is not proven, where it is not. */
  unproven?: string
  /** What it took to run it. */
  measured?: Measured
  /** How its predictions stand to those of another image, with `compare`. */
  comparison?: Comparison
  /** The same of the further platforms. */
  others?: readonly SmokeReport[]
  /** Platforms that were not run, which the user accepts. */
  untested?: readonly string[]
}>
