import type { Cause } from '../outcome.ts'
import type { Finding } from './finding.ts'

const rotate = 'Then change the secret: caches and registries may hold what was built before.'
const none = 'What is no secret goes into leak-ignore.'

/** How the secret came there, and how it is kept out: by the place of the first one. */
export function causeOf({ place, by }: Finding, instruction: string): Cause {
  if (place.kind === 'file') {
    const name = place.path.split('/').at(-1) ?? ''
    if (by?.keyword === 'RUN')
      return {
        name: 'secret-of-a-step',
        text: `${instruction} left it in its layer. A later step that deletes the file does not take it out of the image.`,
        fix: `Give it to that step alone: the input secrets, and RUN --mount=type=secret,id=NAME in the Dockerfile. ${rotate} ${none}`,
      }
    return {
      name: 'secret-copied',
      text: `${by ? `${instruction} brought it` : 'It came'} from the build context. A later step that deletes it does not take it out of the image.`,
      fix: `Write "**/${name}" into .dockerignore, or copy only what the service needs. ${rotate} ${none}`,
    }
  }
  if (place.kind === 'label' || place.kind === 'annotation')
    return {
      name: 'secret-in-label',
      text: 'Labels and annotations are read by everybody who sees the image.',
      fix: `Take it out of them. ${rotate} ${none}`,
    }
  return {
    name: 'secret-in-variable',
    text: 'ARG, ENV and commands are kept in the configuration and the history of the image, also if a later step sets them anew.',
    fix: `For a step of the build: the input secrets and RUN --mount=type=secret,id=NAME. For the running service: give it to the container when it is started (run-env for the smoke test). ${rotate} ${none}`,
  }
}
