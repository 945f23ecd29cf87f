import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { getExecOutput } from '@actions/exec'
import { ActionError, messageOf } from '../errors.ts'
import { countRead } from './collect.ts'
import { Flood } from './flood.ts'
import type { Captured, Command, Ended, StreamOptions } from './host.ts'
import { LineSplitter } from './sanitise.ts'

/** Between TERM and KILL (ms): enough for buildx to tell BuildKit, short enough to be gone when the runner asks. */
const grace = 1_500
/** After the process ended, how long its pipes may be held open by what it left behind (ms). */
const pipeGrace = 500

/**
 * A short one that reads its input, or that can be ended. @actions/exec breaks off with EPIPE where the child does not read
 * it all, and never ends one.
 */
function captureHere({ argv: [program = '', ...args], env, cwd, input = '', signal }: Command): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...env },
      stdio: 'pipe',
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
    })
    const text = { stdout: '', stderr: '' }
    for (const from of ['stdout', 'stderr'] as const) {
      child[from].setEncoding('utf8').on('data', (chunk: string) => {
        text[from] += chunk
      })
    }
    child.stdin.on('error', () => {}).end(input)
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, ...text }))
  })
}

/** @actions/exec for the short ones. */
export async function capture(command: Command): Promise<Captured> {
  const [program = '', ...args] = command.argv
  try {
    if (command.input !== undefined || command.signal !== undefined) return await captureHere(command)
    return await getExecOutput(program, args, {
      silent: true,
      ignoreReturnCode: true,
      env: command.env,
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    })
  } catch (error) {
    throw new ActionError('tool-missing', `${program} cannot be run (${messageOf(error)})`, { cause: error })
  }
}

/**
 * Starts a command at once, in a session of its own: @actions/exec first looks for the program, and a process that leaves
 * meanwhile has started nothing.
 */
export function letGo({ argv: [program = '', ...args], env, cwd }: Command): void {
  const options = { env: { ...env }, detached: true, stdio: 'ignore', ...(cwd === undefined ? {} : { cwd }) } as const
  spawn(program, args, options)
    .on('error', () => {})
    .unref()
}

const groups = new Set<number>()

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** Our children, as Linux lists them; those of short commands are in no group of ours. */
function children(): readonly number[] {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** KILL for every group and child still running: the last thing before the process leaves. */
export function killAll(): void {
  for (const pid of groups) signalGroup(pid, 'SIGKILL')
  for (const pid of children()) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It is gone already.
    }
  }
}

/** Is told of each group of processes that begins, and gives what is to be told of its end. */
export type OnGroup = (pid: number) => () => void

/** Runs a command in its own process group; the group ends as a whole, TERM first, then KILL. */
export function stream(command: Command, options: StreamOptions, onGroup: OnGroup = () => () => {}): Promise<Ended> {
  const [program = '', ...args] = command.argv
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) return resolve({ kind: 'stopped' })
    const child = spawn(program, args, {
      detached: true,
      env: { ...command.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    })
    const { pid } = child
    if (pid !== undefined) groups.add(pid)
    const gone = pid === undefined ? undefined : onGroup(pid)
    child.stdin.on('error', () => {}).end(command.input)
    const splitters = (['stdout', 'stderr'] as const).map((from) => {
      const splitter = new Flood(new LineSplitter((line) => options.onLine(line, from)), options.mostBytes ?? Number.POSITIVE_INFINITY)
      child[from].on('data', (chunk: Uint8Array) => {
        splitter.push(chunk)
        countRead(chunk.length)
        // Who reads our output slower than this writes must not make us keep it.
        if (!process.stdout.writableNeedDrain || child.stdout.isPaused()) return
        for (const pipe of [child.stdout, child.stderr]) pipe.pause()
        process.stdout.once('drain', () => {
          for (const pipe of [child.stdout, child.stderr]) pipe.resume()
        })
      })
      return splitter
    })

    let reason: 'stopped' | 'timeout' | undefined
    let kill: NodeJS.Timeout | undefined
    const end = (why: 'stopped' | 'timeout') => {
      if (reason || pid === undefined) return
      reason = why
      signalGroup(pid, 'SIGTERM')
      kill = setTimeout(() => signalGroup(pid, 'SIGKILL'), grace)
    }
    const onAbort = () => end('stopped')
    options.signal.addEventListener('abort', onAbort, { once: true })
    const clock = options.timeoutMs === undefined ? undefined : setTimeout(() => end('timeout'), options.timeoutMs)

    const finish = (ended: Ended) => {
      clearTimeout(clock)
      clearTimeout(kill)
      options.signal.removeEventListener('abort', onAbort)
      for (const splitter of splitters) splitter.end()
      // What the command left running in its group goes with it.
      if (pid !== undefined) {
        signalGroup(pid, 'SIGKILL')
        groups.delete(pid)
      }
      gone?.()
      resolve(ended)
    }
    child.on('error', (error) => {
      clearTimeout(clock)
      options.signal.removeEventListener('abort', onAbort)
      if (pid === undefined) reject(new ActionError('tool-missing', `${program} cannot be run (${error.message})`, { cause: error }))
    })
    child.on('exit', (exitCode, signal) => {
      const ended: Ended = reason ? { kind: reason } : signal ? { kind: 'killed', signal } : { kind: 'exited', exitCode: exitCode ?? 0 }
      const give = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, pipeGrace)
      child.on('close', () => {
        clearTimeout(give)
        finish(ended)
      })
    })
  })
}
