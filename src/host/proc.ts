import type { Files } from './host.ts'

/**
 * When a process was born, in ticks since the machine was started (proc(5), field 22 of /proc/PID/stat): with its number it
 * is that process and no other. Undefined where there is none, where it has ended and nobody has asked how, and on a system
 * without /proc.
 */
export function bornAt(files: Pick<Files, 'readText'>, pid: number): string | undefined {
  // The name in parentheses may hold anything, parentheses too.
  const [, rest] = /^\d+ \(.*\) (.*)$/s.exec(files.readText(`/proc/${pid}/stat`) ?? '') ?? []
  const fields = rest?.trim().split(' ') ?? []
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}
