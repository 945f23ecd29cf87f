import { ActionError } from '../errors.ts'
import { nameText } from '../plan/image-name.ts'
import type { RegistryClient } from '../registry/client.ts'
import {
  type GateRecord,
  isRecordIn,
  isRecordOf,
  parseRecord,
  type RunNumber,
  readArtifact,
  recordArtifact,
  recordPrefix,
  recordTag,
  recordType,
} from './record.ts'
import type { Arrived } from './set-tags.ts'

/** Puts the record beside the image, in its repository, and asks for it. @returns its `name:tag` @throws ActionError */
export async function keepRecord({ name, client, image }: Pick<Arrived, 'name' | 'client' | 'image'>, record: GateRecord): Promise<string> {
  const { manifest, blobs } = recordArtifact(record, image.manifest)
  for (const { digest, body } of blobs) if (!(await client.hasBlob(digest))) await client.putBlob(digest, body)
  const tag = recordTag(record)
  await client.putManifest(tag, manifest)
  const now = await client.head(tag)
  if (now !== manifest.digest)
    throw new ActionError('digest-mismatch', `${nameText(name)}:${tag} answers ${now ?? 'nothing'}, set was ${manifest.digest}.`)
  return `${nameText(name)}:${tag}`
}

/** So many records of one image are read. */
const mostRecords = 5

/**
 * Puts the record beside the image where the registry keeps a list of what is about an image; such a record needs no tag.
 * @returns its digest; undefined where there is no such list, or there is a record already of an image that was there
 */
export async function attachRecord(
  { client, image, already }: Pick<Arrived, 'client' | 'image' | 'already'>,
  record: GateRecord,
): Promise<string | undefined> {
  const known = await client.referrers(image.digest, recordType)
  if (known === undefined || (already && known.length > 0)) return undefined
  const { manifest, blobs } = recordArtifact(record, image.manifest)
  for (const { digest, body } of blobs) if (!(await client.hasBlob(digest))) await client.putBlob(digest, body)
  await client.putManifest(manifest.digest, manifest)
  return manifest.digest
}

/** The records that are attached to an image; undefined where a registry keeps no list of them. */
export async function attachedRecords(client: RegistryClient, image: string): Promise<readonly GateRecord[] | undefined> {
  const digests = await client.referrers(image, recordType)
  const read = digests && (await Promise.all(digests.slice(-mostRecords).map((digest) => readRecordAt(client, digest))))
  return read?.filter((record) => record !== undefined).filter((record) => record.image === image)
}

/** The record that a tag holds; undefined when it holds something else, or one of another image than it says. */
async function readRecord(client: RegistryClient, tag: string): Promise<GateRecord | undefined> {
  const record = await readRecordAt(client, tag)
  return record && recordTag(record) === tag ? record : undefined
}

async function readRecordAt(client: RegistryClient, reference: string): Promise<GateRecord | undefined> {
  const manifest = await client.getManifest(reference)
  const artifact = manifest && readArtifact(manifest.body)
  const body = artifact && (await client.getBlob(artifact.content))
  const record = body && parseRecord(body)
  return record && record.image === artifact?.subject ? record : undefined
}

async function readAll(client: RegistryClient, tags: readonly string[]): Promise<readonly GateRecord[]> {
  const read = await Promise.all(tags.map((tag) => readRecord(client, tag)))
  return read.filter((record) => record !== undefined)
}

/** What was found, and whether all tags of the repository were looked through. */
export type Found = Readonly<{ records: readonly GateRecord[]; whole: boolean }>

/** Whether a registry has begun its list behind `after`, and in order: not all know how to. */
function isBehind(names: readonly string[], after: string): boolean {
  return names.every((name, at) => name > (names[at - 1] ?? after))
}

/** The records that the jobs of a run have kept in a repository. One page of its tags does, where the registry sorts them. */
export async function recordsOfRun(client: RegistryClient, run: RunNumber): Promise<Found> {
  const isOurs = isRecordIn(run)
  const page = await client.listTags(recordPrefix(run))
  const last = page.names.at(-1)
  const isAll = last !== undefined && isBehind(page.names, recordPrefix(run)) && (page.whole || !isOurs(last))
  const { names, whole } = isAll && page.names.some(isOurs) ? { ...page, whole: true } : await client.listTags()
  return { records: await readAll(client, names.filter(isOurs)), whole }
}

/** Records of the images with these digests, whichever run has kept them; of one image there may be several. */
export async function recordsOfDigests(client: RegistryClient, digests: readonly string[]): Promise<Found> {
  const { names, whole } = await client.listTags()
  const tags = names.filter((name) => digests.some((digest) => isRecordOf(digest)(name)))
  return { records: (await readAll(client, tags)).filter(({ image }) => digests.includes(image)), whole }
}
