import type { FailureCode } from './errors.ts'

/** A known cause of a red gate, and what to do about it in place of what the code says. */
export type Cause = Readonly<{ name: string; text: string; fix: string }>

/** Why a gate is red: the code, one sentence with the value, the lines that prove it, and where in the workspace. */
export type Red = Readonly<{
  code: FailureCode
  message: string
  evidence: readonly string[]
  cause?: Cause
  at?: Readonly<{ file: string; line: number }>
}>

/** How a stage ended. `stopped`: another stage was red first, or the run was cancelled. */
export type Outcome<T> =
  | Readonly<{ kind: 'passed'; value: T }>
  | Readonly<{ kind: 'failed'; red: Red }>
  | Readonly<{ kind: 'stopped' }>
  | Readonly<{ kind: 'skipped'; reason: string }>

export const passed = <T>(value: T): Outcome<T> => ({ kind: 'passed', value })
export const failed = (code: FailureCode, message: string, evidence: readonly string[] = []): Outcome<never> => ({
  kind: 'failed',
  red: { code, message, evidence },
})
export const stopped: Outcome<never> = { kind: 'stopped' }
export const skipped = (reason: string): Outcome<never> => ({ kind: 'skipped', reason })

/** Keeps the last `size` lines pushed to it, and hands each on. */
export function tail(
  size: number,
  also: (line: string) => void = () => {},
): Readonly<{ push: (line: string) => void; lines: readonly string[] }> {
  const lines: string[] = []
  return {
    push: (line) => {
      lines.push(line)
      if (lines.length > size) lines.shift()
      also(line)
    },
    lines,
  }
}
