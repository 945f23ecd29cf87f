import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { cacheCalls, type FaultRule } from '../doubles/cache-faults.ts'
import { type CacheService, startCacheService } from '../doubles/cache-service.ts'
import { createJob, docker, leftovers, type Ran, repositoryRoot } from './action.ts'

type Variables = Readonly<Record<string, string>>
const execute = promisify(execFile)
const readOnly = [{ Scope: 'refs/heads/main', Permission: 1 }]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-image-cache-clients-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const calls = (service: CacheService) => service.requests().map(({ call, status }) => `${call} ${status}`)

describe('@actions/cache', () => {
  const script = `import { restoreCache, saveCache } from '@actions/cache'
    const [verb, path, key, ...restoreKeys] = process.argv.slice(1)
    console.log('answer: ' + (verb === 'save' ? await saveCache([path], key) : await restoreCache([path], key, restoreKeys)))`
  const node = async (code: string, environment: Variables, ...words: readonly string[]) => {
    const env = { PATH: process.env['PATH'], RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder, ...environment }
    return (await execute(process.execPath, ['--input-type=module', '--eval', code, '--', ...words], { cwd: repositoryRoot, env })).stdout
  }
  const toolkit = (environment: Variables, ...words: readonly string[]) => node(script, environment, ...words)

  test('saves, restores by key and by prefix, and is refused what is there already', async () => {
    await using service = await startCacheService()
    const path = join(folder, 'weights')
    // Above 128 MiB the client uploads in blocks, below in one piece.
    const bytes = randomBytes(130 << 20)
    mkdirSync(path)
    writeFileSync(join(path, 'model.bin'), bytes)
    expect(await toolkit(service.environment, 'save', path, 'weights-1')).toContain('answer: 1\n')
    expect(calls(service).slice(-2)).toEqual(['PutBlockList 201', 'FinalizeCacheEntryUpload 200'])
    for (const keys of [['weights-1'], ['weights-2', 'weights-']]) {
      rmSync(path, { recursive: true })
      expect(await toolkit(service.environment, 'restore', path, ...keys)).toContain('answer: weights-1\n')
      expect(readFileSync(join(path, 'model.bin')).equals(bytes)).toBe(true)
    }
    expect(await toolkit(service.environment, 'restore', path, 'other')).toContain('answer: undefined\n')

    const again = await toolkit(service.environment, 'save', path, 'weights-1')
    expect(again).toContain('Unable to reserve cache with key weights-1, another job may be creating this cache')
    expect(calls(service).at(-1)).toBe('CreateCacheEntry 409')
    writeFileSync(join(path, 'model.bin'), 'small')
    const denied = await toolkit(service.environmentFor(readOnly), 'save', path, 'weights-3')
    expect(denied).toContain('::warning::Failed to save: Unable to reserve cache with key weights-3. More details: cache write denied')
    expect(await toolkit(service.environment, 'save', path, 'weights-3')).toContain('answer: 2\n')
    expect(calls(service).slice(-2)).toEqual(['PutBlob 201', 'FinalizeCacheEntryUpload 200'])
    expect(service.entries().map(({ key }) => key)).toEqual(['weights-1', 'weights-3'])
  })
  // On GitHub it hands the download to Azure's client, which asks for the length and then for ranges.
  test('brings a client of Azure along, which reads parts, and not by a link that was given for writing', async () => {
    await using service = await startCacheService()
    const code = `import { BlockBlobClient } from '@azure/storage-blob'
      import { randomBytes } from 'node:crypto'
      const call = async (name, body) => (await fetch(process.env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.CacheService/' + name, {
        method: 'POST', headers: { authorization: 'Bearer ' + process.env.ACTIONS_RUNTIME_TOKEN }, body: JSON.stringify({ key: 'parts', version: '1', ...body })
      })).json()
      const bytes = randomBytes(3_000_000)
      const { signed_upload_url } = await call('CreateCacheEntry')
      const writer = new BlockBlobClient(signed_upload_url)
      await writer.uploadData(bytes, { maxSingleShotSize: 1_000_000, blockSize: 1_000_000 })
      const finalized = await call('FinalizeCacheEntryUpload', { size_bytes: bytes.length })
      const reader = new BlockBlobClient((await call('GetCacheEntryDownloadURL')).signed_download_url)
      const part = await reader.downloadToBuffer(1_234_567, 1_000_000, { blockSize: 400_000 })
      console.log(JSON.stringify([
        finalized.ok, (await reader.getProperties()).contentLength, part.equals(bytes.subarray(1_234_567, 2_234_567)),
        await writer.getProperties().catch(({ statusCode }) => statusCode), await reader.upload('', 0).catch(({ code }) => code)
      ]))`
    expect(JSON.parse(await node(code, service.environment))).toEqual([true, 3_000_000, true, 403, 'AuthenticationFailed'])
    const ranges = service.requests().flatMap(({ call, status, range }) => (call === 'GetBlob' ? [`${status} ${range}`] : []))
    expect(ranges.sort()).toEqual(['206 bytes=1234567-1634566', '206 bytes=1634567-2034566', '206 bytes=2034567-2234566'])
  })
})

