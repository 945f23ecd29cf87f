import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Refusal = Readonly<{ type: string; message: string }>

/** ECR's API on the loopback; `requests` are the operations that were let in. */
export interface EcrApi extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly string[]
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** Whether a request is signed with the secret (AWS Signature Version 4, docs.aws.amazon.com/IAM, "Create a signed request"). */
function isSigned({ method, url, headers }: IncomingMessage, body: string, keys: Readonly<{ id: string; secret: string }>): boolean {
  const [, id, date = '', region = '', service = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (id !== keys.id) return false
  const canonical = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const request = [method, url, '', canonical.join(''), names, hex(body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${date}/${region}/${service}/aws4_request`, hex(request)].join('\n')
  const key = [region, service, 'aws4_request'].reduce<Buffer>((so, part) => hmac(so, part), hmac(`AWS4${keys.secret}`, date))
  return hmac(key, text).toString('hex') === signature
}

/**
 * `GetAuthorizationToken` of ECR and of ECR Public, as AWS's JSON 1.1 protocol has it: to requests that are signed with the
 * key pair, unless `refusal` says otherwise.
 */
export async function startEcrApi(keys: Readonly<{ id: string; secret: string }>, password: string, refusal?: Refusal): Promise<EcrApi> {
  const requests: string[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const operation = String(incoming.headers['x-amz-target'])
      const send = (status: number, body: object) =>
        outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r1' }).end(JSON.stringify(body))
      const fail = ({ type, message }: Refusal) => send(400, { __type: type, message })
      if (!isSigned(incoming, Buffer.concat(chunks).toString(), keys))
        return fail({ type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' })
      if (refusal) return fail(refusal)
      requests.push(operation)
      const data = {
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: Math.floor(Date.now() / 1000) + 12 * 3600,
      }
      const isPublic = operation.startsWith('SpencerFrontendService.')
      return send(200, { authorizationData: isPublic ? data : [{ ...data, proxyEndpoint: 'https://registry.example' }] })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
