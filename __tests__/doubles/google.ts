import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** GitHub's ID tokens, Google's token exchange and its IAM, on the loopback; `steps` is what was asked, in order. */
export interface GoogleApi extends AsyncDisposable {
  readonly url: string
  readonly steps: readonly string[]
  /** The file that google-github-actions/auth leaves: workload identity, with or without a service account. */
  readonly credentials: (account?: string) => string
}

const audience = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/github'

/** As cloud.google.com describes workload identity federation (STS `token`, IAM `generateAccessToken`). */
export async function startGoogleApi(refusal?: Readonly<{ step: 'sts' | 'iam'; status: number; body: object }>): Promise<GoogleApi> {
  const steps: string[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const send = (status: number, value: object) =>
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      const url = new URL(incoming.url ?? '/', 'http://localhost')
      const { authorization } = incoming.headers
      if (url.pathname === '/idtoken') {
        steps.push('id-token')
        return authorization === 'Bearer runtime' ? send(200, { value: 'github-id-token' }) : send(401, {})
      }
      if (url.pathname === '/v1/token') {
        steps.push('sts')
        if (refusal?.step === 'sts') return send(refusal.status, refusal.body)
        const fields = new URLSearchParams(body)
        const right =
          fields.get('grant_type') === 'urn:ietf:params:oauth:grant-type:token-exchange' &&
          fields.get('audience') === audience &&
          fields.get('subject_token') === 'github-id-token' &&
          fields.get('subject_token_type') === 'urn:ietf:params:oauth:token-type:jwt'
        return right
          ? send(200, {
              access_token: 'federated',
              issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
              token_type: 'Bearer',
              expires_in: 3600,
            })
          : send(400, { error: 'invalid_request', error_description: 'Invalid value for "audience".' })
      }
      steps.push('iam')
      if (refusal?.step === 'iam') return send(refusal.status, refusal.body)
      return authorization === 'Bearer federated' && url.pathname.endsWith(':generateAccessToken')
        ? send(200, { accessToken: 'impersonated', expireTime: new Date(Date.now() + 3_600_000).toISOString() })
        : send(401, { error: { code: 401, message: 'Request had invalid authentication credentials.' } })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    steps,
    credentials: (account) =>
      JSON.stringify({
        ...{ type: 'external_account', audience, subject_token_type: 'urn:ietf:params:oauth:token-type:jwt', token_url: `${url}/v1/token` },
        credential_source: {
          ...{ url: `${url}/idtoken?api-version=2.0&audience=x`, headers: { Authorization: 'Bearer runtime' } },
          format: { type: 'json', subject_token_field_name: 'value' },
        },
        ...(account ? { service_account_impersonation_url: `${url}/v1/projects/-/serviceAccounts/${account}:generateAccessToken` } : {}),
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
