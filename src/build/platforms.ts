import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { parseBuilder } from './builder.ts'

/** What `docker info` calls an architecture, and what a platform does. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  i386: '386',
  i686: '386',
  aarch64: 'arm64',
  armv7l: 'arm/v7',
  armv6l: 'arm/v6',
}

/** Run by the same processors. */
const kin: Readonly<Record<string, readonly string[]>> = { amd64: ['386'] }

/** The platform of an engine's own machine. */
export function nativePlatform(architecture: string): string {
  return `linux/${architectures[architecture] ?? architecture}`
}

/** `linux/amd64` and its like as buildx writes them: other names of an architecture, and variants that say nothing. */
export function normalPlatform(text: string): string {
  const [os = '', architecture = '', variant] = text.toLowerCase().split('/')
  const known = { ...architectures, 'x86-64': 'amd64', armhf: 'arm/v7', armel: 'arm/v6' }[architecture] ?? architecture
  if (known === 'arm' && variant === undefined) return `${os}/arm/v7`
  const plain = (known === 'arm64' && variant === 'v8') || (known === 'amd64' && variant === 'v1')
  return [os, known, ...(variant === undefined || plain || known.includes('/') ? [] : [variant])].join('/')
}

/** Of `platforms` those that the engine cannot run: neither its own kind nor emulated. `runs` is what its builder says it runs. */
export function foreignPlatforms(platforms: readonly string[], architecture: string, runs: readonly string[]): readonly string[] {
  const native = nativePlatform(architecture)
  const near = (kin[native.slice('linux/'.length)] ?? []).map((name) => `linux/${name}`)
  const known = new Set([native, ...near, ...runs.map(normalPlatform)])
  // A machine for arm/v7 runs arm/v6; amd64/v2 may be wanted of any amd64.
  return platforms.filter((platform) => !known.has(platform) && !known.has(platform.replace(/^(linux\/amd64)\/.*$/, '$1')))
}

/** The same, of this engine; asked only where a platform is not its own kind. */
export async function findForeign(
  host: Host,
  platforms: readonly string[],
  engine: Readonly<{ architecture: string }>,
  own: string,
  env: Environment,
): Promise<readonly string[]> {
  if (foreignPlatforms(platforms, engine.architecture, []).length === 0) return []
  const { stdout } = await host.capture({ argv: ['docker', 'buildx', 'inspect', own], env })
  const runs = parseBuilder(stdout)?.nodes.flatMap((node) => node.platforms) ?? []
  return foreignPlatforms(platforms, engine.architecture, runs)
}

/** @throws ActionError platform-untested */
export function refuseUntested(foreign: readonly string[], native: string): void {
  if (foreign.length === 0) return
  throw new ActionError(
    'platform-untested',
    `This engine (${native}) cannot run ${foreign.join(', ')}: the image would not be tested there.`,
  )
}
