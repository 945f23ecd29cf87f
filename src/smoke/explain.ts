import type { BuiltImage } from '../build/image.ts'
import type { FailureCode } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import type { Outcome } from '../outcome.ts'
import { usualPaths } from './candidates.ts'
import { containerName } from './container.ts'
import type { Contract } from './contract.ts'
import { distrust } from './distrust.ts'
import type { SmokeReport } from './smoke-report.ts'
import type { Witness } from './witness.ts'

/** What says how far a service came and not why: these are looked into. */
const unexplained: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'container-not-started',
  'container-exited',
  'container-out-of-memory',
  'not-listening',
  'health-failed',
  'predict-failed',
  'predict-timeout',
])

/** `container` is its name, where it is not the usual one. */
type Smoked = Readonly<{ image: BuiltImage; smoke: SmokeInputs; contract: Contract; container?: string | undefined; seen: Witness }>

/**
 * The outcome with its cause: a red one gets the code of what it is recognised as, and an answer that no model gives
 * (`dummy`, NaN) is red though its status is 200. A green run pays nothing but the look at that answer.
 */
export async function explain(
  host: Host,
  outcome: Outcome<SmokeReport>,
  { image, smoke, contract, container, seen }: Smoked,
  env: Environment,
): Promise<Outcome<SmokeReport>> {
  if (outcome.kind !== 'passed' && outcome.kind !== 'failed') return outcome
  if (outcome.kind === 'passed' || outcome.red.code === 'predict-mismatch') {
    const answered = seen.exchanges().filter(({ method, status = 0 }) => method !== 'GET' && status >= 200 && status < 300)
    const own = smoke.samples?.map(({ expect }) => expect) ?? []
    const expected = smoke.expectation || own.length > 0 ? JSON.stringify([smoke.expectation, ...own]) : ''
    // A request that nobody has vouched for may well be answered with NaN; a stand-in is one whatever it is asked.
    const vouched =
      outcome.kind === 'failed' || (outcome.value.samples ?? []).every(({ source }) => source !== 'invented' && source !== 'found')
    const found = answered.map((one) => distrust(one, expected)).find((red) => red !== undefined && (vouched || red.code !== 'nan-answer'))
    if (!found) return outcome
    const evidence = outcome.kind === 'failed' ? [...found.evidence, ...outcome.red.evidence] : found.evidence
    return { kind: 'failed', red: { ...found, evidence } }
  }
  if (!unexplained.has(outcome.red.code)) return outcome
  const [{ gatherEvidence }, { diagnose }] = await Promise.all([import('./gather.ts'), import('./diagnose.ts')])
  const expected = {
    ...{ container: container ?? containerName(host.runId), port: contract.port.port, portFrom: contract.port.from },
    healthPath: contract.checks[0]?.path ?? usualPaths[0],
    ...{ predictPath: contract.predict.path, startTimeoutMs: contract.startTimeoutMs },
    ...{ envNames: Object.keys(smoke.env), command: image.config.command, workingDirectory: image.config.workingDirectory },
  }
  const said = { step: outcome.red.code, exchanges: seen.exchanges(), origin: seen.origin(), said: outcome.red.evidence }
  const evidence = await gatherEvidence(host, expected, said, env)
  return { kind: 'failed', red: diagnose(outcome.red, evidence) }
}
