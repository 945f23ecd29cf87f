import { generateKeyPairSync, sign, verify } from 'node:crypto'

/** https://docs.github.com/actions/reference/security/oidc#oidc-token-claims */
export type Claims = Readonly<
  Record<
    | 'iss'
    | 'aud'
    | 'sub'
    | 'ref'
    | 'sha'
    | 'repository'
    | 'repository_id'
    | 'repository_owner'
    | 'repository_owner_id'
    | 'repository_visibility'
    | 'event_name'
    | 'job_workflow_ref'
    | 'job_workflow_sha'
    | 'workflow_ref'
    | 'workflow_sha'
    | 'runner_environment'
    | 'run_id'
    | 'run_attempt',
    string
  >
>

/** GitHub as the issuer of identities: a token for whoever has the request token of a job, signed RS256. */
export type Issuer = Readonly<{ issue: (audience: string) => string; claimsOf: (token: string) => Claims | undefined }>

export const workflow = 'acme/shop/.github/workflows/image.yml@refs/heads/main'
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function createIssuer(about: Partial<Claims> & Readonly<{ sha: string }>): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:acme/shop:ref:refs/heads/main',
    ref: 'refs/heads/main',
    repository: 'acme/shop',
    repository_id: '74',
    repository_owner: 'acme',
    repository_owner_id: '65',
    repository_visibility: 'public',
    event_name: 'push',
    job_workflow_ref: workflow,
    job_workflow_sha: about.sha,
    workflow_ref: workflow,
    workflow_sha: about.sha,
    runner_environment: 'github-hosted',
    run_id: '42',
    run_attempt: '1',
    ...about,
  }
  return {
    issue: (aud) => {
      const seconds = Math.floor(Date.now() / 1000)
      const text = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode({ ...claims, aud, nbf: seconds - 5, exp: seconds + 300 })}`
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
    },
    claimsOf: (token) => {
      const [header = '', payload = '', signature = ''] = token.split('.')
      const good = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))
      return good ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : undefined
    },
  }
}
