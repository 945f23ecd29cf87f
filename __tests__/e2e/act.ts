import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './action.ts'

/** A line of `act --json`. */
export type Line = Readonly<{
  msg?: string
  command?: string
  content?: string
  stage?: string
  step?: string
  stepResult?: string
  jobResult?: string
  job?: string
  jobID?: string
  stepID?: readonly string[]
  matrix?: Readonly<Record<string, unknown>>
  name?: string
  arg?: string
  kvPairs?: Readonly<Record<string, string>>
}>

/** What a user of org/ml-image-action@v1 gets, in `root`: the committed files, nothing else of this checkout. */
export function installAction(root: string): void {
  mkdirSync(join(root, 'action'))
  for (const name of ['action.yml', 'dist', 'merge', 'package.json'])
    cpSync(join(repositoryRoot, name), join(root, 'action', name), { recursive: true })
}

/** Makes a repository of a folder: one commit on main, and an origin on GitHub. @returns the commit */
export function commitAll(folder: string, repository: string): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'first')
  git('remote', 'add', 'origin', `https://github.com/${repository}.git`)
  return git('rev-parse', 'HEAD')
}

export type Act = Readonly<{ exitCode: number | null; lines: readonly Line[]; text: string }>

/** Runs the workflows of a repository under act, with the action that `installAction` put into `root`. */
export function act(root: string, folder: string, event: string, payload: unknown, password: string, more: readonly string[] = []): Act {
  const eventFile = join(root, 'event.json')
  writeFileSync(eventFile, JSON.stringify(payload))
  const ran = spawnSync(
    'act',
    [
      ...[event, '--json', '--platform', 'ubuntu-latest=-self-hosted', '--pull=false', '--action-offline-mode', '--no-cache-server'],
      ...['--local-repository', `org/ml-image-action@v1=${join(root, 'action')}`],
      ...['--secret', `REGISTRY_PASSWORD=${password}`, '--secret', 'GITHUB_TOKEN=ghs_notReal', '--eventpath', eventFile, ...more],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, XDG_CACHE_HOME: join(root, 'cache') } },
  )
  const text = ran.stdout + ran.stderr
  const lines = text.split('\n').flatMap((line): readonly Line[] => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
  return { exitCode: ran.status, lines, text }
}
