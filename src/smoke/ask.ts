import { resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Answer } from './judge/judge.ts'
import type { SampleRequest } from './sample.ts'

/** An answer is read to this length (bytes). */
export const largestAnswer = 16 << 20

/** Sends one request to the server at `baseUrl`; a text is why there was no whole answer. Never throws. */
export async function ask(
  host: Pick<Host, 'request' | 'now' | 'workspace'>,
  baseUrl: string,
  request: SampleRequest,
  timeoutMs: number,
): Promise<Answer | string> {
  const { method, path, headers, body, file } = request
  const start = host.now()
  try {
    const answer = await host.request({
      method,
      url: baseUrl + path,
      headers,
      timeoutMs,
      maxBytes: largestAnswer,
      ...(body === undefined ? {} : { body }),
      ...(file === undefined ? {} : { file: resolve(host.workspace, file) }),
    })
    const ms = host.now() - start
    return {
      status: answer.status,
      headers: answer.headers,
      ms,
      body: new TextDecoder().decode(answer.body),
      cut: answer.body.length >= largestAnswer,
    }
  } catch (error) {
    return messageOf(error)
  }
}
