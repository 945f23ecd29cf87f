import { join } from 'node:path'
import type { Files } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import { baseImages } from './bases.ts'
import { instructions } from './dockerfile.ts'

const gigabyte = 1e9

/** What any build may take: a base image, packages and the layers made of them (bytes). */
export const leastRoom = 3 * gigabyte

/**
 * What is known to be large: GB on disk while it is installed or pulled, packed and unpacked together. An estimate, from
 * images and wheels as they were in 2026; one that is too low is only a warning less.
 */
const packages: readonly Readonly<{ name: string; pattern: RegExp; gigabytes: number }>[] = [
  { name: 'vllm or sglang', pattern: /^(vllm|sglang)\b/, gigabytes: 15 },
  { name: 'torch with CUDA', pattern: /^(torch|torchvision|sentence-transformers|ultralytics)\b/, gigabytes: 8 },
  { name: 'tensorflow with CUDA', pattern: /^tensorflow\[and-cuda\]/, gigabytes: 7 },
  { name: 'jax with CUDA', pattern: /^jax\[cuda/, gigabytes: 6 },
  { name: 'tensorflow', pattern: /^tensorflow(-cpu)?\b/, gigabytes: 3 },
]
const cpuTorch = { name: 'torch for CPUs', gigabytes: 2 }
const isForCpus = /download\.pytorch\.org\/whl\/cpu|\+cpu\b|explicit = true[\s\S]*whl\/cpu/

const bases: readonly Readonly<{ pattern: RegExp; gigabytes: number }>[] = [
  { pattern: /(^|\/)nvidia\/cuda:.*-devel|(^|\/)pytorch\/pytorch:.*-devel/, gigabytes: 12 },
  { pattern: /(^|\/)(tritonserver|vllm-openai|text-generation-inference|pytorch:\d\d\.\d\d-py3)\b/, gigabytes: 25 },
  {
    pattern: /(^|\/)nvidia\/cuda:.*-(cudnn|runtime)|(^|\/)pytorch\/(pytorch|torchserve):|(^|\/)tensorflow\/tensorflow:.*gpu/,
    gigabytes: 7,
  },
]

/** Room that a build may take on the engine's disk (bytes), and what of it makes that much. */
export type Room = Readonly<{ bytes: number; because: readonly string[] }>

/** What names packages: lines of requirements files, and words of the steps that install. */
function namedPackages(dockerfile: string, requirements: readonly string[]): readonly string[] {
  const steps = instructions(dockerfile).filter(
    (line) => /^RUN\b/i.test(line) && /\b(pip3?|uv)\b/.test(line) && /\b(install|add)\b/.test(line),
  )
  const words = steps.flatMap((line) => line.split(/[\s'"]+/))
  const lines = requirements.flatMap((text) => text.split(/\r?\n/).map((line) => line.trim().replace(/^["']/, '')))
  return [...words, ...lines].map((line) => line.toLowerCase())
}

/** Estimates the room that a build takes, from the Dockerfile and the requirements beside it. */
export function estimateRoom(dockerfile: string, args: Readonly<Record<string, string>>, requirements: readonly string[]): Room {
  const named = namedPackages(dockerfile, requirements)
  const cpu = isForCpus.test([dockerfile, ...requirements].join('\n'))
  const found = packages.filter(({ pattern }) => named.some((line) => pattern.test(line)))
  const largest = found.map(({ name, gigabytes }) => (cpu && name.startsWith('torch') ? cpuTorch : { name, gigabytes }))[0]
  const base = baseImages(dockerfile, args).flatMap((name) => {
    const row = bases.find(({ pattern }) => pattern.test(name))
    return row ? [{ name, gigabytes: row.gigabytes }] : []
  })
  // Each brings its own CUDA: what is installed into such a base comes on top of it.
  const heavy = [...new Map([...base, ...(largest ? [largest] : [])].map((row) => [row.name, row])).values()]
  return {
    bytes: leastRoom + heavy.reduce((sum, { gigabytes }) => sum + gigabytes * gigabyte, 0),
    because: heavy.map(({ name }) => name),
  }
}

/** As `estimateRoom`, with what is in the build context; what is only for tests does not count. */
export function roomFor(files: Pick<Files, 'list' | 'readUntrusted'>, { context, dockerfile, args }: BuildInputs): Room {
  const names = files.list(context).filter((name) => /^(requirements[\w.-]*\.txt|pyproject\.toml)$/.test(name) && !/dev|test/.test(name))
  return estimateRoom(
    dockerfile,
    args,
    names.flatMap((name) => files.readUntrusted(join(context, name)) ?? []),
  )
}

/** More than this would push what else a repository keeps out of GitHub's cache, which holds 10 GB (bytes). */
const largeForService = 5 * gigabyte

/** What makes the layers of a build too large for GitHub's cache to hold those of every stage; undefined where nothing does. */
export function largeLayers(files: Pick<Files, 'list' | 'readUntrusted'>, build: BuildInputs): string | undefined {
  const { bytes, because } = roomFor(files, build)
  return bytes - leastRoom > largeForService ? because.join(' and ') : undefined
}
