import { childEnvironment } from '../host/environment.ts'
import type { Host } from '../host/host.ts'
import { type Inputs, limitsSize } from '../inputs/inputs.ts'
import { copyImage } from '../merge/copy.ts'
import { failed, type Outcome, passed } from '../outcome.ts'
import { setOutputs, tellPlan } from '../outputs.ts'
import { nameText } from '../plan/image-name.ts'
import { inputHashLabel, revisionLabel } from '../plan/labels.ts'
import type { Plan } from '../plan/plan.ts'
import { withinDeadline } from '../publish/deadline.ts'
import { declareArtifacts } from '../publish/declare.ts'
import { type Gated, promote } from '../publish/gated.ts'
import { createHistory } from '../publish/history.ts'
import { type Published, publish } from '../publish/publish.ts'
import type { GateRecord } from '../publish/record.ts'
import { openDraft } from '../report/draft.ts'
import { reportOfPublish } from '../report/of-publish.ts'
import type { Report, StageName, StageReport } from '../report/report.ts'
import { publishDetail } from '../report/text.ts'
import { createStageRunner } from '../stage-runner.ts'
import { type Found, findPublished } from './find.ts'

type There = Extract<Found, { kind: 'found' }>['image']

type ManifestJson = Readonly<{ config?: Readonly<{ digest?: string }>; manifests?: readonly Readonly<{ digest: string }>[] }>

/** The image as gated, with the way to a registry that lacks it. */
function gatedImage(host: Host, plan: Plan, { client, reference, manifest, said }: There, cancel: AbortSignal): Gated | undefined {
  const { config, manifests } = JSON.parse(new TextDecoder().decode(manifest.body)) as ManifestJson
  const copy: NonNullable<Gated['index']>['copy'] = async (digest, to) => {
    host.log.line(`${digest} is copied from ${reference}`)
    await copyImage(host, digest, client, to, cancel)
  }
  const image = {
    digest: manifest.digest,
    ...(config?.digest === undefined ? {} : { configDigest: config.digest }),
    store: 'containerd',
    localName: '',
    index: { manifest, parts: manifests?.map(({ digest }) => digest) ?? [manifest.digest], copy },
  } as const
  return promote(image, said.labels, plan.labels)
}

/** Where the run of a record can be looked at. */
function runUrl({ event }: Plan, record: GateRecord | undefined): string | undefined {
  return record?.run && event.repository ? `${event.serverUrl}/${event.repository}/actions/runs/${record.run.id}` : undefined
}

/** The stages that an earlier run has passed; what is turned off was left out there, too. */
function reusedStages({ test, smoke, quality, leaks, size }: Inputs, detail: string): readonly StageReport[] {
  const stage = (name: StageName, off?: string): StageReport => ({
    ...{ stage: name, start: 0, duration: 0 },
    ...(off === undefined ? { state: 'reused', detail } : { state: 'skipped', detail: off }),
  })
  return [
    stage('test', test.run ? undefined : 'test: false'),
    stage('build'),
    stage('inspect', leaks.check || limitsSize(size) ? undefined : 'leak-check: false'),
    stage('smoke', smoke.run ? undefined : 'smoke: false'),
    ...(quality.file ? [stage('quality')] : []),
    ...(smoke.gateCommand === undefined ? [] : [stage('gate')]),
  ]
}

/**
 * Sets the tags of this run on the image that a run before it has gated and published for the same inputs, by the rules
 * of every push. Needs no engine, and runs nothing. Undefined, and the reason told, where there is no such image.
 * @param models paths of the model in the build context
 */
export async function promoteImage(
  host: Host,
  inputs: Inputs,
  plan: Plan,
  models: readonly string[],
  cancel: AbortSignal,
): Promise<Report | undefined> {
  const start = host.now()
  const env = childEnvironment('engine', host.env)
  const found = await findPublished(host, inputs, plan, models, env, cancel)
  const gated = found.kind === 'found' ? gatedImage(host, plan, found.image, cancel) : undefined
  if (found.kind === 'none' || !gated) {
    if (!cancel.aborted) host.log.line(`Not promoted: ${found.kind === 'none' ? found.reason : 'its labels are of another run'}.`)
    return undefined
  }
  const { reference, said } = found.image
  const revision = said.labels[revisionLabel] ?? ''
  const code = revision === plan.event.sha ? 'this commit' : `commit ${revision.slice(0, 7)} with the tree of this one`
  const byRun = runUrl(plan, found.record)
  tellPlan(host, inputs, plan)
  setOutputs(host, { digest: gated.digest, ...(gated.configDigest === undefined ? {} : { imageid: gated.configDigest }) })
  host.log.line(
    `Promoted: ${reference} was gated and published for ${code} and these inputs${byRun ? ` by ${byRun}` : ''}; nothing is run again.`,
  )
  for (const name of found.lacking) host.log.line(`${nameText(name)} lacks it, and gets a copy.`)

  const notices: string[] = [...plan.notices]
  const draft = openDraft(host, plan, inputs.summary)
  const stages = createStageRunner(host, start, cancel, (all) => draft({ stages: all, notices, durationMs: host.now() - start }))
  let published: Published | undefined
  const publishing: Outcome<Published> = await stages.run(
    'publish',
    async (log) => {
      const code = childEnvironment('code', host.env)
      const history = createHistory(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code)
      const publication = await withinDeadline(host, inputs.pushTimeoutMs, cancel, (timed, signal) =>
        publish(timed, plan, gated, history, env, log, signal),
      )
      published = publication.published
      notices.push(...publication.kept)
      if (publication.failure) return failed(publication.failure.code, publication.failure.message)
      declareArtifacts(host, publication.arrived, log)
      return passed(published)
    },
    publishDetail,
  )
  const [cancelled, durationMs] = [cancel.aborted, host.now() - start]
  const report = reportOfPublish({ plan, publishing, published, cancelled, stages: stages.reports(), notices, durationMs })
  const bytes = published?.compressedBytes
  return {
    ...report,
    stages: [...reusedStages(inputs, byRun ? `of ${byRun}` : `of ${reference}`), ...report.stages],
    image: {
      digest: gated.digest,
      imageid: gated.configDigest ?? '',
      store: gated.store,
      ...(bytes ? { compressedBytes: bytes } : {}),
      steps: { hit: 0, total: 0 },
      stepList: [],
      inputHash: plan.labels[inputHashLabel] ?? '',
    },
    promoted: { digest: gated.digest, found: reference, revision, ...(byRun ? { run: byRun } : {}) },
  }
}
