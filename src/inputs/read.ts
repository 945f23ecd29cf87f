import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Host } from '../host/host.ts'
import type { Event } from '../plan/event.ts'
import { type ImageName, normaliseRegistry, parseImageName } from '../plan/image-name.ts'
import { parseTagRule } from '../plan/tags.ts'
import { declaredInputs, foreignInputs, type InputName } from './declared.ts'
import type { Inputs, Problem } from './inputs.ts'
import { nearest } from './nearest.ts'
import {
  type Expectation,
  Invalid,
  oneOf,
  parseBoolean,
  parseDuration,
  parseExpectation,
  parseItems,
  parseJson,
  parseLines,
  parsePath,
  parsePort,
  parseRunArgs,
  parseVariables,
} from './parse.ts'

/** The raw text of every input that was given, by name; names may be unknown ones. */
export type Given = ReadonlyMap<string, string>

export type Reading = Readonly<{ kind: 'inputs'; inputs: Inputs }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

const secret = new Set<string>(['password', 'github-token'])
const longestValue = 60

/** Turns the text of all inputs into `Inputs`, or tells every problem there is. Looks at files, runs nothing. */
export function readInputs(given: Given, event: Event, host: Pick<Host, 'files' | 'env' | 'workspace' | 'kind'>): Reading {
  const { files, workspace } = host
  const problems: Problem[] = []

  const complain = (input: string, reason: string, value = given.get(input) ?? '') => {
    const shown = secret.has(input)
      ? value === ''
        ? ''
        : '***'
      : value.length > longestValue
        ? `${value.slice(0, longestValue)}...`
        : value
    const example = input in declaredInputs ? declaredInputs[input as InputName].example.split('\n')[0] : ''
    problems.push({ input, value: shown.replace(/\s+/g, ' '), reason, example: `${input}: ${example}` })
  }
  const text = (name: InputName): string | undefined => {
    const value = given.get(name)
    const trimmed = value === undefined || value.trim() === '' ? declaredInputs[name].default : value.trim()
    return trimmed === '' || trimmed.startsWith('${{') ? undefined : trimmed
  }
  const parsed = <T>(name: InputName, parse: (text: string) => T, value = text(name)): T | undefined => {
    if (value === undefined) return undefined
    try {
      return parse(value)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      complain(name, error.message)
      return undefined
    }
  }
  /** With a default in the table, so never undefined unless there is a problem, when the result is not used. */
  const required = <T>(name: InputName, parse: (text: string) => T): T => parsed(name, parse) as T
  /** The value itself, or the content of the file that `@path` names. */
  const content = (name: InputName, base: string): string | undefined => {
    const value = text(name)
    if (value === undefined || !value.startsWith('@')) return value
    const path = resolve(base, value.slice(1))
    const read = files.readText(path)
    if (read === undefined) complain(name, 'names a file that cannot be read')
    else if (!inside(path)) complain(name, 'names a file outside the workspace')
    else return read
    return undefined
  }
  const inside = (path: string): boolean => {
    if (host.kind === 'terminal') return true
    const real = files.realPath(path) ?? path
    const away = relative(files.realPath(workspace) ?? workspace, real)
    return !away.startsWith('..') && !isAbsolute(away)
  }

  for (const name of given.keys()) {
    if (name in declaredInputs) continue
    const instead = foreignInputs[name]
    const near = nearest(name, Object.keys(declaredInputs))
    const reason = instead
      ? `is an input of another action, ${instead}`
      : near
        ? `is no input of this action; did you mean ${near}`
        : 'is no input of this action'
    problems.push({
      input: name,
      value: name,
      reason,
      example: near ? `${near}: ${declaredInputs[near as InputName].example}` : 'see the README for all inputs',
    })
  }

  const images = parsed('images', parseImages)
  if (text('images') === undefined) complain('images', 'and is required')
  else if (images?.length === 0) complain('images', 'leaves no image enabled')
  const tags = parsed('tags', (value) => parseLines(value).map(parseTagRule)) ?? []

  const registry = parsed('registry', normaliseRegistry)
  const username = text('username')
  const password = given.get('password')?.replace(/[\r\n]+$/, '') || undefined
  const githubToken = text('github-token')
  const push = required('push', oneOf('auto', 'true', 'false'))
  const dryRun = required('dry-run', parseBoolean)
  const registries = new Set((registry === undefined ? (images ?? []) : [{ registry }]).map((image) => image.registry))
  const onGhcr = registries.size === 1 && registries.has('ghcr.io')
  // Forks and Dependabot get no secrets: there an empty password is no mistake.
  const expectsSecrets = event.origin === 'own' && push !== 'false' && !dryRun
  if (username !== undefined && password === undefined && expectsSecrets && !(onGhcr && githubToken !== undefined)) {
    complain('password', 'though username is given: is the secret it is taken from set in this repository')
  }
  if (password !== undefined && username === undefined && !onGhcr) complain('username', 'though password is given')
  if (registry !== undefined && images?.length && !images.some((image) => image.registry === registry)) {
    complain('registry', `is not the registry of any image in images (${[...new Set(images.map((image) => image.registry))].join(', ')})`)
  }
  if (registry === undefined && registries.size > 1 && (username !== undefined || password !== undefined)) {
    complain('registry', `is needed to tell which of ${[...registries].join(', ')} username and password are for`)
  }

  const folder = (name: 'working-directory' | 'context'): string | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    if (/^(https?:|git@|git:|ssh:)/.test(value) || value === 'git') {
      complain(name, 'is a git or remote context: check the code out with actions/checkout and give its folder')
      return undefined
    }
    const path = resolve(workspace, value)
    if (files.kind(path) !== 'directory') complain(name, 'is not a folder in the workspace')
    else if (!inside(path)) complain(name, 'leads out of the workspace')
    return path
  }
  const givenDirectory = folder('working-directory')
  const givenContext = folder('context')
  const workingDirectory = givenDirectory ?? givenContext ?? workspace
  const context = givenContext ?? givenDirectory ?? workspace
  const givenFile = text('file')
  const file = givenFile === undefined ? join(context, 'Dockerfile') : resolve(workspace, givenFile)
  const dockerfile = files.kind(file) === 'file' ? files.readText(file) : undefined
  if (dockerfile === undefined) {
    const empty = files.list(workspace).length === 0
    const shown = relative(workspace, file) || file
    complain(
      'file',
      empty ? 'cannot be found: the workspace is empty, add actions/checkout before this step' : 'is not there: no Dockerfile at this path',
      shown,
    )
  } else if (!inside(file)) complain('file', 'leads out of the workspace')
  else if (!/^\s*FROM\s/im.test(dockerfile)) complain('file', 'has no FROM: it is not a Dockerfile', relative(workspace, file))
  const target = parsed('target', (value) => {
    const names = stageNames(dockerfile ?? '')
    const numbered = /^\d+$/.test(value) && Number(value) < names.length
    const named = names.some((name) => name?.toLowerCase() === value.toLowerCase())
    if (dockerfile !== undefined && !numbered && !named) {
      throw new Invalid(`is no stage of the Dockerfile; its stages are ${names.filter(Boolean).join(', ') || 'without names'}`)
    }
    return value
  })

  const variables = parseVariables(host.env)
  const buildArgs = parsed('build-args', variables) ?? {}
  for (const [name, value] of Object.entries(buildArgs)) {
    if ([password, githubToken].includes(value))
      complain('build-args', `gives a secret to ${name}: it would stay in the history of the image`, name)
  }

  const requirements = parsed('test-requirements', (value) => {
    if (value === 'none') return 'none' as const
    const paths = parseItems(value)
    const missing = paths.find((path) => files.kind(resolve(workingDirectory, path)) !== 'file')
    if (missing !== undefined) throw new Invalid(`names ${missing}, which is not in the working directory`)
    return paths
  })
  const testCommand = text('test-command')
  const testEnv = parsed('test-env', variables) ?? {}

  const port = parsed('port', parsePort)
  const predictBody = parsed('predict-body', checkedJson, content('predict-body', workingDirectory))
  const expectation: Expectation | undefined = parsed('predict-expect', parseExpectation, content('predict-expect', workingDirectory))
  if (expectation && text('predict-body') === undefined)
    complain('predict-expect', 'is given without predict-body: there is no answer to hold it against')
  const scope = parsed('cache-scope', (value) => {
    if (!/^[A-Za-z0-9._/-]{1,128}$/.test(value)) throw new Invalid('holds other characters than letters, digits, . _ / -')
    return value
  })

  const inputs: Inputs = {
    images: images ?? [],
    tags,
    push,
    dryRun,
    credentials: {
      ...(registry === undefined ? {} : { registry }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(githubToken === undefined ? {} : { githubToken }),
    },
    workingDirectory,
    test: {
      run: required('test', parseBoolean),
      ...(testCommand === undefined ? {} : { command: testCommand }),
      ...(requirements === undefined ? {} : { requirements }),
      env: testEnv,
      first: required('test-first', parseBoolean),
      timeoutMs: required('test-timeout', parseDuration),
    },
    build: { context, file, dockerfile: dockerfile ?? '', ...(target === undefined ? {} : { target }), args: buildArgs },
    cache: { kind: required('cache', oneOf('auto', 'gha', 'none')), ...(scope === undefined ? {} : { scope }) },
    smoke: {
      run: required('smoke', parseBoolean),
      ...(port === undefined ? {} : { port }),
      healthPath: required('health-path', parsePath),
      predictPath: required('predict-path', parsePath),
      ...(predictBody === undefined ? {} : { predictBody }),
      ...(expectation === undefined ? {} : { expectation }),
      startTimeoutMs: required('start-timeout', parseDuration),
      env: parsed('run-env', variables) ?? {},
      args: parsed('run-args', parseRunArgs) ?? [],
    },
    accept: new Set(
      parsed('accept', (value) => parseItems(value).map(oneOf('no-tests', 'untested-platforms', 'unsafe-pr-checkout'))) ?? [],
    ),
    summary: required('summary', parseBoolean),
  }
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'inputs', inputs }
}

