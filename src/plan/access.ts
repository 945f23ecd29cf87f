import type { CredentialInputs } from '../inputs/inputs.ts'
import { type Credential, findJobLogin, type JobLogin, type Password } from '../registry/credential.ts'
import type { Transport } from '../registry/transport.ts'
import { type AzureIdentity, type EcrPlace, ecrPlace, type HubConnection, isAzure, isDocker, isGoogle, noClouds } from './clouds.ts'

/** What a repository is opened for: to read from it, or to write to it, which needs reading, too. */
export type Use = 'pull' | 'push'

/** Who logs in: somebody who was given, the login that the job has, a cloud's own credentials of the job, or nobody. */
export type Login =
  | Readonly<{ kind: 'given'; credential: Credential; from: string }>
  | Readonly<{ kind: 'job'; login: JobLogin }>
  | Readonly<{ kind: 'ecr'; place: EcrPlace; keys?: Password }>
  | Readonly<{ kind: 'google'; file: string }>
  | Readonly<{ kind: 'azure'; identity: AzureIdentity }>
  | Readonly<{ kind: 'dockerhub-oidc'; username: string; connection: HubConnection }>
  | Readonly<{ kind: 'anonymous' }>

/** How a registry is asked: by one login for everything or by one for each use, and over which transport. */
export type Access = (Login | Readonly<{ kind: 'by-use'; pull: Login; push: Login }>) & Readonly<{ transport?: Transport }>

/** The login of a registry for a use. A registry that the plan does not know is asked anonymously. */
export function loginFor(access: Access | undefined, use: Use): Login {
  if (access === undefined) return { kind: 'anonymous' }
  return access.kind === 'by-use' ? access[use] : access
}

/** AWS's own name for who logs in with a token: that is no access key. */
const ecrUser = 'AWS'

function ecrOf(registry: string, asked: 'auto' | boolean, region: string | undefined): EcrPlace | undefined {
  if (asked === false) return undefined
  const told = ecrPlace(registry)
  return told ?? (asked === true && region !== undefined ? { kind: 'region', region, fips: false } : undefined)
}

/** What was given wins, then what was asked for by name, then the login the job has, then what its variables offer. */
function loginTo(registry: string, use: Use, inputs: CredentialInputs, actor: string, dockerConfig: string | undefined): Login {
  const { clouds = noClouds, auths = [], githubToken } = inputs
  const entry = auths.find((one) => one.registry === registry && (one.use ?? use) === use)
  const isTheirs = (inputs.registry ?? registry) === registry
  const pair = isTheirs && !(entry?.username || entry?.password) ? inputs : undefined
  const { username, password } = pair ?? entry ?? {}
  const asked = entry?.ecr ?? inputs.ecr ?? 'auto'
  const place = ecrOf(registry, asked, clouds.awsRegion)
  if (password !== undefined) {
    const credential = { username: username ?? (actor || 'github'), password }
    if (place && credential.username !== ecrUser) return { kind: 'ecr', place, keys: credential }
    return { kind: 'given', credential, from: pair ? 'username and password' : 'registry-auth' }
  }
  if (place && asked === true) return { kind: 'ecr', place }
  if (isDocker(registry) && username !== undefined && clouds.dockerHub)
    return { kind: 'dockerhub-oidc', username, connection: clouds.dockerHub }
  const login = findJobLogin(dockerConfig, registry)
  if (login) return { kind: 'job', login }
  if (place && clouds.aws) return { kind: 'ecr', place }
  if (isGoogle(registry) && clouds.google !== undefined) return { kind: 'google', file: clouds.google }
  if (isAzure(registry) && clouds.azure) return { kind: 'azure', identity: clouds.azure }
  if (registry === 'ghcr.io' && githubToken !== undefined)
    return {
      kind: 'given',
      credential: { username: username ?? (actor || 'github'), password: githubToken },
      from: 'github-token',
    }
  return { kind: 'anonymous' }
}

/** Decides how a registry is asked. `dockerConfig` is the text of the job's own config.json. Pure. */
export function accessTo(registry: string, inputs: CredentialInputs, actor: string, dockerConfig: string | undefined): Access {
  const entries = (inputs.auths ?? []).filter((one) => one.registry === registry)
  const transport = entries.find((one) => one.transport)?.transport
  const login = (use: Use) => loginTo(registry, use, inputs, actor, dockerConfig)
  const byUse = entries.some(({ use }) => use !== undefined)
  return {
    ...(byUse ? { kind: 'by-use', pull: login('pull'), push: login('push') } : login('push')),
    ...(transport ? { transport } : {}),
  }
}

const jobs = "by the job's"

function loginText(login: Login): string {
  switch (login.kind) {
    case 'given':
      return `as ${login.credential.username} (${login.from})`
    case 'job':
      return login.login.kind === 'helper' ? `by ${login.login.program}` : `as ${login.login.credential.username} (login of the job)`
    case 'ecr':
      return login.keys ? `to ECR by the access key ${login.keys.username}` : `to ECR ${jobs} AWS credentials`
    case 'google':
      return `${jobs} Google credentials (${login.file})`
    case 'azure':
      return `by the application ${login.identity.client} of Microsoft Entra`
    case 'dockerhub-oidc':
      return `as ${login.username}, by the job's ID token`
    case 'anonymous':
      return 'as nobody'
  }
}

/** For people: who logs in, and where that login is from. */
export function accessText(access: Access): string {
  const plain = access.transport?.plainHttp ? ', over plain HTTP' : ''
  const own = access.transport?.ca ? ', with a CA of its own' : ''
  const who = access.kind === 'by-use' ? `to read ${loginText(access.pull)}, to push ${loginText(access.push)}` : loginText(access)
  return `${who}${plain}${own}`
}
