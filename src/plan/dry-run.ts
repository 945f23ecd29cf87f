import { buildArgv } from '../build/argv.ts'
import { chooseCache } from '../build/cache.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { choosePort, runArgv } from '../smoke/container.ts'
import { testArgv } from '../test/run.ts'
import type { Plan } from './plan.ts'

const quoted = (argv: readonly string[]) =>
  argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')

/** What a run would do: every command, every tag, and whether and why it would push. */
export function dryRunText(inputs: Inputs, plan: Plan, job: Readonly<Record<string, string | undefined>>, now: number): string {
  const { build, test, smoke } = inputs
  const cache = chooseCache(inputs, plan.event, 'containerd', job, now)
  const { port } = choosePort(smoke.port, [])
  const hidden = { ...smoke, env: Object.fromEntries(Object.keys(smoke.env).map((name) => [name, '***'])) }
  return [
    'Dry run: nothing is run, built or pushed.',
    `test    ${test.run ? quoted(testArgv(test.command, 'python')) : 'skipped (test: false)'}${test.first ? ', before the build' : ', beside the build'}`,
    `build   ${quoted(buildArgv({ build, labels: plan.labels, annotations: plan.annotations, builder: 'default', store: 'containerd', cache, localName: 'ml-image-action/run:RUN', metadataFile: 'METADATA' }))}`,
    smoke.run ? `smoke   ${quoted(runArgv('RUN', 'sha256:BUILT', port, hidden))}` : 'smoke   skipped (smoke: false)',
    ...(smoke.run
      ? [`        GET ${smoke.healthPath}${smoke.predictBody === undefined ? '' : `, POST ${smoke.predictPath} ${smoke.predictBody}`}`]
      : []),
    ...(plan.push.push ? plan.references.map((reference) => `publish ${reference}`) : [`publish nothing: ${plan.push.reason}`]),
  ].join('\n')
}
