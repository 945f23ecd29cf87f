import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jobSecrets } from '../../../src/inspect/leaks/forms.ts'
import { createSearch } from '../../../src/inspect/leaks/search.ts'

const latin1 = (text: string) => Buffer.from(text).toString('latin1')
const secret = 'pA55+w0rd/of="the job"'

describe("the job's own secrets", () => {
  const search = createSearch(jobSecrets([secret]))
  test.each([
    ['plain', secret],
    ['for an address', `https://u:${encodeURIComponent(secret)}@h/`],
    ['in JSON', JSON.stringify({ p: secret })],
    ...[0, 1, 2, 3].map((before) => [`base64 after ${before}`, Buffer.from(`${'u'.repeat(before)}${secret}tail`).toString('base64')]),
    ['base64 for addresses', Buffer.from(`>?>${secret}`).toString('base64url')],
  ])('%s', (_, text) => {
    const [hit, ...more] = search(latin1(`before ${text} after`))
    expect([hit?.rule, hit?.weight, more]).toEqual(['job-secret', 'red', []])
    expect(hit?.excerpt).not.toContain(hit?.secret)
  })
  test('of several lines are found by a line', () => {
    const key = ['-----BEGIN X-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj', '-----END X-----'].join('\n')
    const found = createSearch(jobSecrets([key]))('x\r\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\r\n')
    expect(found).toMatchObject([{ rule: 'job-secret' }])
  })
  test.each(['', 'short', 'password', 'changeme', '${TOKEN}', 'aaaaaaaaaaaa'])('"%s" is not looked for', (value) =>
    expect(jobSecrets([value])).toEqual([]),
  )
  test('of little length are not looked for in packages of others', () => {
    const short = createSearch(jobSecrets(['k3y-9dk2']))
    expect(short('x k3y-9dk2', '/usr/local/lib/python3.11/site-packages/a.py')).toEqual([])
    expect(short('x k3y-9dk2', '/app/a.py')).toHaveLength(1)
  })
  test('any value is found in any text, and the text without it has none', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9+/=_-]{16,40}$/).filter((one) => jobSecrets([one]).length === 1)
    fc.assert(
      fc.property(value, fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (one, before, after) => {
        const found = createSearch(jobSecrets([one]))
        expect(found(latin1(`${before}${one}${after}`)).map(({ rule }) => rule)).toContain('job-secret')
        if (!`${before}${after}`.includes(one)) expect(found(latin1(before)).some(({ rule }) => rule === 'job-secret')).toBe(false)
      }),
    )
  })
})
