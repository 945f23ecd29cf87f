import { messageOf } from '../errors.ts'
import { childEnvironment } from '../host/environment.ts'
import type { Environment, Host } from '../host/host.ts'
import { stoppable } from '../host/stoppable.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import { inputHashLabel, revisionLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import { namesOfCommits } from '../publish/announced.ts'
import { type Said, saidBy } from '../publish/held.ts'
import { attachedRecords } from '../publish/keep-record.ts'
import type { GateRecord } from '../publish/record.ts'
import type { Manifest, RegistryClient } from '../registry/client.ts'
import { digestOf } from '../registry/digest.ts'
import { openRepository } from '../registry/open.ts'
import { mismatch } from './mismatch.ts'
import { departure } from './working-copy.ts'

/** An image in a repository, under the tag it was found by; `records` where the registry keeps a list of them. */
type There = Readonly<{
  name: ImageName
  client: RegistryClient
  reference: string
  manifest: Manifest
  said: Said
  records: readonly GateRecord[] | undefined
}>

/** The image of a run before, and what it says of itself; or why there is none to take. */
export type Found =
  | Readonly<{ kind: 'found'; image: There; record: GateRecord | undefined; lacking: readonly ImageName[] }>
  | Readonly<{ kind: 'none'; reason: string }>

/** Longest time (ms) that a run waits for what only saves time. */
const patience = 10_000

/**
 * Tags that the image of this commit may be under: those of this run that stay and have the commit in their name, else
 * as docker/metadata-action writes them by default; of a merge also that of its pull request.
 */
function tagsOfCommit({ tags, event }: Pick<Plan, 'tags' | 'event'>): readonly string[] {
  const staying = tags.flatMap(({ name, moves, version }) => (moves || version ? [] : [name]))
  const own = namesOfCommits(staying, [event.sha])
  const named = own.length > 0 ? own : [`sha-${event.sha.slice(0, 7)}`, `sha-${event.sha}`]
  return event.merged === undefined || event.ref.kind === 'tag' ? named : [...named, `pr-${event.merged}`]
}

/** Whether every gate that is asked for now was passed by the run that made the image. */
function covers({ gates, inputHash, revision }: GateRecord, { labels }: Said, { test, smoke, accept }: Inputs): boolean {
  const tested = gates.tests === 'passed' || !test.run || accept.has('no-tests')
  const isOfIt = inputHash === labels[inputHashLabel] && revision === labels[revisionLabel]
  return isOfIt && tested && (gates.smoke === 'passed' || !smoke.run)
}

async function look(host: Host, plan: Plan, name: ImageName, env: Environment): Promise<There | undefined> {
  const { client } = await openRepository(host, plan.access, name, env, 'pull')
  for (const tag of tagsOfCommit(plan)) {
    const held = await client.getManifest(tag)
    if (!held) continue
    const manifest = { ...held, digest: digestOf(held.body) }
    const [said, records] = await Promise.all([saidBy(client, manifest), attachedRecords(client, manifest.digest)])
    return { name, client, reference: `${nameText(name)}:${tag}`, manifest, said, records }
  }
  return undefined
}

/**
 * Asks every registry for the image of this commit, and git whether the working copy is that commit, side by side. Nothing
 * is written. Never throws. @param models paths of the model in the build context
 */
export async function findPublished(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  models: readonly string[],
  env: Environment,
  cancel: AbortSignal,
): Promise<Found> {
  const over = new AbortController()
  const late = new AbortController()
  void host.sleep(patience, over.signal).then(
    () => late.abort(),
    () => {},
  )
  const hasty = stoppable(host, AbortSignal.any([late.signal, cancel]))
  try {
    const folders = [inputs.workingDirectory, inputs.build.context] as const
    const departing = departure(host, folders, models, plan.event.sha, childEnvironment('code', host.env))
    const looked = await Promise.all(plan.names.map((name) => look(hasty, plan, name, env)))
    const there = looked.filter((one) => one !== undefined)
    const [image] = there
    if (!image) return { kind: 'none', reason: `no image of this commit is there as ${tagsOfCommit(plan).join(' or ')}` }
    const other = there.find(({ manifest }) => manifest.digest !== image.manifest.digest)
    if (other) return { kind: 'none', reason: `${image.reference} and ${other.reference} are two images` }
    const why = mismatch(image.said, plan, inputs, host.env['RUNNER_ARCH'])
    if (why !== undefined) return { kind: 'none', reason: `${image.reference} ${why}` }
    const departed = await departing
    if (departed !== undefined) return { kind: 'none', reason: departed }
    const record = there.flatMap(({ records }) => records ?? []).find((one) => covers(one, image.said, inputs))
    if (!record && there.some(({ records }) => records !== undefined))
      return { kind: 'none', reason: `${image.reference} has no record that its gates were passed, which its registry would have` }
    return { kind: 'found', image, record, lacking: plan.names.filter((_, at) => looked[at] === undefined) }
  } catch (error) {
    return { kind: 'none', reason: late.signal.aborted ? 'a registry has not answered in ten seconds' : messageOf(error) }
  } finally {
    over.abort()
  }
}
