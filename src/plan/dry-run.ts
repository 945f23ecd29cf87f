import { type BuildRequest, buildArgv } from '../build/argv.ts'
import { bakeArgv } from '../build/bake.ts'
import { chooseCache } from '../build/cache.ts'
import { exposedPorts } from '../build/dockerfile.ts'
import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { pushArgv } from '../publish/push-argv.ts'
import { choosePort, runArgv } from '../smoke/container.ts'
import { testArgv } from '../test/command.ts'
import { plannedInstall } from '../test/planned-install.ts'
import { clockOf } from './clock.ts'
import { elideArgv, elideText } from './elide.ts'
import type { Access, Plan } from './plan.ts'
import type { PushDecision } from './push-policy.ts'

type Skipped = Readonly<{ skipped: string }>

/** What a run would do, secrets left out: the output `plan`. What only a run knows stands there in capitals. */
export type DryRun = Readonly<{
  test: Readonly<{ install: readonly (readonly string[])[]; argv: readonly string[]; where: string; when: string }> | Skipped
  build: Readonly<{ argv: readonly string[] }>
  smoke: Readonly<{ argv: readonly string[]; requests: readonly string[] }> | Skipped
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

function loginText(access: Access): string {
  switch (access.kind) {
    case 'given':
      return `as ${access.credential.username} (${access.from})`
    case 'job':
      return access.login.kind === 'helper' ? `by ${access.login.program}` : `as ${access.login.credential.username} (login of the job)`
    case 'anonymous':
      return 'as nobody'
  }
}

/** The commands are those of an engine with the containerd image store, and of uv. Reads files, runs nothing, asks nobody. */
export function dryRun(host: Pick<Host, 'files' | 'env' | 'now'>, inputs: Inputs, plan: Plan): DryRun {
  const { build, test, smoke, credentials } = inputs
  const secrets = [credentials.password, credentials.githubToken].flatMap((secret) => (secret === undefined ? [] : [secret]))
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
  const { port } = choosePort(smoke.port, exposedPorts(build.dockerfile, build.args))
  const body = smoke.predictBody?.slice(0, longestBody)
  const predict = body === undefined ? [] : [`POST ${smoke.predictPath} ${body}${body === smoke.predictBody ? '' : '...'}`]
  return {
    test: test.run ? { install: plannedInstall(host, inputs), argv: elideArgv(command, secrets), where, when } : { skipped: 'test: false' },
    build: { argv: elideArgv(asStage ? bakeArgv(request, 'DEFINITION') : buildArgv(request), secrets) },
    smoke: smoke.run
      ? {
          argv: elideArgv(runArgv('RUN', 'sha256:BUILT', port, smoke), secrets),
          requests: [`GET ${smoke.healthPath}`, ...predict].map((text) => elideText(text, secrets)),
        }
      : { skipped: 'smoke: false' },
    push: plan.push,
    carry: pushArgv('127.0.0.1:PORT/DOOR:RUN'),
    references: plan.references,
    logins: Object.fromEntries([...plan.access].map(([registry, access]) => [registry, loginText(access)])),
  }
}

const quoted = (argv: readonly string[]) =>
  argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')

/** The same for people. */
export function dryRunText({ test, build, smoke, push, carry, references, logins }: DryRun): string {
  return [
    'Dry run: nothing is run, built or pushed.',
    ...('skipped' in test
      ? [`test    skipped (${test.skipped})`]
      : [...test.install.map((argv) => `install ${quoted(argv)}`), `test    ${quoted(test.argv)}, ${test.where}, ${test.when}`]),
    `build   ${quoted(build.argv)}`,
    ...('skipped' in smoke
      ? [`smoke   skipped (${smoke.skipped})`]
      : [`smoke   ${quoted(smoke.argv)}`, `        ${smoke.requests.join(', ')}`]),
    ...(push.push
      ? [
          ...Object.entries(logins).map(([registry, login]) => `login   ${registry} ${login}`),
          `publish ${quoted(carry)}, to every registry; then its tags:`,
          ...references.map((reference) => `        ${reference}`),
        ]
      : [`publish nothing: ${push.reason}`]),
  ].join('\n')
}
