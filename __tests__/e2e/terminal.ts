import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './action.ts'

/** What a terminal shows in the end. */
export type Screen = Readonly<{
  exitCode: number
  /** Its lines as they stand there. */
  text: string
  /** The same with escape sequences. */
  coloured: string
  /** As they were written: lines that the terminal has broken are whole again. */
  written: readonly string[]
}>

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'SSL_CERT_FILE',
  'PIP_CERT',
  'REQUESTS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'http_proxy',
  'https_proxy',
]

/**
 * Runs the command line in a real terminal (tmux, with a server of its own) of so many columns, from `cwd`.
 * @param around shell words around it, with `%` where it stands, as `% | cat`
 */
export function inTerminal(
  cwd: string,
  words: readonly string[],
  { columns = 80, around = '%', env = {} }: Readonly<{ columns?: number; around?: string; env?: Readonly<Record<string, string>> }> = {},
): Screen {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-tmux-'))
  const ended = join(folder, 'ended')
  const inherited = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
  const clean = { ...inherited, LC_ALL: 'C.UTF-8' }
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      cwd,
      env: clean,
      timeout: 120_000,
    })
  const set = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
  const command = ['env', ...set, quoted(process.execPath), quoted(bundle), ...words.map(quoted)].join(' ')
  // The pane stays for the picture of it.
  const script = `set -o pipefail; ${around.replace('%', command)}; echo $? > ${quoted(ended)}; tmux wait-for -S ended; exec sleep 600`
  try {
    tmux('new-session', '-d', '-x', String(columns), '-y', '400', 'bash', '-c', script)
    tmux('wait-for', 'ended')
    const capture = (...how: readonly string[]) => tmux('capture-pane', '-p', ...how).trimEnd()
    return {
      exitCode: Number(readFileSync(ended, 'utf8')),
      text: capture(),
      coloured: capture('-e'),
      written: capture('-J')
        .split('\n')
        .map((line) => line.trimEnd()),
    }
  } finally {
    tmux('kill-server')
    rmSync(folder, { recursive: true, force: true })
  }
}
