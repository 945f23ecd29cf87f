/** What the workflow of an example says, and what of it changes where a registry on this machine takes the place of those it names. */

type Given = Readonly<Record<string, unknown>>

/** The action, as the workflows of the examples name it. */
export const isAction = (uses: unknown): boolean => typeof uses === 'string' && uses.startsWith('org/ml-image-action@')

/** A step that logs in somewhere: a registry on this machine needs none of them. */
export const isLogin = (uses: unknown): boolean =>
  typeof uses === 'string' &&
  /^(docker\/login-action|google-github-actions\/auth|aws-actions\/(configure-aws-credentials|amazon-ecr-login)|azure\/login)@/.test(uses)

/** The names in `images`, each behind the host of a registry: `ghcr.io/acme/churn` becomes `127.0.0.1:5000/ghcr.io/acme/churn`. */
export function imagesBehind(host: string, images: string): string {
  return images
    .split(/([,\n])/)
    .map((field) => field.replace(/^(\s*(?:name=)?)(?!enable=)(?=[^\s,])/, `$1${host}/`))
    .join('')
}

/** Inputs that say where an image goes and who may push it there. */
const logins = ['registry', 'username', 'password', 'registry-auth', 'ecr'] as const

/** The inputs of a step, pushing to one registry with one login. */
export function inputsBehind(
  given: Given,
  { host, username, password }: Readonly<Record<'host' | 'username' | 'password', string>>,
): Given {
  const kept = Object.entries(given).filter(([name]) => !logins.some((login) => login === name))
  return { ...Object.fromEntries(kept), images: imagesBehind(host, String(given['images'])), username, password }
}
