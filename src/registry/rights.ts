/** What a token lets its bearer do in a repository, as far as it can be read. */
export type ShownRights = 'push' | 'none' | 'unknown'

type Grant = Readonly<{ type?: unknown; name?: unknown; actions?: unknown }>

/**
 * Reads the claim `access` of a registry's token (distribution, spec/auth/jwt.md): what was granted of the scope that was
 * asked for. Tokens that are no JWT, as GHCR's, show nothing.
 */
export function shownRights(token: string, path: string): ShownRights {
  const [, payload] = token.split('.')
  if (!payload) return 'unknown'
  try {
    const { access } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { access?: unknown }
    if (!Array.isArray(access)) return 'unknown'
    if (access.length === 0) return 'none'
    const mine = (access as readonly (Grant | null)[]).filter((grant) => grant?.type === 'repository' && grant.name === path)
    const actions = mine.map((grant) => grant?.actions)
    if (actions.length === 0 || !actions.every(Array.isArray)) return 'unknown'
    return actions.flat().some((action) => action === 'push' || action === '*') ? 'push' : 'none'
  } catch {
    return 'unknown'
  }
}
