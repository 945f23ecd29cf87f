import { type BuildRequest, buildArgv } from '../build/argv.ts'
import { bakeArgv } from '../build/bake.ts'
import { chooseCache } from '../build/cache/choose.ts'
import { commandWords, exposedPorts } from '../build/dockerfile.ts'
import type { Host } from '../host/host.ts'
import { fromText, type Inputs, type MetricsPlace, placeText, type SmokeInputs, secretsGiven } from '../inputs/inputs.ts'
import { pushArgv } from '../publish/push-argv.ts'
import { loopback } from '../smoke/address.ts'
import { usualPaths } from '../smoke/candidates.ts'
import { runArgv } from '../smoke/container.ts'
import { type Contract, expectService } from '../smoke/contract.ts'
import { requestText, samplesOf } from '../smoke/samples-of.ts'
import { testArgv } from '../test/command.ts'
import { plannedInstall } from '../test/planned-install.ts'
import { accessText } from './access.ts'
import { clockOf } from './clock.ts'
import { elideArgv, elideText } from './elide.ts'
import type { Plan } from './plan.ts'
import type { PushDecision } from './push-policy.ts'

type Skipped = Readonly<{ skipped: string }>

/** What a run would do, secrets left out: the output `plan`. What only a run knows stands there in capitals. */
export type DryRun = Readonly<{
  test: Readonly<{ install: readonly (readonly string[])[]; argv: readonly string[]; where: string; when: string }> | Skipped
  /** `from`: what is taken instead, and `argv` is empty. */
  build: Readonly<{ argv: readonly string[]; from?: string }>
  smoke: Readonly<{ argv: readonly string[]; requests: readonly string[] }> | Skipped
  /** Where the metrics are, when they are judged, and the lines they are held against. */
  quality?: Readonly<{ file: string; when: string; require: readonly string[] }>
  /** The gate command, as it is given. */
  gate?: string
  push: PushDecision
  /** Brings the image to a registry, through our relay; once for each name. */
  carry: readonly string[]
  /** Every `name:tag`, whether or not they would be pushed. */
  references: readonly string[]
  /** By registry: who would log in, and where that login is from. */
  logins: Readonly<Record<string, string>>
}>

/** A request body is shown to this length. */
const longestBody = 200

function plannedQuality(inputs: Inputs, file: MetricsPlace): NonNullable<DryRun['quality']> {
  const { test, quality } = inputs
  const tested = test.run && test.place.kind === 'runner'
  const inWorkspace = tested && test.first ? 'after the tests' : tested ? 'when it is there, before or after the tests' : 'before the build'
  return {
    file: placeText(file),
    when: file.kind === 'image' ? 'after the build' : inWorkspace,
    require: quality.requirements.map(({ text }) => text),
  }
}

