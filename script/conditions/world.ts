import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeHost } from '../../__tests__/fake-host.ts'
import { type Layout, readLayout } from '../../src/build/layout.ts'
import type { Host } from '../../src/host/host.ts'
import { machine } from '../../src/host/machine.ts'

/** An image of three layers in the engine, and as files. */
export interface TestImage extends Disposable {
  readonly localName: string
  readonly digest: string
  readonly layout: Layout
}

const docker = (...args: readonly string[]) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** @param bytes of the largest layer, which cannot be compressed */
export function buildTestImage(name: string, bytes = 3 << 20): TestImage {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-weather-'))
  for (const [index, size] of [bytes, bytes >> 4, 5_000].entries()) writeFileSync(join(folder, `weights${index}`), randomBytes(size))
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY weights0 /\nCOPY weights1 /\nCOPY weights2 /\n')
  docker('build', '--quiet', '--provenance=false', '--tag', name, folder)
  const digest = docker('image', 'inspect', '--format', '{{.Id}}', name)
  execFileSync('sh', ['-c', 'docker save "$0" | tar x -C "$1"', name, folder])
  const { files } = machine(tmpdir())
  return {
    localName: name,
    digest,
    layout: readLayout(files, folder, digest),
    [Symbol.dispose]: () => {
      docker('image', 'rm', '--force', name)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * This machine with a clock that runs `speed` times as fast: what waits, waits shorter; connections, processes and files
 * are real. Nothing is printed; `lines` has what would be.
 */
export function fastHost(speed: number): Host & Readonly<{ lines: readonly string[] }> {
  const real = machine(tmpdir())
  const began = performance.now()
  const start = Date.now()
  const fake = createFakeHost()
  return {
    ...fake,
    ...real,
    now: () => start + (performance.now() - began) * speed,
    sleep: (ms, signal) => real.sleep(ms / speed, signal),
    request: (asked) => real.request({ ...asked, timeoutMs: Math.ceil(asked.timeoutMs / speed) }),
    relay: (rules) =>
      real.relay({
        ...rules,
        route: async (request) => {
          const step = await rules.route(request)
          return step.kind === 'forward' && step.idleMs !== undefined ? { ...step, idleMs: Math.ceil(step.idleMs / speed) } : step
        },
      }),
  }
}
