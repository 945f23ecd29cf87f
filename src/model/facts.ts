/** What of a model is known before its image is built. What cannot be told for sure is not there. */
export type ModelFacts = Readonly<{
  name?: string
  version?: string
  /** Of an MLflow model. */
  uuid?: string
  flavors?: readonly string[]
  /** The files of the model that go into the image, from the build context, sorted. */
  files: readonly string[]
  /** `sha256:…`, see `artefactDigest`. */
  digest?: string
  /** Version by name, as the index of Python packages calls them. */
  frameworks: Readonly<Record<string, string>>
  /** By name; for the input `metrics-file` to fill. */
  metrics?: Readonly<Record<string, number>>
  /** What the log says about the search. */
  remarks: readonly string[]
  /** What looks like a mistake. */
  notices: readonly string[]
}>

export const nothingKnown: ModelFacts = { files: [], frameworks: {}, remarks: [], notices: [] }
