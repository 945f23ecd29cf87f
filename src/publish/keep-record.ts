import { ActionError } from '../errors.ts'
import { nameText } from '../plan/image-name.ts'
import type { RegistryClient } from '../registry/client.ts'
import { type GateRecord, isRecordIn, isRecordOf, parseRecord, type RunNumber, readArtifact, recordArtifact, recordTag } from './record.ts'
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

/** The record that a tag holds; undefined when it holds something else, or one of another image than it says. */
async function readRecord(client: RegistryClient, tag: string): Promise<GateRecord | undefined> {
  const manifest = await client.getManifest(tag)
  const artifact = manifest && readArtifact(manifest.body)
  const body = artifact && (await client.getBlob(artifact.content))
  const record = body && parseRecord(body)
  return record && record.image === artifact?.subject && recordTag(record) === tag ? record : undefined
}

async function readAll(client: RegistryClient, tags: readonly string[]): Promise<readonly GateRecord[]> {
  const read = await Promise.all(tags.map((tag) => readRecord(client, tag)))
  return read.filter((record) => record !== undefined)
}

/** What was found, and whether all tags of the repository were looked through. */
export type Found = Readonly<{ records: readonly GateRecord[]; whole: boolean }>

/** The records that the jobs of a run have kept in a repository. */
export async function recordsOfRun(client: RegistryClient, run: RunNumber): Promise<Found> {
  const { names, whole } = await client.listTags()
  return { records: await readAll(client, names.filter(isRecordIn(run))), whole }
}

/** Records of the images with these digests, whichever run has kept them; of one image there may be several. */
export async function recordsOfDigests(client: RegistryClient, digests: readonly string[]): Promise<Found> {
  const { names, whole } = await client.listTags()
  const tags = names.filter((name) => digests.some((digest) => isRecordOf(digest)(name)))
  return { records: (await readAll(client, tags)).filter(({ image }) => digests.includes(image)), whole }
}
