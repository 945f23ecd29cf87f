import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A registry whose tags, once set, stay what they are. */
export interface ImmutableTags extends AsyncDisposable {
  readonly host: string
  /** Tags that somebody tried to set again. */
  readonly refused: readonly string[]
}

/** In front of a registry: a tag that is there is not set again, in the words that ECR has for it. */
export async function startImmutableTags(registry: string): Promise<ImmutableTags> {
  const refused: string[] = []
  const ask = (method: string, path: string, headers: IncomingMessage['headers']) =>
    new Promise<number>((resolve) => {
      const accept = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'].join(', ')
      const authorization = headers.authorization ?? ''
      httpRequest(`http://${registry}${path}`, { method, agent: false, headers: { accept, authorization } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', () => resolve(0))
        .end()
    })
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const [, path = '', tag] = /^\/v2\/(.+)\/manifests\/([^:/]+)$/.exec(url) ?? []
    if (method === 'PUT' && tag !== undefined && (await ask('HEAD', url, headers)) === 200) {
      refused.push(tag)
      incoming.resume()
      const message = `The image tag '${tag}' already exists in the '${path}' repository and cannot be overwritten because the tag is immutable.`
      outgoing.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [{ code: 'TAG_INVALID', message }] }))
      return
    }
    const sent = httpRequest(`http://${registry}${url}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    sent.on('error', () => outgoing.destroy())
    incoming.pipe(sent)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