/** Names one a line or with commas; `name=…,enable=false` as in docker/metadata-action. Doubles are left out. */
function parseImages(text: string): readonly ImageName[] {
  const names = parseLines(text).flatMap((line): readonly string[] => {
    if (!line.includes('=')) return parseItems(line)
    const fields = new Map(
      line.split(',').map((field) => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1).trim()]),
    )
    const enable = fields.get('enable') ?? 'true'
    if (enable !== 'true' && enable !== 'false') throw new Invalid(`has enable=${enable}, which is neither true nor false`)
    return enable === 'true' ? [fields.get('name') ?? ''] : []
  })
  const images = names.map((name) => {
    try {
      return parseImageName(name)
    } catch (error) {
      throw error instanceof Invalid ? new Invalid(`${names.length > 1 ? `has "${name}", which ` : ''}${error.message}`) : error
    }
  })
  return images.filter(
    (image, index) => images.findIndex((other) => other.registry === image.registry && other.path === image.path) === index,
  )
}

/** JSON as it was written: what is sent is what was given. */
function checkedJson(text: string): string {
  parseJson(text)
  return text
}

/** The names of the stages in order; undefined for one without. */
function stageNames(dockerfile: string): readonly (string | undefined)[] {
  return [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*\S+(?:\s+AS\s+(\S+))?/gim)].map(([, name]) => name)
}