/** The commands are those of an engine with the containerd image store, and of uv. Reads files, runs nothing, asks nobody. */
export function dryRun(host: Pick<Host, 'files' | 'env' | 'now'>, inputs: Inputs, plan: Plan): DryRun {
  const { build, test, smoke, credentials } = inputs
  const secrets = secretsGiven(credentials)
  const request: BuildRequest = {
    build,
    labels: plan.labels,
    annotations: plan.annotations,
    builder: build.options.builder ?? 'default',
    store: 'containerd',
    cache: chooseCache(inputs, plan.event, { store: 'containerd', near: true }, host.env, host.now()).cache,
    rewritesTimes: clockOf(host.env['SOURCE_DATE_EPOCH']) !== undefined,
    localName: 'ml-image-action/run:RUN',
    metadataFile: 'METADATA',
    ...(build.options.builder === undefined ? {} : { layoutFolder: 'LAYOUT' }),
  }
  const asStage = test.run && test.place.kind === 'target'
  const where = { runner: 'on this machine', image: 'in a container of the image', target: 'as a stage of the Dockerfile' }[test.place.kind]
  const when = { runner: test.first ? 'before the build' : 'beside the build', image: 'after the build', target: 'with the build' }[
    test.place.kind
  ]
  const command = test.place.kind === 'target' ? [test.place.stage] : testArgv(test.command, 'python')
  const contract = expectService(smoke, {
    exposedPorts: exposedPorts(build.dockerfile, build.args),
    command: commandWords(build.dockerfile),
    workingDirectory: '/',
    env: {},
    labels: {},
  })
  const checks = contract.checks.length > 0 ? contract.checks.map(({ path }) => path) : contract.http ? [usualPaths.join(', ')] : []
  const predict = samplesOf(smoke, contract.predict.path).map((sample) => requestText(sample, longestBody))
  return {
    test: test.run ? { install: plannedInstall(host, inputs), argv: elideArgv(command, secrets), where, when } : { skipped: 'test: false' },
    build: inputs.from
      ? { argv: [], from: fromText(inputs.from) }
      : { argv: elideArgv(asStage ? bakeArgv(request, 'DEFINITION') : buildArgv(request), secrets) },
    smoke: smoke.run
      ? {
          argv: elideArgv(startArgv(smoke, contract), secrets),
          requests: [...checks.map((path) => `GET ${path}`), ...predict].map((text) => elideText(text, secrets)),
        }
      : { skipped: 'smoke: false' },
    ...(inputs.quality.file ? { quality: plannedQuality(inputs, inputs.quality.file) } : {}),
    ...(smoke.gateCommand === undefined ? {} : { gate: elideText(smoke.gateCommand, secrets) }),
    push: plan.push,
    carry: pushArgv('127.0.0.1:PORT/DOOR:RUN'),
    references: plan.references,
    logins: Object.fromEntries([...plan.access].map(([registry, access]) => [registry, accessText(access)])),
  }
}

/** What starts the image: docker, or docker compose with what it makes of the user's files. */
function startArgv(smoke: SmokeInputs, contract: Contract): readonly string[] {
  if (!smoke.compose)
    return runArgv('RUN', 'sha256:BUILT', contract, smoke, undefined, smoke.offline ? { kind: 'network', network: 'OFFLINE' } : loopback)
  const { files, service = 'SERVICE' } = smoke.compose
  return ['docker', 'compose', '--project-name', 'ml-image-RUN', ...files.flatMap((file) => ['--file', file]), 'up', '--detach', service]
}

const quoted = (argv: readonly string[]) =>
  argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')

/** The same for people. */
export function dryRunText({ test, build, smoke, quality, gate, push, carry, references, logins }: DryRun): string {
  return [
    'Dry run: nothing is run, built or pushed.',
    ...('skipped' in test
      ? [`test    skipped (${test.skipped})`]
      : [...test.install.map((argv) => `install ${quoted(argv)}`), `test    ${quoted(test.argv)}, ${test.where}, ${test.when}`]),
    build.from !== undefined ? `take    ${build.from}` : `build   ${quoted(build.argv)}`,
    ...('skipped' in smoke
      ? [`smoke   skipped (${smoke.skipped})`]
      : [`smoke   ${quoted(smoke.argv)}`, `        ${smoke.requests.join(', ')}`]),
    ...(quality ? [`quality ${quality.file}, ${quality.when}`, ...quality.require.map((line) => `        ${line}`)] : []),
    ...(gate === undefined ? [] : [`gate    ${gate.split('\n').join('\n        ')}`]),
    ...(push.push
      ? [
          ...Object.entries(logins).map(([registry, login]) => `login   ${registry} ${login}`),
          `publish ${quoted(carry)}, to every registry; ${push.only ? 'no tag' : 'then its tags:'}`,
          ...(push.only ? [] : references).map((reference) => `        ${reference}`),
        ]
      : push.layout
        ? [`publish nothing, but into the folder ${push.layout.given}`]
        : [`publish nothing: ${push.reason}`]),
  ].join('\n')
}
