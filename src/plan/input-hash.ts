import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { type Inputs, placeText } from '../inputs/inputs.ts'
import { ignoreText } from '../inputs/leak-ignore.ts'
import { ruleIds } from '../inspect/leaks/rules.ts'
import type { Event } from './event.ts'

/** What decides an image and its gates, and how each is called where it was another. */
export const partTexts = {
  commit: 'another commit',
  dockerfile: 'another Dockerfile',
  'build-args': 'other build-args',
  target: 'another target',
  folders: 'other folders (working-directory, context, file, build-contexts)',
  build: 'other options of the build',
  labels: 'other labels or annotations',
  test: 'other inputs of the tests',
  smoke: 'other inputs of the smoke test',
  metrics: 'another metrics-file or require',
  leaks: 'another leak-check or leak-ignore',
  size: 'another max-image-size or max-size-increase',
  advice: 'another advice',
  accept: 'another accept',
  attest: 'another attest',
} as const

export type InputPart = keyof typeof partTexts

/** A sha256 (hex) for each part. */
export type InputParts = Readonly<Record<InputPart, string>>

/** Text of each part in the label: enough of its hash to tell two apart. The whole hash decides. */
const shown = 16

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0)

/** A value as JSON has it, whatever the order in which its keys and members were written; patterns with their flags. */
function canonical(value: unknown): unknown {
  if (value instanceof RegExp || (typeof value === 'number' && !Number.isFinite(value)) || typeof value === 'bigint') return String(value)
  if (value instanceof Set) return [...value].map(canonical).sort()
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(byKey)
    .map(([key, member]) => [key, canonical(member)])
}

/** Values of variables may be secret: their names must do, and the workflow that gives them. */
function namesOf(env: Readonly<Record<string, string>>, { run }: Event): unknown {
  const names = Object.keys(env).sort()
  return names.length === 0 ? [] : [names, run?.workflow]
}

function buildOf({ options }: Inputs['build']): unknown {
  const { platforms, allow, secrets, ssh } = options
  return {
    ...options,
    // setup-buildx calls each builder it makes another name; the others are about the machine.
    ...{ builder: undefined, timeoutMs: undefined, imageStore: undefined, freeDisk: undefined, contexts: undefined },
    platforms: platforms.toSorted(),
    allow: allow.toSorted(),
    secrets: secrets.map(({ id }) => id).sort(),
    ssh: ssh.map((entry) => entry.split('=')[0]).sort(),
  }
}

/** What a run is asked, by parts; nothing in it depends on the machine, or on where the workspace lies. */
export function inputParts(inputs: Inputs, event: Event): InputParts {
  const { build, test, smoke, quality, workspace, workingDirectory } = inputs
  const inside = (path: string) => (path.startsWith('/') ? relative(workspace, path) : path)
  const asked: Readonly<Record<InputPart, unknown>> = {
    commit: event.sha,
    dockerfile: build.dockerfile,
    'build-args': build.args,
    target: build.target ?? '',
    folders: {
      ...{ project: inside(workingDirectory), context: inside(build.context), file: inside(build.file) },
      contexts: Object.fromEntries(Object.entries(build.options.contexts).map(([name, source]) => [name, inside(source)])),
    },
    build: buildOf(build),
    labels: [inputs.labels, inputs.annotations],
    test: test.run && { ...test, env: namesOf(test.env, event) },
    smoke: smoke.run && {
      ...smoke,
      record: undefined,
      env: namesOf(smoke.env, event),
      compose: smoke.compose && { ...smoke.compose, files: smoke.compose.files.map(inside) },
    },
    metrics: quality.file ? [placeText(quality.file), quality.requirements.map(({ text }) => text)] : [],
    // Rules that are new have not looked at an image of before.
    leaks: inputs.leaks.check && [ruleIds, inputs.leaks.ignore.map(ignoreText).sort()],
    size: [inputs.size.most?.bytes, { ...inputs.size.increase, text: undefined }],
    // What only warns decides nothing.
    advice: inputs.advice === 'error',
    accept: inputs.accept,
    attest: inputs.attest,
  }
  const hash = (part: InputPart) => sha256(JSON.stringify(canonical(asked[part])))
  return Object.fromEntries((Object.keys(partTexts) as InputPart[]).map((part) => [part, hash(part)])) as Record<InputPart, string>
}

/**
 * sha256 (hex) over what decides what is built and what is gated: the commit, the Dockerfile, build and gate inputs;
 * generated labels, tags, logins and caches are left out. Two runs with the same hash ask the same of the same code.
 */
export function inputHash(parts: InputParts): string {
  return sha256(JSON.stringify({ version: 2, ...parts }))
}

/** The parts in one line, for a label: `commit=5f16d0f4f7a6c1b2 dockerfile=...`. */
export function partsText(parts: InputParts): string {
  return Object.entries(parts)
    .map(([part, hash]) => `${part}=${hash.slice(0, shown)}`)
    .join(' ')
}

/** What was another where two such lines differ, in words; empty where they do not, or one is missing. */
export function differences(theirs: string | undefined, ours: string | undefined): readonly string[] {
  if (theirs === undefined || ours === undefined) return []
  const said = new Set(theirs.split(' '))
  return ours.split(' ').flatMap((entry) => {
    const [part = ''] = entry.split('=')
    return said.has(entry) || !Object.hasOwn(partTexts, part) ? [] : [partTexts[part as InputPart]]
  })
}
