import type { BuiltImage } from '../build/image.ts'
import { inputHashLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import type { Manifest } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import type { Gated } from './gated.ts'

/** Type of the artifact that says of an image that it is gated. */
export const recordType = 'application/vnd.ml-image-action.gate.v1+json'

export type GateState = 'passed' | 'skipped'

/** The run of a workflow, as GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT number it. */
export type RunNumber = Readonly<{ id: string; attempt: number }>

/** What was asked of an image before it was pushed by its digest, written only after that. */
export type GateRecord = Readonly<{
  version: 1
  /** Digest of the manifest or index that was pushed. */
  image: string
  gates: Readonly<{ tests: GateState; smoke: GateState }>
  /** Platforms whose container answered, and those that no engine of the run could run. */
  smoked: readonly string[]
  untested: readonly string[]
  /** The commit, and the repository that it is in; empty where nothing says it. */
  revision: string
  repository: string
  run?: RunNumber
  inputHash: string
}>

/** Undefined outside of a run, as on a laptop. */
export function runNumber(env: Readonly<Record<string, string | undefined>>): RunNumber | undefined {
  const id = env['GITHUB_RUN_ID'] ?? ''
  const attempt = Number(env['GITHUB_RUN_ATTEMPT'] || 1)
  return /^\d{1,20}$/.test(id) && Number.isInteger(attempt) ? { id, attempt } : undefined
}

/** The record of an image whose gates came out so; `native` is the platform of an engine that was asked for none. */
export function recordOf(
  digest: string,
  { runnables, untested }: Pick<BuiltImage & Gated, 'runnables' | 'untested'>,
  gates: GateRecord['gates'],
  { event, labels }: Pick<Plan, 'event' | 'labels'>,
  native: string,
  run: RunNumber | undefined,
): GateRecord {
  return {
    version: 1,
    image: digest,
    gates,
    smoked: gates.smoke === 'passed' ? runnables.map(({ platform }) => platform ?? native) : [],
    untested,
    revision: event.sha,
    repository: event.repository,
    ...(run ? { run } : {}),
    inputHash: labels[inputHashLabel] ?? '',
  }
}

/** The record of an image whose gates were in part those of a job before: what that has seen still holds. */
export function handedOn(record: GateRecord, before: GateRecord | undefined): GateRecord {
  if (!before) return record
  const either = (name: 'tests' | 'smoke') => (before.gates[name] === 'passed' ? 'passed' : record.gates[name])
  return {
    ...record,
    gates: { tests: either('tests'), smoke: either('smoke') },
    smoked: [...new Set([...before.smoked, ...record.smoked])],
    inputHash: before.inputHash,
  }
}

const digestPattern = /^sha256:[a-f0-9]{64}$/
const start = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12)

/**
 * The tag of a record, by which a merge finds it: `gate-RUN.ATTEMPT-DIGEST`. Each job has its own, so that jobs beside each
 * other do not overwrite what the other has written, as they would in one list.
 */
export function recordTag({ image, run }: Pick<GateRecord, 'image' | 'run'>): string {
  return `gate-${run ? `${run.id}.${run.attempt}` : 'local'}-${start(image)}`
}

/** Whether a tag may be that of a record of this image. */
export const isRecordOf = (digest: string) => (tag: string) => tag.startsWith('gate-') && tag.endsWith(`-${start(digest)}`)

/** How the tags of a run's records begin, whatever its attempt. */
export const recordPrefix = (run: RunNumber) => `gate-${run.id}.`
export const isRecordIn = (run: RunNumber) => (tag: string) => tag.startsWith(recordPrefix(run))

type Blob = Readonly<{ digest: string; mediaType: string; body: Uint8Array }>

function blobOf(text: string, mediaType: string): Blob {
  return { digest: digestOf(text), mediaType, body: new TextEncoder().encode(text) }
}

const described = ({ digest, mediaType, body }: Blob | Manifest) => ({ mediaType, digest, size: body.length })

/**
 * A record as an artifact whose subject is the image (OCI image spec 1.1, "Guidelines for Artifact Usage"): registries
 * that know referrers show it with the image and remove it with that.
 */
export function recordArtifact(record: GateRecord, image: Manifest): Readonly<{ manifest: Manifest; blobs: readonly Blob[] }> {
  const config = blobOf('{}', 'application/vnd.oci.empty.v1+json')
  const content = blobOf(JSON.stringify(record), recordType)
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const json = {
    schemaVersion: 2,
    mediaType,
    artifactType: recordType,
    config: described(config),
    layers: [described(content)],
    subject: described(image),
  }
  return { manifest: blobOf(JSON.stringify(json), mediaType), blobs: [config, content] }
}

type Artifact = Readonly<{
  artifactType?: unknown
  subject?: Readonly<{ digest?: unknown }>
  layers?: readonly Readonly<{ digest?: unknown }>[]
}>

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** Where the record is and what it is about, if a manifest is that of a record. */
export function readArtifact(body: Uint8Array): Readonly<{ content: string; subject: string }> | undefined {
  const { artifactType, subject, layers } = (parseJson(body) ?? {}) as Artifact
  const content = layers?.[0]?.digest
  if (artifactType !== recordType || typeof content !== 'string' || typeof subject?.digest !== 'string') return undefined
  return { content, subject: subject.digest }
}

const isState = (value: unknown): value is GateState => value === 'passed' || value === 'skipped'
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Undefined for what is no record of this version. */
export function parseRecord(body: Uint8Array): GateRecord | undefined {
  const said = parseJson(body) as Readonly<Record<string, unknown>> | null | undefined
  const gates = said?.['gates'] as Readonly<Record<string, unknown>> | null | undefined
  const [tests, smoke] = [gates?.['tests'], gates?.['smoke']]
  if (said?.['version'] !== 1 || !digestPattern.test(text(said['image'])) || !isState(tests) || !isState(smoke)) return undefined
  const run = said['run'] as Readonly<Record<string, unknown>> | null | undefined
  const [id, attempt] = [run?.['id'], run?.['attempt']]
  return {
    version: 1,
    image: text(said['image']),
    gates: { tests, smoke },
    smoked: texts(said['smoked']),
    untested: texts(said['untested']),
    revision: text(said['revision']),
    repository: text(said['repository']),
    ...(typeof id === 'string' && typeof attempt === 'number' ? { run: { id, attempt } } : {}),
    inputHash: text(said['inputHash']),
  }
}
