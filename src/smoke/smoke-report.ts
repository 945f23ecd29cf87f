/** One answer of the image: what was asked, status, milliseconds. */
export type Exchange = Readonly<{ path: string; status: number; ms: number; body: string }>

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
  predict?: Exchange
  compared: boolean
  /** The same of the further platforms. */
  others?: readonly SmokeReport[]
  /** Platforms that were not run, which the user accepts. */
  untested?: readonly string[]
}>
