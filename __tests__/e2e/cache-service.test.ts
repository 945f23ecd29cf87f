import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startRegistry } from '../../script/registry.ts'
import { cacheCalls, type Fault, type FaultRule } from '../doubles/cache-faults.ts'
import { type CacheService, startCacheService } from '../doubles/cache-service.ts'
import { createJob, leftovers, pushToMain, type Ran, repositoryRoot } from './action.ts'
import { type OwnEngine, startOwnEngine } from './own-engine.ts'

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
  // A lookup that hangs holds every build of its engine: none but these may be held.
  let engine: OwnEngine
  afterAll(async () => await engine[Symbol.asyncDispose]())

  const wipe = () => {
    const images = engine.docker('images', '--quiet').split('\n').filter(Boolean)
    if (images.length > 0) engine.docker('rmi', '--force', ...new Set(images))
    engine.docker('buildx', 'prune', '--all', '--force')
  }
  const dockerfile =
    'FROM scratch AS files\nCOPY note.txt /\nFROM scratch\nCOPY --from=files note.txt /note.txt\nCOPY note.txt /again.txt\n'
  const createSource = (note: string = randomUUID()) => {
    const source = mkdtempSync(join(folder, 'source-'))
    writeFileSync(join(source, 'note.txt'), note)
    writeFileSync(join(source, 'Dockerfile'), dockerfile)
    return source
  }
  type Ship = Readonly<{ inputs?: Variables; environment?: Variables; source?: string; payload?: unknown; more?: Variables }>

  /** One run, on a push to main unless said otherwise. Past its time the service is mended and the run cancelled. */
  const ship = async (
    service: CacheService,
    { inputs, environment = service.environment, source = createSource(), payload, more }: Ship = {},
  ) => {
    using job = createJob(source, payload, { DOCKER_HOST: engine.host, ...more })
    const { child, ended } = job.start(
      { images: 'localhost:1/acme/model', push: 'false', test: 'false', smoke: 'false', ...inputs },
      environment,
    )
    const stop = setTimeout(() => {
      service.heal()
      child.kill('SIGTERM')
    }, undisturbedMs + spareMs)
    const ran = await ended
    clearTimeout(stop)
    await job.post(ran.state)
    expect(leftovers(ran.state, ['--host', engine.host])).toEqual([])
    return ran
  }
  const annotations = ({ log }: Ran) => log.split('\n').filter((line) => /^::(notice|warning|error)/.test(line))
  const trouble = [expect.stringMatching(/^::notice::The layer cache could not be used, the build went on without: ./)]
  const green = { exitCode: 0, outputs: { result: 'passed', 'failure-code': '' } }
  const hits = ({ outputs }: Ran) => JSON.parse(outputs['cache-hits'] ?? '{}') as unknown
  const written = ['CreateCacheEntry', 'PutBlob', 'PutBlock', 'PutBlockList', 'FinalizeCacheEntryUpload']

  beforeAll(async () => {
    engine = await startOwnEngine()
    await using service = await startCacheService()
    // Without a limit of its own, as it is what the others are measured by.
    undisturbedMs = spareMs
    undisturbedMs = (await ship(service, { inputs: { cache: 'none' } })).ms
    expect(service.requests()).toEqual([])
  })

  test('is written on a push to main, read after pruning, and not written again when nothing is new', async () => {
    await using service = await startCacheService()
    const source = createSource()
    wipe()
    const first = await ship(service, { inputs: { 'cache-scope': 'shop' }, source })
    expect(first).toMatchObject(green)
    expect(hits(first)).toEqual({ hit: 0, total: 3 })
    const keys = service.entries().map(({ key, scope }) => `${scope} ${key}`)
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.at(-1)).toMatch(/^refs\/heads\/main index-shop-1-[0-9a-f]{8}#1$/)

    wipe()
    const before = service.requests().length
    const next = await ship(service, { inputs: { 'cache-scope': 'shop' }, source })
    expect(next).toMatchObject(green)
    expect(annotations(next)).toEqual([])
    expect(hits(next)).toEqual({ hit: 3, total: 3 })
    expect(next.outputs['digest']).toBe(first.outputs['digest'])
    expect(next.log).toMatch(/^Layer cache: 3 of 3 steps cached, looked up in [\d.]+ m?s, .* read/m)
    const read = service.requests().slice(before)
    expect(read).toContainEqual(expect.objectContaining({ call: 'GetBlob', key: service.entries()[keys.length - 1]?.key, status: 200 }))
    expect(read.filter(({ call }) => written.includes(call))).toEqual([])
  })

  test('of two images in one repository is one for each', async () => {
    await using service = await startCacheService()
    const sources = [createSource(), createSource()]
    const images = ['localhost:1/acme/one', 'localhost:1/acme/two']
    const both = async () => {
      wipe()
      const counts: unknown[] = []
      for (const [index, source] of sources.entries())
        counts.push(hits(await ship(service, { inputs: { images: images[index] ?? '' }, source })))
      return counts
    }
    expect(await both()).toEqual([
      { hit: 0, total: 3 },
      { hit: 0, total: 3 },
    ])
    expect(await both()).toEqual([
      { hit: 3, total: 3 },
      { hit: 3, total: 3 },
    ])
    const scopes = service.entries().flatMap(({ key }) => /^index-(\w+)-[0-9a-f]{12}-/.exec(key)?.[1] ?? [])
    expect(scopes).toEqual(['one', 'two'])
  })

  test('is read on a tag, from the scope of the default branch alone, and not written', async () => {
    await using service = await startCacheService()
    const source = createSource()
    await ship(service, { source })
    wipe()
    const before = service.requests().length
    const environment = service.environmentFor([
      { Scope: 'refs/tags/v1', Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
    ])
    const payload = { ...pushToMain, ref: 'refs/tags/v1' }
    const ran = await ship(service, { source, environment, payload, more: { GITHUB_REF: 'refs/tags/v1' } })
    expect(ran).toMatchObject(green)
    expect(hits(ran)).toEqual({ hit: 3, total: 3 })
    const asked = service.requests().slice(before)
    expect(new Set(asked.flatMap(({ key }) => (key?.startsWith('index-') ? [key.replace(/#.*/, '')] : []))).size).toBe(1)
    expect(asked.filter(({ call }) => written.includes(call))).toEqual([])
  })

  test('is read and not written with a token that may only read', async () => {
    await using service = await startCacheService()
    const ran = await ship(service, { environment: service.environmentFor(readOnly) })
    expect(ran).toMatchObject(green)
    expect(annotations(ran).length).toBeLessThanOrEqual(1)
    expect(new Set(calls(service))).toEqual(new Set(['GetCacheEntryDownloadURL 200']))
  })

  test('is written by a job that may only write, and read by others', async () => {
    await using service = await startCacheService()
    const environment = { ...service.environmentFor([{ Scope: 'refs/heads/main', Permission: 2 }]), ACTIONS_CACHE_MODE: 'write-only' }
    const [old, source] = [createSource(), createSource()]
    for (const one of [old, source]) {
      const ran = await ship(service, { source: one, environment })
      expect(ran).toMatchObject(green)
      expect(annotations(ran)).toEqual([])
      expect(ran.log).toContain('written only')
    }
    expect(calls(service)).not.toContain('GetCacheEntryDownloadURL 403')
    wipe()
    expect(hits(await ship(service, { source }))).toEqual({ hit: 3, total: 3 })
  })

  const uploads = ['PutBlob', 'PutBlock', 'PutBlockList'] as const
  const rule = (fault: Fault, calls: FaultRule['calls']): FaultRule => ({ fault, calls })
  const bearable: readonly (readonly [string, FaultRule])[] = [
    ['writing is denied', rule('denied', ['CreateCacheEntry'])],
    ['reading is denied', rule('denied', ['GetCacheEntryDownloadURL'])],
    ['uploads are denied', rule('denied', uploads)],
    ['every call is answered with 429', rule('too-many-requests', cacheCalls)],
    ['uploads are answered with 429', rule('too-many-requests', uploads)],
    ['every call is answered with 503', rule('unavailable', cacheCalls)],
    ['uploads are answered with 503', rule('unavailable', uploads)],
    ['every call is answered with garbage', rule('garbage', cacheCalls)],
    ['uploads are answered with garbage', rule('garbage', uploads)],
    ['no call is answered', rule('hang', cacheCalls)],
    ['no upload is answered', rule('hang', uploads)],
    ['the last call is not answered', rule('hang', ['FinalizeCacheEntryUpload'])],
  ]
  test.each(bearable)('costs no run where %s, and one notice says so', async (_, fault) => {
    await using service = await startCacheService()
    service.fail(fault)
    const ran = await ship(service)
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual(trouble)
    expect(ran.ms - undisturbedMs).toBeLessThan(spareMs)
    expect(service.requests().some((request) => request.fault === fault.fault)).toBe(true)
  })

  /** A layer of several blocks, as those of a real service are. */
  const createLarge = () => createSource(randomBytes(6 << 20).toString('base64'))
  test('has layers of many blocks whole', async () => {
    await using service = await startCacheService()
    const source = createLarge()
    wipe()
    const first = await ship(service, { source })
    expect(service.requests().filter(({ call }) => call === 'PutBlock').length).toBeGreaterThan(5)
    wipe()
    const next = await ship(service, { source })
    expect(hits(next)).toEqual({ hit: 3, total: 3 })
    expect(annotations(next)).toEqual([])
    expect(next.outputs['digest']).toBe(first.outputs['digest'])
  })
  test.each<Fault>(['denied', 'unavailable', 'hang'])('costs no run where a layer breaks off in its middle (%s)', async (fault) => {
    await using service = await startCacheService()
    service.fail({ fault, calls: ['PutBlock'], after: 3 })
    const ran = await ship(service, { source: createLarge() })
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual(trouble)
    expect(ran.ms - undisturbedMs).toBeLessThan(spareMs)
    // A layer without a block is never ended.
    const layer = service.requests().filter(({ call }) => call === 'PutBlock' || call === 'PutBlockList')
    expect(layer.some((request) => request.fault === fault)).toBe(true)
    expect(layer.filter(({ call }) => call === 'PutBlockList')).toEqual([])
  })

  // The index promises layers that are not to be had: BuildKit finds out when it needs them, and breaks off.
  const faults: readonly Fault[] = ['denied', 'too-many-requests', 'unavailable', 'garbage', 'hang']
  test.each(faults)('costs no run where what is in it cannot be read (%s), and one notice says so', async (fault) => {
    await using service = await startCacheService()
    const source = createSource()
    wipe()
    await ship(service, { source })
    wipe()
    service.fail({ fault, calls: ['GetBlob'], after: 1 })
    const ran = await ship(service, { source })
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual(trouble)
    expect(ran.log).toContain('building again without it')
    expect(ran.ms - undisturbedMs).toBeLessThan(spareMs)
  })

  test('is written in the end where 429 is answered a few times', async () => {
    await using service = await startCacheService()
    service.fail({ fault: 'too-many-requests', calls: cacheCalls, times: 2, retryAfterSeconds: 1 })
    const ran = await ship(service)
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual([])
    expect(calls(service).slice(0, 3)).toEqual([...Array(2).fill('GetCacheEntryDownloadURL 429'), 'GetCacheEntryDownloadURL 200'])
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
    const ran = await ship(service, { environment: { ...service.environment, ACTIONS_RUNTIME_TOKEN: token } })
    expect(ran).toMatchObject(green)
    expect(annotations(ran)).toEqual([expect.stringMatching(/^::notice::The layer cache /)])
  })

  test('is kept in a registry that wants a password, and leaves the tags of the image alone', async () => {
    await using service = await startCacheService()
    await using registry = await startRegistry()
    const source = createSource()
    const login = { username: registry.username, password: registry.password }
    const inputs = { ...login, images: `${registry.host}/acme/model`, 'cache-image': `${registry.host}/acme/cache:main` }
    wipe()
    const first = await ship(service, { inputs, environment: {}, source })
    expect(first).toMatchObject(green)
    expect(annotations(first)).toEqual([])
    expect(first.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(registry.password)
    const puts = registry.accessLog().filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/'))
    expect(puts.map(({ path, status }) => `${path} ${status}`)).toEqual(['/v2/acme/cache/manifests/main 201'])
    wipe()
    const next = await ship(service, { inputs, environment: {}, source })
    expect(hits(next)).toEqual({ hit: 3, total: 3 })
    expect(next.log).toMatch(/registry, \S+\/acme\/cache:main, read and written/)

    const own = await ship(service, { inputs: { ...inputs, 'cache-image': `${registry.host}/acme/model:latest` }, environment: {}, source })
    expect(own).toMatchObject({ exitCode: 2, log: expect.stringContaining('is a tag of the image itself') })
    const gone = await ship(service, { inputs: { ...inputs, 'cache-image': 'localhost:1/acme/cache' }, environment: {}, source })
    expect(gone).toMatchObject(green)
    expect(annotations(gone)).toEqual([
      expect.stringMatching(/^::notice::The layer cache could not be used, the build goes on without: localhost:1/),
    ])
  })

  test('is kept in a folder, by the cache service where there is one', async () => {
    await using service = await startCacheService()
    const source = createSource()
    const inputs = { cache: 'local', 'cache-scope': 'shop' }
    const home = () => ({ XDG_CACHE_HOME: mkdtempSync(join(folder, 'home-')) })
    const alone = home()
    wipe()
    expect(await ship(service, { inputs, environment: alone, source })).toMatchObject(green)
    wipe()
    expect(hits(await ship(service, { inputs, environment: alone, source }))).toEqual({ hit: 3, total: 3 })
    expect(service.requests()).toEqual([])

    // The folder is named by its path in the cache service, so it must be the same on the next machine.
    const shared = home()
    await ship(service, { inputs, environment: { ...service.environment, ...shared }, source })
    expect(service.entries().map(({ key }) => key)).toEqual([expect.stringMatching(/^ml-image-layers-shop-[0-9a-f]{32}$/)])
    rmSync(join(shared.XDG_CACHE_HOME, 'ml-image-action'), { recursive: true })
    wipe()
    const restored = await ship(service, { inputs, environment: { ...service.environment, ...shared }, source })
    expect(hits(restored)).toEqual({ hit: 3, total: 3 })
    expect(service.entries()).toHaveLength(1)
  })

  test('is what cache-from and cache-to say', async () => {
    await using service = await startCacheService()
    const source = createSource()
    const inputs = { 'cache-from': 'type=gha,scope=mine', 'cache-to': 'type=gha,scope=mine,mode=max' }
    wipe()
    await ship(service, { inputs, source })
    expect(service.entries().at(-1)?.key).toMatch(/^index-mine-/)
    wipe()
    expect(hits(await ship(service, { inputs, source }))).toEqual({ hit: 3, total: 3 })
    service.fail({ fault: 'denied', calls: ['CreateCacheEntry'] })
    const refused = await ship(service, { inputs })
    expect(refused).toMatchObject(green)
    expect(annotations(refused)).toEqual(trouble)
  })
})
