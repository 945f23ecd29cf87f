import type { Environment, Host } from '../host/host.ts'
import type { Plan } from '../plan/plan.ts'
import type { Sought } from './find.ts'

/** The one question of a run for the image before it. `asked` is its answer to come, where somebody has asked. */
export type Seek = Readonly<{ ask: () => Promise<Sought>; asked: () => Promise<Sought> | undefined }>

/** @param planned the plan when it is asked: an image that is taken brings labels of its own */
export function createSeek(host: Host, planned: () => Plan, env: Environment): Seek {
  let asked: Promise<Sought> | undefined
  const search = async () => {
    const { findPrevious, previousOf } = await import('./find.ts')
    const plan = planned()
    return await findPrevious(host, plan, previousOf(plan), env)
  }
  return {
    ask: () => {
      asked ??= search()
      // Nobody may be waiting for it yet when it fails.
      asked.catch(() => undefined)
      return asked
    },
    asked: () => asked,
  }
}
