import { join } from 'node:path'
import { baseOf, dockerfileStages, findStage } from '../build/dockerfile.ts'
import type { Environment, Host } from '../host/host.ts'
import type { BuildInputs } from '../inputs/inputs.ts'
import { readPyproject } from './pyproject.ts'

/** A Python version to test with, `3.11`, and who asked for it. */
export type WantedPython = Readonly<{ version: string; from: string }>

/** The Python of an official base image, `3.11`, that the stage which ships comes from; undefined for other bases. */
export function shippedPython(dockerfile: string, target?: string): string | undefined {
  const stages = dockerfileStages(dockerfile)
  const ships = findStage(stages, target)
  return ships && /^(?:\S+\/)?python:(\d+\.\d+)/.exec(baseOf(stages, ships))?.[1]
}

/** The one minor version that a specifier allows, `3.11`; undefined when it allows several. */
function onlyMinor(specifier: string): string | undefined {
  const clean = specifier.replace(/\s/g, '')
  const [, exact] = /^(?:==|~=)(\d+\.\d+)\.(?:\*|\d+)$/.exec(clean) ?? []
  const [, low, high] = /^>=3\.(\d+)(?:\.\d+)?,<3\.(\d+)(?:\.0)?$/.exec(clean) ?? []
  return exact ?? (low !== undefined && Number(low) + 1 === Number(high) ? `3.${low}` : undefined)
}

/** Which Python the tests want: the input, `.python-version`, a pyproject.toml that allows one only, the Dockerfile's. */
export function wantedPython(
  host: Pick<Host, 'files'>,
  folder: string,
  given: string | undefined,
  build: Pick<BuildInputs, 'dockerfile' | 'target'>,
): WantedPython | undefined {
  if (given !== undefined) return { version: given, from: 'python-version' }
  const [pinned] = /^\s*(\d+\.\d+(?:\.\d+)?)\s*$/m.exec(host.files.readText(join(folder, '.python-version')) ?? '') ?? []
  if (pinned) return { version: pinned.trim(), from: '.python-version' }
  const required = readPyproject(host.files.readText(join(folder, 'pyproject.toml')) ?? '')?.requiresPython
  const only = required === undefined ? undefined : onlyMinor(required)
  if (only) return { version: only, from: 'pyproject.toml' }
  const shipped = shippedPython(build.dockerfile, build.target)
  return shipped ? { version: shipped, from: 'the Dockerfile' } : undefined
}

const minorOf = (version: string) => version.split('.').slice(0, 2).join('.')

type Known = Readonly<{ version: string; python: string }>

/** Its version, and what it really is: a shim (pyenv's, asdf's) takes its time whenever it is called. */
async function askPython(host: Host, python: string, env: Environment): Promise<Known | undefined> {
  const question = 'import sys; print(sys.version.split()[0]); print(sys.executable)'
  const asked = await host.capture({ argv: [python, '-c', question], env }).catch(() => undefined)
  if (asked?.exitCode !== 0) return undefined
  const [version = '', executable = ''] = asked.stdout.trim().split('\n')
  return { version, python: executable.startsWith('/') ? executable : python }
}

/** Whether a version is the wanted one, or of the wanted minor. */
export const matches = (version: string | undefined, wanted: string) =>
  version !== undefined && (version === wanted || version.startsWith(`${wanted}.`))

/** The newest Python of a version in the runner's tool cache (actions/setup-python puts them there). */
function inToolCache(host: Host, wanted: string): string | undefined {
  const root = join(host.env['RUNNER_TOOL_CACHE'] ?? host.env['AGENT_TOOLSDIRECTORY'] ?? '/nonexistent', 'Python')
  const found = host.files
    .list(root)
    .filter((version) => matches(version, wanted))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1)
  const bins = host.files.list(join(root, found ?? '')).map((architecture) => join(root, found ?? '', architecture, 'bin', 'python3'))
  return found ? bins.find((path) => host.files.kind(path) === 'file') : undefined
}

/** A Python to make the environment with: a path or command, or a version that uv is to fetch. */
export type FoundPython = Readonly<{ python: string; version?: string; managed: boolean }>

/** Looks where setup-python puts them, then on PATH, then leaves it to uv, if that is there. Without a wish: what `python3` is. */
export async function findPython(
  host: Host,
  wanted: WantedPython | undefined,
  uv: Promise<string | undefined>,
  env: Environment,
): Promise<FoundPython> {
  const plain = await askPython(host, 'python3', env)
  const fallback: FoundPython = { python: 'python3', ...plain, managed: false }
  if (!wanted || matches(plain?.version, wanted.version)) return fallback
  const cached = inToolCache(host, wanted.version)
  if (cached) return { python: cached, version: wanted.version, managed: false }
  const named = `python${minorOf(wanted.version)}`
  const onPath = await askPython(host, named, env)
  if (onPath && matches(onPath.version, wanted.version)) return { ...onPath, managed: false }
  return (await uv) !== undefined ? { python: wanted.version, version: wanted.version, managed: true } : fallback
}

/** The warning by name when tests run on another Python than the image ships; undefined when they agree or nothing is known. */
export function mismatchWarning(tested: string | undefined, build: Pick<BuildInputs, 'dockerfile' | 'target'>): string | undefined {
  const shipped = shippedPython(build.dockerfile, build.target)
  if (!tested || !shipped || minorOf(tested) === shipped) return undefined
  return `python-mismatch: the tests run on Python ${tested}, the image ships ${shipped}. Set python-version: "${shipped}", or test-in: image.`
}
