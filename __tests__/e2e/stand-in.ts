import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** What becomes of a call: it fails, or never ends; `after` lets the real program do its work first. */
export type Fate = 'fails' | 'hangs' | 'fails after' | 'hangs after'

/** A program that stands on PATH before the real one, and does as it is told with the calls that match. */
export interface StandIn extends Disposable {
  /** For the environment of a run. */
  readonly path: string
  /** Its arguments, when such a call has come this far; the real program has then done its work, if it was to. */
  readonly reached: () => string | undefined
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** `call` is a pattern of the shell for the arguments as one text (`image tag *`). What does not match goes to the real program. */
export function standIn(program: string, call: string, fate: Fate): StandIn {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-stand-in-'))
  const reached = join(folder, 'reached')
  const real = execFileSync('sh', ['-c', 'command -v "$0" || echo true', program], { encoding: 'utf8' }).trim()
  const [act, then] = fate.split(' ')
  const say = `printf '%s' "$*" > ${quoted(`${reached}.new`)} && mv ${quoted(`${reached}.new`)} ${quoted(reached)}`
  const lines = [
    '#!/bin/bash',
    `case "$*" in ${call.replaceAll(' ', '\\ ')})`,
    ...(then === 'after' ? [`${quoted(real)} "$@"`] : []),
    say,
    act === 'hangs' ? 'exec sleep 3600' : 'echo "a fault of the test" >&2; exit 1',
    ';;',
    'esac',
    `exec ${quoted(real)} "$@"`,
    '',
  ]
  const path = join(folder, program)
  writeFileSync(path, lines.join('\n'))
  chmodSync(path, 0o755)
  return {
    path: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    reached: () => (existsSync(reached) ? readFileSync(reached, 'utf8') : undefined),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
