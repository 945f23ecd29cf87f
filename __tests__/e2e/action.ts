import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '..', '..')
export const bundle = join(repositoryRoot, 'dist', 'index.js')

/** The commit that the runs are about. */
export const commit = '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c'

export type Ran = Readonly<{
  exitCode: number | null
  /** stdout and stderr as they came. */
  log: string
  outputs: Readonly<Record<string, string>>
  summary: string
  state: Readonly<Record<string, string>>
  ms: number
}>

/** A job on a runner, as far as an action can see: its workspace, its files, its variables. */
export interface Job extends Disposable {
  readonly workspace: string
  readonly temp: string
  readonly environment: Readonly<Record<string, string>>
  /** Runs main with inputs, or post with the state that a main left. */
  readonly main: (
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    wrap?: readonly string[],
  ) => Promise<Ran>
  readonly start: (
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
  ) => Readonly<{ child: ChildProcess; ended: Promise<Ran> }>
  readonly post: (state: Readonly<Record<string, string>>) => Promise<Ran>
}

/** Reads a file command of the runner: `name<<delimiter`, value, `delimiter`. */
export function parseFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const [, name = '', , value = ''] of text.matchAll(/^([^\n=<]+)<<(\S+)\n(.*?)\n?\2$/gms)) values[name] = value
  return values
}

const passedOn =
  /^(PATH|HOME|LANG|SSL_CERT_FILE|SSL_CERT_DIR|PIP_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|.*_proxy|PIP_FIND_LINKS)$/i

export const pushToMain = {
  ref: 'refs/heads/main',
  repository: {
    name: 'shop',
    full_name: 'acme/shop',
    html_url: 'https://github.com/acme/shop',
    description: 'Sells "flowers"',
    license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' },
    default_branch: 'main',
  },
  head_commit: { id: commit, timestamp: '2026-01-02T03:04:05Z' },
}

/** A job whose workspace is a copy of `source`. */
export function createJob(source: string, payload: unknown = pushToMain, more: Readonly<Record<string, string>> = {}): Job {
  const root = mkdtempSync(join(tmpdir(), 'ml-image-e2e-'))
  const workspace = join(root, 'workspace')
  const temp = join(root, 'temp')
  mkdirSync(temp)
  cpSync(source, workspace, { recursive: true })
  const event = join(root, 'event.json')
  writeFileSync(event, JSON.stringify(payload))
  const inherited = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value !== undefined && passedOn.test(name) ? [[name, value]] : [])),
  )
  const environment = {
    ...inherited,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: commit,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ...more,
  }

  const start: Job['start'] = (inputs, env = {}) => launch(inputs, env, [])
  const launch = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>, wrap: readonly string[]) => {
    const files = Object.fromEntries(
      ['OUTPUT', 'STATE', 'STEP_SUMMARY', 'ENV', 'PATH'].map((name) => {
        const path = join(mkdtempSync(join(root, 'commands-')), name)
        writeFileSync(path, '')
        return [`GITHUB_${name}`, path]
      }),
    )
    const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
    const [program = process.execPath, ...args] = [...wrap, process.execPath, bundle]
    const began = performance.now()
    const child = spawn(program, args, {
      cwd: workspace,
      env: { ...environment, ...files, ...given, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text))
    const read = (name: string) => readFileSync(files[`GITHUB_${name}`] ?? '', 'utf8')
    const ended = new Promise<Ran>((resolve) =>
      child.on('close', (exitCode) =>
        resolve({
          exitCode,
          log,
          outputs: parseFileCommands(read('OUTPUT')),
          summary: read('STEP_SUMMARY'),
          state: parseFileCommands(read('STATE')),
          ms: performance.now() - began,
        }),
      ),
    )
    return { child, ended }
  }
  return {
    workspace,
    temp,
    environment,
    start,
    main: (inputs, env = {}, wrap = []) => launch(inputs, env, wrap).ended,
    post: (state) => launch({}, Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])), []).ended,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** An engine that lists its images while one of them is removed, by whoever, gives an error in place of the list. */
const vanished = /content digest sha256:\w+: not found/
const mostTries = 5

export function docker(...args: readonly string[]): string {
  for (let tries = 1; ; tries++) {
    try {
      return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 }).trim()
    } catch (error) {
      if (tries === mostTries || !args.includes('images') || !vanished.test(String(error))) throw error
    }
  }
}

/** The line of /proc about a process, which may be gone by then. */
function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}

type Trace =
  | Readonly<{ kind: 'folder' | 'draft'; path: string }>
  | Readonly<{ kind: 'containers'; runId: string }>
  | Readonly<{ kind: 'image' | 'network' | 'project'; name: string }>
  | Readonly<{ kind: 'group'; pid: number; born: string }>

function remainsOf(trace: Trace, engine: readonly string[]): readonly string[] {
  switch (trace.kind) {
    case 'group': {
      const stat = statOf(trace.pid)
      // A dead one that nobody has waited for yet is nothing.
      return stat.includes(` ${trace.born} `) && !/\) [ZX] /.test(stat) ? [`process ${trace.pid}`] : []
    }
    case 'folder':
    case 'draft':
      return existsSync(trace.path) ? [trace.path] : []
    case 'containers':
      return docker(...engine, 'ps', '--all', '--quiet', '--filter', `name=ml-image-${trace.runId}`)
        .split('\n')
        .filter(Boolean)
    case 'network':
      return docker(...engine, 'network', 'ls', '--quiet', '--filter', `name=${trace.name}`)
        .split('\n')
        .filter(Boolean)
    case 'project':
      return ['ps --all', 'network ls', 'volume ls', 'image ls'].flatMap((list) =>
        docker(...engine, ...list.split(' '), '--quiet', '--filter', `label=com.docker.compose.project=${trace.name}`)
          .split('\n')
          .filter(Boolean),
      )
    case 'image': {
      // The engine may take a moment longer than the run.
      const there = () =>
        docker(...engine, 'images', '--quiet', trace.name)
          .split('\n')
          .filter(Boolean)
      for (let tries = 0; tries < 50 && there().length > 0; tries++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
      return there().map((id) => `${trace.name} (${id})`)
    }
  }
}

/** What a run made and did not take away, by its own notes for post. */
export function leftovers(state: Readonly<Record<string, string>>, engine: readonly string[] = []): readonly string[] {
  const traces = JSON.parse(state['traces'] ?? '[]') as readonly Trace[]
  return traces.flatMap((trace) => remainsOf(trace, engine))
}

export const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
export const example = (name: string) => join(repositoryRoot, 'examples', name)
