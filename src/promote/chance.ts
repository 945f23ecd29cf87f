import type { Inputs } from '../inputs/inputs.ts'
import type { Plan } from '../plan/plan.ts'

/**
 * Whether an earlier image may stand for that of a run: then the registries are asked for one. `reason` is there where
 * somebody may have expected it.
 */
export type Chance = Readonly<{ kind: 'ask' }> | Readonly<{ kind: 'run'; reason?: string }>

const run = (reason?: string): Chance => (reason === undefined ? { kind: 'run' } : { kind: 'run', reason })

/**
 * Events whose code has, as a rule, been published by a run before: no other waits for the answer of a registry. A pull
 * request that is merged has where `push: true` publishes those, too.
 */
function isSecond({ name, ref, merged, tree }: Plan['event'], push: Inputs['push'], attempt: number): boolean {
  if (name === 'release') return true
  const fromPull = push === 'true' && merged !== undefined && tree !== undefined
  return name === 'push' && (ref.kind === 'tag' || attempt > 1 || fromPull)
}

/** @param attempt GITHUB_RUN_ATTEMPT; a re-run has more than 1 */
export function chanceOf(
  { promote, push: asked, from, build, smoke, attest }: Pick<Inputs, 'promote' | 'push' | 'from' | 'build' | 'smoke' | 'attest'>,
  { event, push }: Pick<Plan, 'event' | 'push'>,
  attempt: number,
): Chance {
  if (event.source !== 'github' || !push.push || push.only || from || smoke.record !== undefined) return run()
  if (!isSecond(event, asked, attempt)) return run()
  if (promote === 'off') return run('promote is off')
  const { noCache, noCacheFilters, pull } = build.options
  if (noCache || noCacheFilters.length > 0) return run('no-cache asks for a new image')
  if (pull) return run('pull asks for new base images')
  if (attest === 'required') return run('attest: required asks for statements of this run')
  return event.sha === '' ? run('the commit is not known') : { kind: 'ask' }
}
