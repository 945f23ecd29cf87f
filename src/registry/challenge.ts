/** What a registry asks for in WWW-Authenticate (RFC 7235; distribution's token scheme). */
export type Challenge =
  | Readonly<{ scheme: 'basic' }>
  | Readonly<{ scheme: 'bearer'; realm: string; service?: string; scope?: string }>
  | Readonly<{ scheme: 'unknown'; text: string }>

export function parseChallenge(header: string): Challenge {
  const [, scheme = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(header) ?? []
  if (scheme.toLowerCase() === 'basic') return { scheme: 'basic' }
  // Another scheme may follow behind a comma: what is behind its name is not ours.
  const [mine = ''] = rest.split(/,\s*(?=[A-Za-z]+\s+[a-zA-Z]+=)/)
  const fields = new Map(
    [...mine.matchAll(/([a-zA-Z]+)="([^"]*)"|([a-zA-Z]+)=([^",\s]+)/g)].map((m) => [
      (m[1] ?? m[3] ?? '').toLowerCase(),
      m[2] ?? m[4] ?? '',
    ]),
  )
  const realm = fields.get('realm')
  if (scheme.toLowerCase() !== 'bearer' || !realm) return { scheme: 'unknown', text: header }
  const service = fields.get('service')
  const scope = fields.get('scope')
  return { scheme: 'bearer', realm, ...(service === undefined ? {} : { service }), ...(scope === undefined ? {} : { scope }) }
}
