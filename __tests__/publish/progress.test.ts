import { expect, test } from '@jest/globals'
import { tellProgress } from '../../src/publish/progress.ts'
import { createFakeHost } from '../fake-host.ts'

const name = 'ghcr.io/acme/iris'

/** A push that sends `rate` bytes each second for so long (ms), and a layer every eight. */
async function push(ms: number, rate: number) {
  const host = createFakeHost()
  const sent = { blobs: 0, bytes: 0 }
  const over = new AbortController()
  const telling = tellProgress(host, name, sent, over.signal)
  for (let at = 0; at < ms; at += 1_000) {
    await host.sleep(1_000)
    sent.bytes += rate
    if (at % 8_000 === 7_000 && rate > 0) sent.blobs++
  }
  over.abort()
  await telling
  return host.lines
}

test('a short push says nothing', async () => expect(await push(9_000, 50e6)).toEqual([]))
test('a long one how much has been sent and how fast, every ten seconds', async () => {
  const lines = await push(25_000, 12e6)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^ghcr\.io\/acme\/iris: 1(08|20)\.0 MB sent in 10\.0 s, 1[02]\.[08] MB\/s; 1 layer has arrived$/)
  expect(lines[1]).toMatch(/^ghcr\.io\/acme\/iris: 2(28|40)\.0 MB sent in 20\.0 s, 12\.0 MB\/s; 2 layers have arrived$/)
})
test('one that sends nothing says nothing', async () => expect(await push(60_000, 0)).toEqual([]))
