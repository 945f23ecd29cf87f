import type { Environment, Host } from '../host/host.ts'
import type { Plan } from '../plan/plan.ts'
import type { BuiltImage } from './image.ts'

/** The image stays in the engine under the tags it would have been pushed by. */
export async function keepUnderTags(host: Host, image: BuiltImage, plan: Plan, env: Environment): Promise<void> {
  for (const reference of plan.references) {
    await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env })
  }
  host.log.line(
    plan.references.length > 0
      ? `The image is in this engine as ${plan.references.join(', ')}.`
      : 'The image is not kept: no commit or ref is known to tag it by, and tags gives none.',
  )
}
