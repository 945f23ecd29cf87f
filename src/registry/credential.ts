import { dockerHub } from '../plan/image-name.ts'

/** A login to one registry; without it, it is asked anonymously. */
export type Credential = Readonly<{ username: string; password: string }>

/** The key of a registry in Docker's config.json. */
function configKey(registry: string): string {
  return registry === dockerHub ? 'https://index.docker.io/v1/' : registry
}

type ConfigFile = Readonly<{
  auths?: Readonly<Record<string, Readonly<{ auth?: string; identitytoken?: string }>>>
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
  const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(entry.auth ?? '', 'base64').toString()) ?? []
  if (username && password) return { kind: 'credential', credential: { username, password } }
  return config.credsStore ? { kind: 'helper', program: `docker-credential-${config.credsStore}`, server: key } : undefined
}

/**
 * A config.json that adds `logins` to what the job has. Its helpers would take precedence over the added logins, so
 * those for the same registries are left out, as is a default store (its entries stay, asked one by one).
 */
export function configWith(configText: string | undefined, logins: ReadonlyMap<string, Credential>): string {
  const { credsStore, credHelpers, auths, ...rest } = parseConfig(configText)
  const added = Object.fromEntries(
    [...logins].map(([registry, { username, password }]) => [
      configKey(registry),
      { auth: Buffer.from(`${username}:${password}`).toString('base64') },
    ]),
  )
  const stored = credsStore ? Object.fromEntries(Object.keys(auths ?? {}).map((server) => [server, credsStore])) : {}
  const helpers = Object.fromEntries(Object.entries({ ...stored, ...credHelpers }).filter(([server]) => !(server in added)))
  return JSON.stringify({ ...rest, auths: { ...auths, ...added }, ...(Object.keys(helpers).length > 0 ? { credHelpers: helpers } : {}) })
}
