import type { Inputs } from '../inputs/inputs.ts'
import type { Event } from '../plan/event.ts'
import type { GateRecord, RunNumber } from '../publish/record.ts'

/** Whether the gates of a layout were run in this very run, or why they have to be run again. */
export type Trust = Readonly<{ kind: 'trusted'; record: GateRecord }> | Readonly<{ kind: 'strange'; why: string }>

const short = (commit: string) => commit.slice(0, 7) || 'no commit'

/**
 * A record in a layout is not signed: it is worth what the store of artifacts is worth that it came by. Within one run that
 * is the run itself; what another run has left counts for nothing.
 */
export function trustIn(
  record: GateRecord | undefined,
  { repository, sha }: Pick<Event, 'repository' | 'sha'>,
  run: RunNumber | undefined,
): Trust {
  const strange = (why: string): Trust => ({ kind: 'strange', why })
  if (!record) return strange('it has no record of gates')
  if (!run) return strange('outside of a run of GitHub Actions a record proves nothing')
  if (record.run?.id !== run.id) return strange(`its record is of ${record.run ? `run ${record.run.id}` : 'no run'}, this is run ${run.id}`)
  if (record.repository !== repository) return strange(`its record is of ${record.repository || 'no repository'}`)
  if (record.revision !== sha) return strange(`its record is of ${short(record.revision)}, this run is about ${short(sha)}`)
  return { kind: 'trusted', record }
}

/** The inputs without the gates that the record says were passed in the job before. */
export function withoutPassed(inputs: Inputs, { gates, run }: GateRecord): Inputs {
  const leftOut = `passed in the job that handed it over (run ${run?.id}, attempt ${run?.attempt})`
  const { test, smoke } = inputs
  return {
    ...inputs,
    ...(gates.tests === 'passed' && test.run ? { test: { ...test, run: false, leftOut } } : {}),
    ...(gates.smoke === 'passed' && smoke.run ? { smoke: { ...smoke, run: false, leftOut } } : {}),
  }
}
