import { cleanUp } from './host/clean-up.ts'
import type { Host, Trace } from './host/host.ts'
import { setOutputs } from './outputs.ts'
import { tellEnded } from './report/ended.ts'

/** Of a cancelled run that is not out in time: tells so, and removes what it has made. What a registry holds is not known. */
export async function abandon(host: Host & Readonly<{ traces: readonly Trace[] }>): Promise<void> {
  host.log.line('The run was cancelled, and what it was doing did not end in time: what it has made is removed.')
  setOutputs(host, { result: 'failed', 'failure-code': 'cancelled' })
  tellEnded(host, host.traces, 'cancelled')
  for (const removed of await cleanUp(host, [...host.traces])) host.log.line(`removed ${removed}`)
}
