import { messageOf } from '../../errors.ts'
import type { Comment, Comments, Host } from '../../host/host.ts'
import { type Identity, isLater, type RunStamp, readStamp } from './identity.ts'

/** A comment to be written. `silent`: only where there is one already. */
export type Wanted = Readonly<{ identity: Pick<Identity, 'marker'>; text: string; stamp: RunStamp | undefined; silent: boolean }>

/** What came of it. `refused`: by GitHub, for good or for longer than anybody waits; `url` is where it can be read. */
export type Commented =
  | Readonly<{ kind: 'created' | 'updated' | 'overtaken'; url: string }>
  | Readonly<{ kind: 'silent' }>
  | Readonly<{ kind: 'refused'; status: number | undefined; why: string }>

/** Pages of a hundred that are looked through; GitHub allows 2,500 comments. */
const mostPages = 25
/** Before it is asked again (ms), where GitHub does not say itself how long. */
const pauses = [500, 2_000]
const longestPause = 5_000
const ofJobs = 'github-actions[bot]'

/** The comment of this job, whoever else has written its marker: others could be anybody, and could change it later. */
async function findOwn(comments: Comments, marker: string): Promise<Comment | undefined> {
  let viewer: string | undefined
  for (let page = 1; page <= mostPages; page++) {
    const { comments: found, last } = await comments.page(page)
    for (const comment of found) {
      if (!comment.body.trimStart().startsWith(marker)) continue
      viewer ??= await comments.viewer().catch(() => ofJobs)
      if (comment.author === viewer || comment.author === `${viewer}[bot]`) return comment
    }
    if (last) break
  }
  return undefined
}

async function put(comments: Comments, { identity: { marker }, text, stamp, silent }: Wanted): Promise<Commented> {
  const own = await findOwn(comments, marker)
  if (!own) return silent ? { kind: 'silent' } : { kind: 'created', url: await comments.create(`${marker}\n${text}`) }
  if (isLater(readStamp(own.body), stamp)) return { kind: 'overtaken', url: own.url }
  return { kind: 'updated', url: await comments.update(own.id, `${marker}\n${text}`) }
}

type Answered = Readonly<{ status?: number; response?: Readonly<{ headers?: Readonly<Record<string, string | number | undefined>> }> }>

/** What GitHub says, without the page of its documentation that the client adds. */
const wordsOf = (error: unknown) =>
  messageOf(error)
    .replace(/ - https:\/\/docs\.github\.com\S*$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200)

/** The client calls a network that is not there a 500, too, but one without a response. */
function statusOf(error: unknown): number | undefined {
  const { status, response } = error as Answered
  return response || status !== 500 ? status : undefined
}

/** How long to wait before asking again (ms); undefined where that is of no use. `tries` have been made. */
function pauseAfter(error: unknown, tries: number): number | undefined {
  const status = statusOf(error)
  const headers = (error as Answered).response?.headers ?? {}
  const asked = Number(headers['retry-after'] ?? Number.NaN) * 1000
  // The limit for those who write often is a 403 with words, or with a time.
  const limited = status === 429 || (status === 403 && (Number.isFinite(asked) || /rate limit|abuse/i.test(messageOf(error))))
  const passing = limited || status === undefined || status >= 500
  const pause = Number.isFinite(asked) ? asked : pauses[tries]
  return passing && tries < pauses.length && pause !== undefined && pause <= longestPause ? pause : undefined
}

/** Writes the comment of this job, or writes it anew; all is looked up again after a fault, as it may have come through. */
export async function publishComment(
  host: Pick<Host, 'sleep'>,
  comments: Comments,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Commented> {
  for (let tries = 0; ; tries++) {
    try {
      return await put(comments, wanted)
    } catch (error) {
      const pause = signal.aborted ? undefined : pauseAfter(error, tries)
      if (pause === undefined) return { kind: 'refused', status: statusOf(error), why: wordsOf(error) }
      await host.sleep(pause, signal).catch(() => undefined)
    }
  }
}
