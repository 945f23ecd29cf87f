import { dockerHub } from '../plan/image-name.ts'

export type Password = Readonly<{ kind?: 'password'; username: string; password: string }>

/** What a registry gave for a login before: good for tokens alone (grant `refresh_token`), of no use as a password. */
export type IdentityToken = Readonly<{ kind: 'identity-token'; username: string; token: string }>

/** A login to one registry; without it, it is asked anonymously. */
export type Credential = Password | IdentityToken

/** Every form of a credential that must not be shown. */
export function secretsOf(credential: Credential): readonly string[] {
  if (credential.kind === 'identity-token') return [credential.token]
  return [credential.password, basicOf(credential)]
}

/** What stands behind `Basic` (RFC 7617). */
export function basicOf({ username, password }: Password): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}

/** The key of a registry in Docker's config.json. */
function configKey(registry: string): string {
  return registry === dockerHub ? 'https://index.docker.io/v1/' : registry
}

type Entry = Readonly<{ auth?: string; identitytoken?: string }>

type ConfigFile = Readonly<{
  auths?: Readonly<Record<string, Entry>>
  credsStore?: string
  credHelpers?: Readonly<Record<string, string>>
}>

/** How the job is already logged in to a registry: by its config.json, or by a helper program that has to be asked. */
export type JobLogin =
  | Readonly<{ kind: 'credential'; credential: Credential }>
  | Readonly<{ kind: 'helper'; program: string; server: string }>

function parseConfig(text: string | undefined): ConfigFile {
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** By this name a helper says that what it has is no password (docker/docker-credential-helpers, README). */
const tokenUser = '<token>'

/** The login that a helper has answered with: JSON with `Username` and `Secret`. @throws SyntaxError */
export function helperCredential(answer: string): Credential {
  const { Username: username, Secret: secret } = JSON.parse(answer) as { Username: string; Secret: string }
  return username === tokenUser ? { kind: 'identity-token', username, token: secret } : { username, password: secret }
}

function entryCredential({ auth, identitytoken }: Entry): Credential | undefined {
  const [, username, password] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth ?? '', 'base64').toString()) ?? []
  // Docker CLI: with an identity token the password is none.
  if (identitytoken) return { kind: 'identity-token', username: username ?? tokenUser, token: identitytoken }
  return username && password ? { username, password } : undefined
}

/** Finds the login of a registry in the text of a config.json. */
export function findJobLogin(configText: string | undefined, registry: string): JobLogin | undefined {
  const config = parseConfig(configText)
  const server = configKey(registry)
  const helper = config.credHelpers?.[server] ?? config.credHelpers?.[registry]
  if (helper) return { kind: 'helper', program: `docker-credential-${helper}`, server }
  const found = Object.entries(config.auths ?? {}).find(
    ([key]) => key === server || key.replace(/^https?:\/\//, '').replace(/\/.*$/, '') === registry,
  )
  if (!found?.[1]) return undefined
  const [key, entry] = found
  const credential = entryCredential(entry)
  if (credential) return { kind: 'credential', credential }
  return config.credsStore ? { kind: 'helper', program: `docker-credential-${config.credsStore}`, server: key } : undefined
}

/** As `docker login` writes it. */
function entryOf(credential: Credential): Entry {
  if (credential.kind !== 'identity-token') return { auth: basicOf(credential) }
  return { auth: basicOf({ username: credential.username, password: '' }), identitytoken: credential.token }
}

/**
 * A config.json that adds `logins` to what the job has. Its helpers would take precedence over the added logins, so
 * those for the same registries are left out, as is a default store (its entries stay, asked one by one).
 */
export function configWith(configText: string | undefined, logins: ReadonlyMap<string, Credential>): string {
  const { credsStore, credHelpers, auths, ...rest } = parseConfig(configText)
  const added = Object.fromEntries([...logins].map(([registry, credential]) => [configKey(registry), entryOf(credential)]))
  const stored = credsStore ? Object.fromEntries(Object.keys(auths ?? {}).map((server) => [server, credsStore])) : {}
  const helpers = Object.fromEntries(Object.entries({ ...stored, ...credHelpers }).filter(([server]) => !(server in added)))
  return JSON.stringify({ ...rest, auths: { ...auths, ...added }, ...(Object.keys(helpers).length > 0 ? { credHelpers: helpers } : {}) })
}
