/** What the workflow of an example says, and what of it changes where a registry on this machine takes the place of those it names. */

type Fields = Readonly<Record<string, unknown>>
type Step = Readonly<{ uses?: unknown; run?: string; name?: string; env?: Fields; with?: Fields }>
type Workflow = Readonly<{ jobs: Readonly<Record<string, Readonly<{ steps?: readonly Step[] }>>> }>
export type Login = Readonly<{ host: string; username: string; password: string }>

/** The action, as the workflows of the examples name it. */
export const isAction = (uses: unknown): boolean => typeof uses === 'string' && uses.startsWith('org/ml-image-action@')

/** An action that logs the job in somewhere: where there is another registry, nobody needs it. */
export const isLogin = (uses: unknown): boolean =>
  typeof uses === 'string' && /^(docker\/login-action|google-github-actions\/auth|aws-actions\/[\w-]+|azure\/login)@/.test(uses)

/** The steps of the action that ship: those of a job that only checks say `push: false`. */
export function shippingSteps({ jobs }: Workflow): readonly Step[] {
  const ours = Object.values(jobs).flatMap(({ steps = [] }) => steps.filter(({ uses }) => isAction(uses)))
  return ours.filter((step) => String(step.with?.['push']) !== 'false')
}

/** Names, each behind the host of a registry: `ghcr.io/acme/churn` becomes `127.0.0.1:5000/ghcr.io/acme/churn`. */
export function imagesBehind(host: string, images: string): string {
  return images
    .split(/([,\n])/)
    .map((field) => field.replace(/^(\s*(?:name=)?)(?!enable=)(?=[^\s,])/, `$1${host}/`))
    .join('')
}

/** Inputs that say who may push where. */
const logins: readonly string[] = ['registry', 'username', 'password', 'registry-auth', 'ecr']

/** The inputs of a step, pushing to one registry with one login. */
export function inputsBehind({ host, username, password }: Login, given: Fields = {}): Readonly<Record<string, string>> {
  const kept = Object.entries(given).flatMap(([name, value]) => (logins.includes(name) ? [] : [[name, String(value)] as const]))
  return { ...Object.fromEntries(kept), images: imagesBehind(host, String(given['images'])), username, password }
}

/** A text with what a runner would put into it: there are no secrets and no variables. @throws Error for what it cannot know */
export function evaluated(text: string, repository: string): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (expression, name: string) => {
    if (name === 'github.repository') return repository
    if (name === 'github.repository_owner') return repository.split('/')[0] ?? ''
    if (/^(secrets|vars)\.\w+$/.test(name)) return ''
    throw new Error(`${expression} is known to a runner alone`)
  })
}
