/** One answer of the image: what was asked, status, milliseconds. */
export type Exchange = Readonly<{ path: string; status: number; ms: number; body: string }>

/** What the image under test has shown. No `predict`: none was asked for, so the model is not proven. */
export type SmokeReport = Readonly<{
  imageId: string
  /** Which of the platforms this is, where they were named. */
  platform?: string
  port: number
  portFrom: string
  /** Not there where the image could not be asked: it was started and no more. */
  health?: Exchange
  predict?: Exchange
  compared: boolean
  /** The image is for a GPU, as this tells, and the host has none: its model is not proven. */
  gpuMissing?: string
  /** The same of the further platforms. */
  others?: readonly SmokeReport[]
  /** Platforms that were not run, which the user accepts. */
  untested?: readonly string[]
}>
