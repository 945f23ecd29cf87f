import { createHash } from 'node:crypto'

/** What tells the comment of one step of one job from all others, and the figures of its image. */
export type Identity = Readonly<{
  /** A comment of markdown that nobody sees: the first line of ours. */
  marker: string
  /** What its figures are filed under in a cache: the same in every workflow that builds this variant of the image for these values of a matrix. */
  figures: string
  /** The job as people know it, and its values of the matrix. */
  job: string
  leg: string
}>

const hashOf = (...texts: readonly string[]) => createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12)
const plain = (text: string) => text.replace(/[^\w./:-]|--+/g, '_')

/** Whatever the order in which it was written. */
function matrixText(matrix: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(matrix).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const longestValue = 40
const valueText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, longestValue)

/**
 * A job of a matrix has the id of all others (GITHUB_JOB), two steps of a job have other ids (GITHUB_ACTION), and two
 * workflows may have jobs of one name: image and job are for people to read, the hash tells them apart. `variant` is what
 * else makes it another image: file, target, platforms.
 */
export function identify(
  env: Readonly<Record<string, string | undefined>>,
  image: string,
  matrix: Readonly<Record<string, unknown>> = {},
  variant: readonly string[] = [],
): Identity {
  const job = env['GITHUB_JOB'] ?? ''
  const [workflow = ''] = (env['GITHUB_WORKFLOW_REF'] ?? '').split('@')
  const values = matrixText(matrix)
  return {
    marker: `<!-- ml-image-action:${plain(image)}:${plain(job)}:${hashOf(workflow, job, env['GITHUB_ACTION'] ?? '', values)} -->`,
    figures: hashOf(image, values, ...variant),
    job,
    leg: Object.values(matrix).map(valueText).join(', '),
  }
}

/** The run that a comment is of, for the runs that come later. */
export type RunStamp = Readonly<{ id: number; attempt: number }>

/** Undefined outside of a run of GitHub's. */
export function stampOf(env: Readonly<Record<string, string | undefined>>): RunStamp | undefined {
  const [id, attempt] = [Number(env['GITHUB_RUN_ID'] || Number.NaN), Number(env['GITHUB_RUN_ATTEMPT'] || 1)]
  return Number.isSafeInteger(id) && Number.isSafeInteger(attempt) ? { id, attempt } : undefined
}

export const stampText = ({ id, attempt }: RunStamp) => `<!-- run ${id}.${attempt} -->`

export function readStamp(body: string): RunStamp | undefined {
  const [, id, attempt] = /^<!-- run (\d{1,15})\.(\d{1,6}) -->$/m.exec(body) ?? []
  return id === undefined ? undefined : { id: Number(id), attempt: Number(attempt) }
}

/** Whether a run was begun after another: GitHub counts them up over the whole site. */
export function isLater(one: RunStamp | undefined, than: RunStamp | undefined): boolean {
  return one !== undefined && than !== undefined && (one.id > than.id || (one.id === than.id && one.attempt > than.attempt))
}
