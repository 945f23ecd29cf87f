import type { Finding } from './finding.ts'
import type { SeenImage } from './seen.ts'
import type { SizeReport } from './size/size.ts'

/** What a layer was that nobody has looked into, by the instruction that made it or its digest. */
export type LeftOut = Readonly<{ layer: string; why: string }>

/** How the search for secrets came out, where it found none that is red. */
export type LeakReport = Readonly<{
  /** Layers of the build's own that were read, their files, and how many bytes of these were looked at. */
  layers: number
  files: number
  bytes: number
  leftOut: readonly LeftOut[]
  /** Layers of the build's own that were searched for an image before this one. */
  before?: number
  /** Places of what looks like a secret, but in packages of others. */
  advice: readonly string[]
  /** Places that `leak-ignore` has left out. */
  ignored: readonly string[]
}>

/** What is known of an image that was inspected: each is there where it was asked for. */
export type Inspection = Readonly<{ leaks?: LeakReport; size?: SizeReport }>

export type Search = Readonly<{
  findings: readonly Finding[]
  report: LeakReport
  /** Not there where no layer is read, or where there are several images. */
  seen?: SeenImage
}>
