import type { Environment, Host } from '../host/host.ts'
import { failed, type Outcome, passed } from '../outcome.ts'

/** As the engine tells it of a container; times in nanoseconds, 0 for the default. */
export type DeclaredHealthcheck = Readonly<{ Test?: readonly string[] | null; Timeout?: number }>

/** The test of a HEALTHCHECK: a command in the container, and how long it may take (ms). */
export type Healthcheck = Readonly<{ argv: readonly string[]; timeoutMs: number }>

const defaultTimeoutMs = 30_000
/** A check that looks at what is only just there may be right a moment later. */
const attempts = 3
const betweenMs = 1_000

/** The command of a HEALTHCHECK, `CMD-SHELL` by the shell of the image; undefined for none and `NONE`. */
export function healthcheckOf(declared: DeclaredHealthcheck | null | undefined, shell?: readonly string[] | null): Healthcheck | undefined {
  const [kind, ...words] = declared?.Test ?? []
  const timeoutMs = declared?.Timeout ? declared.Timeout / 1e6 : defaultTimeoutMs
  if (words.length === 0) return undefined
  if (kind === 'CMD') return { argv: words, timeoutMs }
  if (kind === 'CMD-SHELL') return { argv: [...(shell?.length ? shell : ['/bin/sh', '-c']), words.join(' ')], timeoutMs }
  return undefined
}

/**
 * Runs the HEALTHCHECK of a container whose server answers. One that fails then would have an orchestrator end a good
 * service again and again. A program that is missing is told at once; another failure is tried twice more.
 */
export async function runHealthcheck(
  host: Host,
  name: string,
  { argv, timeoutMs }: Healthcheck,
  env: Environment,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const shown = argv.at(-1) ?? ''
  const start = host.now()
  let lines: string[] = []
  let how = ''
  for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt++) {
    if (attempt > 1) await host.sleep(betweenMs, signal).catch(() => undefined)
    lines = []
    const ended = await host.stream(
      { argv: ['docker', 'exec', name, ...argv], env },
      { signal, timeoutMs, mostBytes: 64 << 10, onLine: (line) => void (lines.length < 20 && lines.push(line)) },
    )
    if (ended.kind === 'stopped') return { kind: 'stopped' }
    if (ended.kind === 'exited' && ended.exitCode === 0) return passed(host.now() - start)
    how = ended.kind === 'exited' ? `ended with ${ended.exitCode}` : `gave no answer within ${timeoutMs / 1000} s`
    const missing = lines.some((line) => /not found|no such file or directory/i.test(line))
    if (missing) break
  }
  if (signal.aborted) return { kind: 'stopped' }
  return failed('healthcheck-broken', `The server answers, but the HEALTHCHECK of the image ${how}: ${shown}`, lines)
}
