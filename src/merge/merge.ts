import type { Attested } from '../attest/attest.ts'
import { childEnvironment } from '../host/environment.ts'
import type { Host } from '../host/host.ts'
import type { MergeInputs } from '../inputs/read-merge.ts'
import { failed, type Outcome, passed, skipped, stopped } from '../outcome.ts'
import { nameText } from '../plan/image-name.ts'
import { movingTagsLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import { declareArtifacts } from '../publish/declare.ts'
import { createHistory } from '../publish/history.ts'
import { type Published, publish } from '../publish/publish.ts'
import { runNumber } from '../publish/record.ts'
import { openRepository } from '../registry/open.ts'
import { openDraft } from '../report/draft.ts'
import { reportOfPublish } from '../report/of-publish.ts'
import type { Report } from '../report/report.ts'
import { publishDetail } from '../report/text.ts'
import { createStageRunner } from '../stage-runner.ts'
import { copyImage } from './copy.ts'
import { gather } from './gather.ts'
import { join } from './join.ts'
import type { Part } from './part.ts'

/** Annotations of the index: what its labels would be, as an index has none, and those of the user over them. */
export function annotationsOf({ labels, metadata }: Pick<Plan, 'labels' | 'metadata'>): Readonly<Record<string, string>> {
  const given = metadata.annotations.map((line) => line.replace(/^[a-z-]+(\[[^\]]*\])?:/, ''))
  const pairs = given.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
  const all = { ...labels, ...Object.fromEntries(pairs) }
  // That no tag moves is said, too: else what the images say of it would count.
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== '' || name === movingTagsLabel))
}

/** What of the gates of its parts an index does not have, said in so many words. */
function gaps(parts: readonly Part[]): readonly string[] {
  return parts.flatMap(({ platform, record }) => {
    const { gates, untested } = record
    const left = [
      ...(gates.tests === 'skipped' ? ['its tests were left out'] : []),
      ...(gates.smoke === 'skipped' || untested.includes(platform) ? ['it was not started'] : []),
    ]
    return left.length > 0 ? [`${platform}: ${left.join(', ')}, as its job was told.`] : []
  })
}

const childOf = ({ platform, entries, record }: Part) => ({
  platform,
  digest: entries[0].digest,
  tests: record.gates.tests,
  smoke: record.untested.includes(platform) ? ('skipped' as const) : record.gates.smoke,
})

/** The first that succeeds; else the error of the first. */
async function findFirst<T, R>(all: readonly T[], attempt: (one: T) => Promise<R>): Promise<R> {
  let failure: unknown
  for (const one of all) {
    try {
      return await attempt(one)
    } catch (error) {
      failure ??= error
    }
  }
  throw failure
}

/** Joins what jobs have pushed by digest, and publishes that as any image: digest everywhere, then tags. Needs no engine. */
export async function merge(host: Host, inputs: MergeInputs, plan: Plan, cancel: AbortSignal): Promise<Report> {
  const start = host.now()
  const env = childEnvironment('code', host.env)
  const notices: string[] = [...plan.notices]
  const draft = openDraft(host, plan, inputs.summary)
  const stages = createStageRunner(host, start, cancel, (all) => draft({ stages: all, notices, durationMs: host.now() - start }))
  let parts: readonly Part[] = []
  let published: Published | undefined
  let attested: readonly Attested[] = []
  const attests = inputs.attest !== 'off'
  const publishing: Outcome<Published> = await stages.run(
    'publish',
    async (log) => {
      if (!plan.push.push) return skipped(plan.push.reason)
      const { repository, sha } = plan.event
      const wanted = { digests: inputs.digests, run: runNumber(host.env), repository, revision: sha }
      const found = await findFirst(plan.names, async (name) => {
        const { client } = await openRepository(host, plan.access, name, env, 'push')
        return { client, name, parts: await gather(client, name, wanted) }
      })
      parts = found.parts
      for (const { platform, entries, record } of parts)
        log.line(`${platform} ${entries[0].digest}: tests ${record.gates.tests}, smoke ${record.gates.smoke}`)
      const image = join(parts, inputs.platforms, sha, annotationsOf(plan), async (digest, to) => {
        log.line(`${digest} is copied from ${nameText(found.name)}`)
        await copyImage(host, digest, found.client, to, cancel)
      })
      notices.push(...gaps(parts))
      if (cancel.aborted) return stopped
      const history = createHistory(host, plan.event, inputs.credentials.githubToken, host.workspace, env)
      const publication = await publish(host, plan, image, history, env, log, cancel)
      published = publication.published
      notices.push(...publication.kept)
      if (publication.failure) return failed(publication.failure.code, publication.failure.message)
      declareArtifacts(host, publication.arrived, log)
      if (attests) {
        const warn = (text: string) => {
          notices.push(text)
          host.log.warning(text)
        }
        const [{ openAttestor }, { joinedSuite }] = await Promise.all([import('../attest/attest.ts'), import('../attest/suites.ts')])
        const attestor = openAttestor({ host, inputs: { ...inputs, workingDirectory: host.workspace }, plan, warn })
        attested = (await attestor?.({ smoke: joinedSuite(parts.map(childOf)) }, publication.arrived, log, cancel)) ?? []
      }
      return passed(published)
    },
    publishDetail,
  )
  const [cancelled, durationMs] = [cancel.aborted, host.now() - start]
  return {
    ...reportOfPublish({ plan, publishing, published, cancelled, stages: stages.reports(), notices, durationMs }),
    ...(parts.length > 0 ? { merged: { digest: published?.digest ?? '', parts: parts.map(childOf) } } : {}),
    ...(attested.length > 0 ? { attested } : {}),
  }
}
