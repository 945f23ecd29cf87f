import { ActionError } from '../errors.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import { recordsOfDigests, recordsOfRun } from '../publish/keep-record.ts'
import type { GateRecord, RunNumber } from '../publish/record.ts'
import type { RegistryClient } from '../registry/client.ts'
import { type Part, partsOf } from './part.ts'

/** What is to be joined: what the digests name, or what this run has pushed. */
export type Wanted = Readonly<{ digests: readonly string[]; run: RunNumber | undefined; repository: string }>

const unread = (whole: boolean) => (whole ? '' : ', as far as its tags were looked through')

async function recordsFor(client: RegistryClient, name: ImageName, { digests, run, repository }: Wanted): Promise<readonly GateRecord[]> {
  if (digests.length > 0) {
    const { records, whole } = await recordsOfDigests(client, digests)
    return digests.map((digest) => {
      const found = records.filter(({ image }) => image === digest)
      // Of a digest that several runs have gated, this run's own is what it is about.
      const record = found.find((one) => one.run?.id === run?.id) ?? found[0]
      if (!record)
        throw new ActionError('digest-ungated', `${nameText(name)} has no record that ${digest} passed its gates${unread(whole)}.`)
      return record
    })
  }
  if (!run) throw new ActionError('digest-ungated', 'Outside of a run of GitHub Actions nothing says what to join: digests has to.')
  const { records, whole } = await recordsOfRun(client, run)
  const own = records.filter((record) => record.repository === repository)
  if (own.length === 0)
    throw new ActionError('digest-ungated', `No job of this run (${run.id}) has pushed a gated image to ${nameText(name)}${unread(whole)}.`)
  return own
}

/** Of a job that was run again what it made first does not count. */
function latestAttempts(parts: readonly Part[]): readonly Part[] {
  const attemptOf = ({ record }: Part) => record.run?.attempt ?? 0
  return parts.filter((part) => !parts.some((other) => other.platform === part.platform && attemptOf(other) > attemptOf(part)))
}

/**
 * The gated images that are to be joined, by platform. Each has a record that was written after its gates.
 * @throws ActionError digest-ungated
 */
export async function gather(client: RegistryClient, name: ImageName, wanted: Wanted): Promise<readonly Part[]> {
  const records = await recordsFor(client, name, wanted)
  const parts = (await Promise.all(records.map((record) => partsOf(client, name, record)))).flat()
  return wanted.digests.length > 0 ? parts : latestAttempts(parts)
}
