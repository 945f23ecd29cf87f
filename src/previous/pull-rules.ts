import type { RelayRules, RelayStep } from '../host/host.ts'
import type { RegistryClient } from '../registry/client.ts'

const answer = (status: number): RelayStep => ({ kind: 'answer', status, headers: {}, body: status === 200 ? '{}' : '' })

/**
 * The rules of a door from which the engine pulls an image of repository `path`, as `door`, which only this run knows.
 * Requests go on with our login, so the engine needs none. Nothing but reading by digest goes through.
 */
export function pullRules(client: RegistryClient, path: string, door: string): RelayRules {
  const ours = `/v2/${door}/`
  return {
    route: async ({ method, path: asked }) => {
      if (method !== 'GET' && method !== 'HEAD') return answer(405)
      if (/^\/v2\/?$/.test(asked)) return answer(200)
      const rest = asked.startsWith(ours) ? asked.slice(ours.length) : ''
      if (!/^(manifests|blobs)\/sha256:[a-f0-9]{64}$/.test(rest)) return answer(404)
      return {
        kind: 'forward',
        method,
        url: `${await client.base()}/v2/${path}/${rest}`,
        headers: await client.authorization('pull'),
        ...(client.ca === undefined ? {} : { ca: client.ca }),
      }
    },
    // The registry itself is reached through us; a storage by an address that lets one in.
    location: (location, sentTo) => {
      const target = new URL(location, sentTo)
      const theirs = `/v2/${path}/`
      const atHome = target.origin === new URL(sentTo).origin && target.pathname.startsWith(theirs)
      return atHome ? `${ours}${target.pathname.slice(theirs.length)}${target.search}` : target.href
    },
  }
}
