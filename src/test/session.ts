import type { Host, StageLog } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { TestReport } from './junit.ts'
import type { TestPreparation } from './prepare.ts'

/** What a run of the tests is given, wherever it takes place. */
export type TestSession = Readonly<{
  host: Host
  inputs: Inputs
  log: StageLog
  signal: AbortSignal
  /** The environment of tests on this machine, where it was begun before the stage. */
  prepared?: TestPreparation | undefined
  /** Gets what the test runner reported, also when it is red. */
  onReport: (report: TestReport) => void
  /** Takes work that may go on after the verdict; it is awaited before the run ends. */
  background: (work: Promise<void>) => void
}>