describe('the gha backend of BuildKit', () => {
  const build = async (dockerfile: string, environment: Variables, ...options: readonly string[]) => {
    const words = ['buildx', 'build', '--builder', 'default', '--progress', 'plain', '--output', 'type=cacheonly', ...options]
    const env = { ...process.env, ...environment }
    const running = execute('docker', [...words, '--file', '-', join(folder, 'context')], { env, maxBuffer: 64 << 20 })
    running.child.stdin?.end(dockerfile)
    return await running.then(
      ({ stderr }) => ({ exitCode: 0, log: stderr }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ exitCode: code, log: stderr }),
    )
  }
  beforeAll(() => mkdirSync(join(folder, 'context')))

  test('exports, imports what it exported, and uploads nothing twice', async () => {
    await using service = await startCacheService()
    const dockerfile = `FROM python:3.11-slim\nRUN echo ${randomUUID()} > /unique\n`
    const from = ['--cache-from', 'type=gha,scope=trial']
    const to = ['--cache-to', 'type=gha,scope=trial,mode=max']
    expect(await build(dockerfile, service.environment, ...to)).toMatchObject({ exitCode: 0 })
    const keys = service.entries().map(({ key }) => key)
    expect(keys.at(-1)).toMatch(/^index-trial-1-[0-9a-f]{8}#1$/)
    expect(keys.slice(0, -1).every((key) => key.startsWith('buildkit-blob-1-sha256:'))).toBe(true)
    // The layers of the base image come in blocks of 1 MiB, that of the RUN in one piece.
    expect(new Set(calls(service))).toEqual(
      new Set([...cacheCalls.map((call) => `${call} 200`), 'PutBlob 201', 'PutBlock 201', 'PutBlockList 201']),
    )

    const before = service.requests().length
    const { exitCode, log } = await build(dockerfile, service.environment, ...from, ...to)
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' })
    expect(log).toMatch(/^#(\d+) importing cache manifest from gha:\d+\n(.*\n)*?#\1 DONE/m)
    const second = service.requests().slice(before)
    expect(second.filter(({ matchedKey }) => matchedKey === keys.at(-1)).length).toBeGreaterThan(0)
    expect(second).toContainEqual(expect.objectContaining({ call: 'GetBlob', key: keys.at(-1), status: 200 }))
    expect(second.filter(({ call, key }) => call === 'CreateCacheEntry' && key?.startsWith('buildkit-blob'))).toEqual([])
  })

  test('breaks the build where the write is denied, unless told to ignore that', async () => {
    await using service = await startCacheService({ scopes: readOnly })
    const dockerfile = `FROM scratch\nCOPY . /${randomUUID()}\n`
    writeFileSync(join(folder, 'context', 'note.txt'), 'A layer.')
    const refused = await build(dockerfile, service.environment, '--cache-to', 'type=gha,scope=trial')
    expect(refused).toMatchObject({ exitCode: 1, log: expect.stringContaining('failed to reserve cache') })
    expect(await build(dockerfile, service.environment, '--cache-to', 'type=gha,scope=trial,ignore-error=true')).toMatchObject({
      exitCode: 0,
    })
  })
})

describe('the layer cache of the action', () => {
  /** The most that a service in trouble may cost. */
  const spareMs = 60_000
  let undisturbedMs = 0

  /** One run on a push to main. Past its time it is cancelled, the service mended first: an import that waits holds the whole engine. */
  const ship = async (service: CacheService, inputs: Variables = {}, environment = service.environment): Promise<Ran> => {
    const source = mkdtempSync(join(folder, 'source-'))
    writeFileSync(join(source, 'note.txt'), randomUUID())
    writeFileSync(join(source, 'Dockerfile'), 'FROM scratch\nCOPY note.txt /\n')
    using job = createJob(source)
    const images = `localhost:1/acme/cache-${randomUUID()}`
    const { child, ended } = job.start({ images, push: 'false', test: 'false', smoke: 'false', ...inputs }, environment)
    const stop = setTimeout(() => {
      service.heal()
      child.kill('SIGTERM')
    }, undisturbedMs + spareMs)
    const ran = await ended
    clearTimeout(stop)
    await job.post(ran.state)
    expect(leftovers(ran.state)).toEqual([])
    if (ran.exitCode === 0) docker('image', 'rm', ...(ran.outputs['tags'] ?? '').split('\n'))
    return ran
  }
  const annotations = ({ log }: Ran) => log.split('\n').filter((line) => /^::(notice|warning|error)/.test(line))
  const trouble = [expect.stringMatching(/^::notice::The layer cache could not be used, the build went on without: ./)]
  const green = { exitCode: 0, outputs: { result: 'passed', 'failure-code': '' } }

  beforeAll(async () => {
    await using service = await startCacheService()
    // Without a limit of its own, as it is what the others are measured by.
    undisturbedMs = spareMs
    undisturbedMs = (await ship(service, { cache: 'none' })).ms
    expect(service.requests()).toEqual([])
  })

  test('is written on a push to main, and read by the next run', async () => {
    await using service = await startCacheService()
    expect(await ship(service, { 'cache-scope': 'shop' })).toMatchObject(green)
    const keys = service.entries().map(({ key, scope }) => `${scope} ${key}`)
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.at(-1)).toMatch(/^refs\/heads\/main index-shop-1-[0-9a-f]{8}#1$/)
    const before = service.requests().length
    const next = await ship(service, { 'cache-scope': 'shop' })
    expect(next).toMatchObject(green)
    expect(annotations(next)).toEqual([])
    const read = service.requests().slice(before)
    expect(read).toContainEqual(expect.objectContaining({ call: 'GetBlob', key: service.entries()[keys.length - 1]?.key, status: 200 }))
  })

  test('is read and not written with a token that may only read', async () => {
    await using service = await startCacheService()
    const ran = await ship(service, {}, service.environmentFor(readOnly))
    expect(ran).toMatchObject(green)
    expect(annotations(ran).length).toBeLessThanOrEqual(1)
    expect(new Set(calls(service))).toEqual(new Set(['GetCacheEntryDownloadURL 200']))
  })

  const uploads = ['PutBlob', 'PutBlock', 'PutBlockList'] as const
  const bearable: readonly (readonly [string, FaultRule])[] = [
    ['writing is denied', { fault: 'denied', calls: ['CreateCacheEntry'] }],
    ['reading is denied', { fault: 'denied', calls: ['GetCacheEntryDownloadURL'] }],
    ['uploads are denied', { fault: 'denied', calls: uploads }],
    ['every call is answered with 503', { fault: 'unavailable', calls: cacheCalls }],
    ['every call is answered with garbage', { fault: 'garbage', calls: cacheCalls }],
    ['uploads are answered with garbage', { fault: 'garbage', calls: uploads }],
  ]
  test.each(bearable)('costs no run where %s, and one notice says so', async (_, rule) => {
    await using service = await startCacheService()
    service.fail(rule)
    const ran = await ship(service)
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual(trouble)
    expect(ran.ms - undisturbedMs).toBeLessThan(spareMs)
    expect(service.requests().some(({ fault }) => fault === rule.fault)).toBe(true)
  })

  test('is written in the end where 429 is answered a few times', async () => {
    await using service = await startCacheService()
    service.fail({ fault: 'too-many-requests', calls: cacheCalls, times: 3 })
    const ran = await ship(service)
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual([])
    expect(calls(service).slice(0, 4)).toEqual([...Array(3).fill('GetCacheEntryDownloadURL 429'), 'GetCacheEntryDownloadURL 200'])
    expect(service.entries().at(-1)?.key).toMatch(/^index-/)
  })

  // BuildKit reads the token before it exports, and ignore-error does not cover that.
  const claims = { ac: JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]), nbf: 1, exp: 9_999_999_999 }
  const unusable = [
    ['has expired', { ...claims, exp: 2 }],
    ['is not valid yet', { ...claims, nbf: 9_999_999_998 }],
    ['names no scopes', { ...claims, ac: undefined }],
  ] as const
  test.each(unusable)('costs no run where the token %s, and one notice says so', async (_, payload) => {
    await using service = await startCacheService()
    const parts = [{ typ: 'JWT', alg: 'RS256' }, payload, 'a signature']
    const token = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    const ran = await ship(service, {}, { ...service.environment, ACTIONS_RUNTIME_TOKEN: token })
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual([expect.stringMatching(/^::notice::The layer cache /)])
  })
})
