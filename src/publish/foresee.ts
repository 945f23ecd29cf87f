import { ActionError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { stoppable } from '../host/stoppable.ts'
import { type Access, type Login, loginFor } from '../plan/access.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import { atHand } from '../registry/at-hand.ts'
import { createClient } from '../registry/client.ts'
import { secretsOf } from '../registry/credential.ts'
import { memoryOf } from '../registry/open.ts'
import { isClosed } from '../registry/registry-error.ts'
import { shownRights } from '../registry/rights.ts'

/** What is known of a push before there is anything to push. */
export type Foresight =
  | Readonly<{ kind: 'allowed' }>
  | Readonly<{ kind: 'unknown'; why: string }>
  | Readonly<{ kind: 'denied'; error: ActionError }>

/** Why there is no login at hand that a registry could be asked with. */
function absence({ kind }: Login): string {
  if (kind === 'anonymous') return 'there is no login'
  return kind === 'job' ? 'its login is with a helper program' : 'its login is made when the gates are green'
}

/**
 * Asks a registry for the token of a push, and reads in it whether there could be one. Nothing is written. What another
 * try could mend is no denial. Ends with `signal`.
 */
export async function foreseePush(host: Host, name: ImageName, access: Access | undefined, signal: AbortSignal): Promise<Foresight> {
  const credential = atHand(access, 'push')
  if (!credential) return { kind: 'unknown', why: absence(loginFor(access, 'push')) }
  for (const secret of secretsOf(credential)) host.hide(secret)
  try {
    const client = createClient(stoppable(host, signal), name, credential, access?.transport, memoryOf(access, name.registry))
    const { authorization = '' } = await client.authorization('pull,push')
    const [, token] = /^Bearer (.+)$/.exec(authorization) ?? []
    const rights = token === undefined ? 'unknown' : shownRights(token, name.path)
    if (rights === 'push') return { kind: 'allowed' }
    if (rights === 'unknown') return { kind: 'unknown', why: token === undefined ? 'it gives no token' : 'its token does not show it' }
    return {
      kind: 'denied',
      error: new ActionError('registry-denied', `${nameText(name)}: the token for ${credential.username} does not let it push.`),
    }
  } catch (error) {
    return isClosed(error) ? { kind: 'denied', error } : { kind: 'unknown', why: 'it did not answer' }
  }
}

/**
 * Whether the push that is to follow would be refused, to be asked beside the gates: the error where every registry says
 * so. Of several, one that does does not keep the image from the others. Tells what it has seen; never throws.
 */
export async function foreseeDenial(host: Host, plan: Plan, signal: AbortSignal): Promise<ActionError | undefined> {
  if (!plan.push.push) return undefined
  const names = plan.names.filter(({ registry }) => loginFor(plan.access.get(registry), 'push').kind !== 'anonymous')
  const foreseen = await Promise.all(names.map((name) => foreseePush(host, name, plan.access.get(name.registry), signal)))
  if (signal.aborted) return undefined
  for (const [index, name] of names.entries()) {
    const seen = foreseen[index]
    if (seen?.kind === 'denied') host.log.warning(`The push will be refused: ${seen.error.message}`)
    if (seen?.kind === 'unknown') host.log.line(`Whether ${nameText(name)} may be written to is seen only by the push: ${seen.why}.`)
  }
  const errors = foreseen.flatMap((seen) => (seen.kind === 'denied' ? [seen.error] : []))
  return errors.length === plan.names.length ? errors[0] : undefined
}
