import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A comment as it is kept. */
export type KeptComment = { readonly id: number; body: string; readonly login: string; readonly pull: number }

/** What is answered in place of the truth; as often as `times`, for ever without. */
export type CommentFault = Readonly<{
  on: 'list' | 'create' | 'update' | 'viewer'
  times?: number
  /** Nothing is ever answered. */
  hang?: true
  /** The connection is closed. */
  cut?: true
  status?: number
  message?: string
  headers?: Readonly<Record<string, string>>
  /** The comment is written all the same, and the answer lost. */
  done?: true
}>

export type CommentRequest = Readonly<{ call: CommentFault['on'] | 'unknown'; method: string; path: string; status: number | undefined }>

/** GitHub's API for the comments of pull requests, as much of it as a client needs to keep one comment. */
export interface CommentService extends AsyncDisposable {
  /** For GITHUB_API_URL; a server of one's own has it below /api/v3. */
  readonly url: string
  readonly comments: () => readonly KeptComment[]
  /** Somebody writes a comment. */
  readonly write: (login: string, body: string, pull?: number) => KeptComment
  readonly fail: (fault: CommentFault) => void
  readonly heal: () => void
  readonly requests: () => readonly CommentRequest[]
}

/** The token of a job, and whom it writes as. */
export const jobToken = 'ghs_ofTheJob0123456789'
const logins: Readonly<Record<string, string>> = { [jobToken]: 'github-actions[bot]', ghp_ofSomebody0123456789: 'octocat' }
/** Characters of a body that GitHub takes. */
export const longestBody = 65_536

const documentation = 'https://docs.github.com/rest/issues/comments'

export async function startCommentService(repository = 'acme/shop'): Promise<CommentService> {
  const kept: KeptComment[] = []
  const faults: { fault: CommentFault; left: number }[] = []
  const log: { call: CommentRequest['call']; method: string; path: string; response: ServerResponse }[] = []
  let nextId = 1000
  const write = (login: string, body: string, pull = 7) => {
    const comment = { id: nextId++, body, login, pull }
    kept.push(comment)
    return comment
  }
  const shown = ({ id, body, login, pull }: KeptComment) => ({
    id,
    url: `https://api.github.com/repos/${repository}/issues/comments/${id}`,
    html_url: `https://github.com/${repository}/pull/${pull}#issuecomment-${id}`,
    user: { login, id: 1, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T03:04:05Z',
    author_association: 'NONE',
    body,
  })

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '' } = request
    const url = new URL(request.url ?? '/', 'http://api')
    const path = url.pathname.replace(/^\/api(\/v3)?/, '')
    const [, pull] = new RegExp(`^/repos/${repository}/issues/(\\d+)/comments$`).exec(path) ?? []
    const [, id] = new RegExp(`^/repos/${repository}/issues/comments/(\\d+)$`).exec(path) ?? []
    const call =
      path === '/graphql'
        ? 'viewer'
        : pull && method === 'GET'
          ? 'list'
          : pull && method === 'POST'
            ? 'create'
            : id && method === 'PATCH'
              ? 'update'
              : 'unknown'
    log.push({ call, method, path: url.pathname + url.search, response })
    const say = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(value))
    const refuse = (status: number, message: string, more = {}) => say(status, { message, documentation_url: documentation, ...more })
    const token = /^(?:token|bearer) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const login = logins[token]
    if (login === undefined) return refuse(401, 'Bad credentials')
    const sent = method === 'GET' ? {} : ((await json(request)) as Readonly<Record<string, unknown>>)
    const failing = faults.find(({ fault, left }) => fault.on === call && left > 0)
    if (failing) {
      failing.left--
      const { hang, cut, status = 500, message = 'Server Error', headers = {}, done } = failing.fault
      if (done && call === 'create') write(login, String(sent['body']), Number(pull))
      if (cut) return response.destroy()
      return hang ? undefined : say(status, { message, documentation_url: documentation }, headers)
    }
    const { body } = sent
    const tooLong = typeof body === 'string' && [...body].length > longestBody
    const invalid = {
      errors: [
        { resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body is too long (maximum is 65536 characters)' },
      ],
    }
    switch (call) {
      case 'viewer':
        return say(200, { data: { viewer: { login } } })
      case 'list': {
        const size = Number(url.searchParams.get('per_page') ?? 30)
        const page = Number(url.searchParams.get('page') ?? 1)
        const all = kept.filter((comment) => comment.pull === Number(pull))
        const last = Math.max(1, Math.ceil(all.length / size))
        const link = (to: number, rel: string) => `<https://api.github.com/repositories/1${path}?per_page=${size}&page=${to}>; rel="${rel}"`
        const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : []
        return say(200, all.slice((page - 1) * size, page * size).map(shown), links.length > 0 ? { link: links.join(', ') } : {})
      }
      case 'create':
        return tooLong ? refuse(422, 'Validation Failed', invalid) : say(201, shown(write(login, String(body), Number(pull))))
      case 'update': {
        const comment = kept.find((one) => one.id === Number(id))
        if (!comment) return refuse(404, 'Not Found')
        if (tooLong) return refuse(422, 'Validation Failed', invalid)
        comment.body = String(body)
        return say(200, shown(comment))
      }
      case 'unknown':
        return refuse(404, 'Not Found')
    }
  }
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`,
    comments: () => kept,
    write,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    heal: () => {
      faults.splice(0)
      log.splice(0)
    },
    requests: () =>
      log.map(({ call, method, path, response }) => ({
        call,
        method,
        path,
        status: response.headersSent ? response.statusCode : undefined,
      })),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
