import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { configOf } from '../../src/build/image.ts'
import type { Host } from '../../src/host/host.ts'
import { terminalHost } from '../../src/host/terminal.ts'
import type { Outcome } from '../../src/outcome.ts'
import { smokeTest } from '../../src/smoke/smoke.ts'
import type { SmokeReport } from '../../src/smoke/smoke-report.ts'
import { createImage, createInputs } from '../builders.ts'
import { docker, fixture } from './action.ts'
import { type Broken, brokenServices } from './broken-cases.ts'

const base = 'ml-image-broken-base'
const root = mkdtempSync(join(tmpdir(), 'ml-image-broken-'))
const run = promisify(execFile)
const tags: string[] = []

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

async function build(name: string, dockerfile: readonly string[], folder: string): Promise<string> {
  const tag = `ml-image-broken:${name}`
  tags.push(tag)
  write(folder, { Dockerfile: `${[`FROM ${base}`, ...dockerfile].join('\n')}\n` })
  await run('docker', ['build', '--quiet', '--provenance=false', '--tag', tag, folder])
  return tag
}

/** All that need no Dockerfile of their own, each in a folder of its number. */
async function buildShared(): Promise<void> {
  for (const [index, { dockerfile, files = {} }] of brokenServices.entries()) {
    if (dockerfile === undefined) write(join(root, 'shared', String(index)), files)
  }
  await build('shared', ['COPY . .'], join(root, 'shared'))
}

/** The image of one, and what `docker run` must be told to start it. */
async function imageOf({ dockerfile, files = {} }: Broken, index: number): Promise<Readonly<{ tag: string; args: readonly string[] }>> {
  if (dockerfile === undefined) return { tag: 'ml-image-broken:shared', args: ['--workdir', `/app/${index}`] }
  const folder = join(root, String(index))
  write(folder, files)
  return { tag: await build(String(index), dockerfile, folder), args: [] }
}

type Smoked = Readonly<{ outcome: Outcome<SmokeReport>; sinceDeathMs?: number; ms: number; evidence: string }>

/** A real smoke test of an image, and how long after the container's end it told. */
async function smokeBroken(broken: Broken, index: number): Promise<Smoked> {
  const { tag, args } = await imageOf(broken, index)
  const [inspected] = JSON.parse((await run('docker', ['image', 'inspect', tag])).stdout) as readonly [
    { readonly Id: string } & Parameters<typeof configOf>[0],
  ]
  const real = terminalHost(process.env)
  let finished: number | undefined
  const host: Host = {
    ...real,
    capture: async (command) => {
      const captured = await real.capture(command)
      const [, at] = /"FinishedAt": "(2\d[^"]+)"/.exec(captured.stdout) ?? []
      if (at !== undefined && /"Running": false/.test(captured.stdout)) finished = Date.parse(at)
      return captured
    },
  }
  const image = { ...createImage(), runnables: [{ id: inspected.Id }], untested: [], config: configOf(inspected) }
  const smoke = createInputs({ smoke: { startTimeoutMs: 30_000, ...broken.smoke, args: [...args, ...(broken.smoke?.args ?? [])] } }).smoke
  const began = Date.now()
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const { outcome, removal } = await smokeTest(host, image, smoke, env, { line: () => {}, close: () => {} }, new AbortController().signal)
  const now = Date.now()
  await removal
  return {
    outcome,
    ms: now - began,
    ...(finished === undefined ? {} : { sinceDeathMs: now - finished }),
    evidence: outcome.kind === 'failed' ? outcome.red.evidence.join('\n') : '',
  }
}

const results = new Map<Broken, Smoked>()
const resultOf = (broken: Broken): Smoked => {
  const result = results.get(broken)
  if (!result) throw new Error(`${broken.name} was not run`)
  return result
}

beforeAll(async () => {
  docker('build', '--quiet', '--provenance=false', '--tag', base, fixture('broken'))
  await buildShared()
  const waiting = [...brokenServices.entries()]
  // Four at once: most of the time is theirs, waiting for what does not come.
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.set(next[1], await smokeBroken(next[1], next[0]))
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}, 600_000)
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  docker('rmi', '--force', ...tags, base)
})

test('there are at least thirty of them, and most are as broken as they say', () => {
  expect(brokenServices.length).toBeGreaterThanOrEqual(30)
  expect(brokenServices.filter(({ played }) => !played).length).toBeGreaterThanOrEqual(30)
})

describe('a broken service is red, and told what it is', () => {
  test.each(brokenServices.map((broken) => [broken.code, broken.name, broken] as const))('%s: %s', (code, _, broken) => {
    const { outcome, evidence } = resultOf(broken)
    expect(outcome).toMatchObject({ kind: 'failed', red: { code } })
    if (outcome.kind !== 'failed') return
    expect(outcome.red.message).toMatch(broken.says)
    expect(outcome.red.evidence[0]).toMatch(broken.proof)
    expect(evidence).toMatch(broken.fix)
  })
})

test('one that dies is told within two seconds of its death, with nothing beside it', async () => {
  const dying = brokenServices.findIndex(({ code, dockerfile }) => code === 'import-error' && dockerfile === undefined)
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const { sinceDeathMs = Number.NaN } = await smokeBroken(brokenServices[dying] as Broken, dying)
    times.push(sinceDeathMs)
  }
  expect(times.filter((ms) => !(ms < 2_000))).toEqual([])
})

test('no container is left', () => {
  expect(docker('ps', '--all', '--quiet', '--filter', `ancestor=${base}`)).toBe('')
})
