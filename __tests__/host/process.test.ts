import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { Command, StreamOptions } from '../../src/host/host.ts'
import { capture, killAll, letGo, stream } from '../../src/host/process.ts'

const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TOKEN: 't' }
const bash = (script: string, more: Partial<Command> = {}): Command => ({
  argv: ['bash', '--noprofile', '--norc', '-c', script],
  env,
  ...more,
})

/** Streams a real process; `onLine` sees each line as it comes. */
async function run(command: Command, options: Partial<StreamOptions> = {}) {
  const lines: string[] = []
  const began = performance.now()
  const ended = await stream(command, {
    signal: new AbortController().signal,
    ...options,
    onLine: (line, from) => {
      lines.push(from === 'stdout' ? line : `! ${line}`)
      options.onLine?.(line, from)
    },
  })
  return { ended, lines, tookMs: performance.now() - began }
}

/** A process that nobody has waited for yet does not run. */
const isRunning = (pid: number) => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It may go between being found and being read.
    return false
  }
}

/** Those that still run; one that was killed a moment ago gets a second to go. */
async function survivors(pids: readonly number[]): Promise<readonly number[]> {
  const end = performance.now() + 1_000
  while (pids.some(isRunning) && performance.now() < end) await new Promise(setImmediate)
  return pids.filter(isRunning)
}

/** Runs a script until so many of its processes have told their numbers, then stops it. */
async function stopWhenThereAre(count: number, script: string) {
  const stop = new AbortController()
  let readyAt = 0
  const pids: number[] = []
  const onLine = (line: string) => {
    pids.push(Number(line))
    if (pids.length !== count) return
    readyAt = performance.now()
    stop.abort()
  }
  const { ended } = await run(bash(script), { signal: stop.signal, onLine })
  return { ended, pids, tookMs: performance.now() - readyAt }
}

describe('a long command', () => {
  test('is told line by line, of both streams', async () => {
    const { ended, lines } = await run(bash('echo a; echo b >&2; printf "c\\r\\nd"; exit 3'))
    expect(ended).toEqual({ kind: 'exited', exitCode: 3 })
    expect(lines.toSorted()).toEqual(['! b', 'a', 'c', 'd'])
  })
  test('gets its own environment and nothing else', async () => {
    const { lines } = await run({ argv: ['env'], env: { ...env, A: '1' } })
    expect(lines.toSorted()).toEqual(['A=1', `PATH=${env.PATH}`, 'TOKEN=t'])
  })
  test('gets words, not a shell line', async () =>
    expect((await run({ argv: ['echo', '$HOME; id', '*'], env })).lines).toEqual(['$HOME; id *']))
  test('runs in its folder and reads its input', async () => {
    expect((await run(bash('pwd -P; cat', { cwd: '/', input: 'in\nput' }))).lines).toEqual(['/', 'in', 'put'])
  })
  test('that does not read its input ends all the same', async () => {
    expect((await run(bash('exit 0', { input: 'x'.repeat(1 << 20) }))).ended).toEqual({ kind: 'exited', exitCode: 0 })
  })
  test('that is killed says by what', async () =>
    expect((await run(bash('kill -SEGV $$'))).ended).toEqual({ kind: 'killed', signal: 'SIGSEGV' }))
  test('that is not there is a missing tool', async () => {
    await expect(run({ argv: ['no-such-program'], env })).rejects.toMatchObject({
      code: 'tool-missing',
      message: expect.stringContaining('no-such-program'),
    })
  })
  test('that is not there keeps nobody waiting for its time-out', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    await run({ argv: ['no-such-program'], env }, { timeoutMs: 3_000 }).catch(() => undefined)
    expect(timers()).toBe(before)
  })
})

describe('a long command is ended with all that it started', () => {
  const family = 'bash -c "sleep 300 & echo \\$!; wait" & echo $!; sleep 300 & echo $!; echo $$; wait'
  test('by the signal', async () => {
    const { ended, pids, tookMs } = await stopWhenThereAre(4, family)
    expect(ended).toEqual({ kind: 'stopped' })
    expect(pids).toHaveLength(4)
    expect(await survivors(pids)).toEqual([])
    expect(tookMs).toBeLessThan(1_400)
  })
  test('also when it does not want to', async () => {
    const { ended, pids, tookMs } = await stopWhenThereAre(2, 'trap "" TERM; sleep 300 & echo $!; echo $$; while :; do sleep 1; done')
    expect(ended).toEqual({ kind: 'stopped' })
    expect(await survivors(pids)).toEqual([])
    expect(tookMs).toBeLessThan(4_000)
  })
  test('after having been asked to, so that it can clean up', async () => {
    const stop = new AbortController()
    const { lines } = await run(bash('trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.01; done'), {
      signal: stop.signal,
      onLine: () => stop.abort(),
    })
    expect(lines.filter((line) => !line.startsWith('!'))).toEqual(['ready', 'bye'])
  })
  test('by its time-out', async () => {
    const { ended, lines } = await run(bash('sleep 300 & echo $!; wait'), { timeoutMs: 100 })
    expect(ended).toEqual({ kind: 'timeout' })
    expect(await survivors(lines.map(Number))).toEqual([])
  })
  test('before it began, when the signal was there first', async () => {
    expect(await run(bash('echo x'), { signal: AbortSignal.abort() })).toMatchObject({ ended: { kind: 'stopped' }, lines: [] })
  })
  test('when the process leaves', async () => {
    const { ended } = await run(bash('echo ready; sleep 300'), { onLine: killAll })
    expect(ended).toEqual({ kind: 'killed', signal: 'SIGKILL' })
  })
})

describe('a command that ended is not waited for because of what it left behind', () => {
  test('in its group: that ends too', async () => {
    const { ended, lines, tookMs } = await run(bash('sleep 300 & echo $!; exit 7'))
    expect(ended).toEqual({ kind: 'exited', exitCode: 7 })
    expect(tookMs).toBeLessThan(2_000)
    expect(await survivors(lines.map(Number))).toEqual([])
  })
  test('outside of it, with its pipes held open', async () => {
    const { ended, lines, tookMs } = await run(bash('setsid sleep 300 & echo $!; exit 0'))
    for (const pid of lines.map(Number)) process.kill(pid, 'SIGKILL')
    expect(ended).toEqual({ kind: 'exited', exitCode: 0 })
    expect(tookMs).toBeLessThan(2_000)
  })
})

describe('a short command', () => {
  test('ends when its signal says so, and when the process leaves', async () => {
    const began = performance.now()
    await expect(capture({ argv: ['sleep', '300'], env, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'tool-missing' })
    const [ended] = await Promise.all([
      capture(bash('exec sleep 300')),
      // It has been started when the next turn comes.
      new Promise(setImmediate).then(() => setTimeout(killAll, 100)),
    ])
    expect(ended.exitCode).not.toBe(0)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
  test('is captured whole', async () => {
    expect(await capture(bash('cat; echo "é$TOKEN"; echo e >&2; pwd -P; exit 4', { input: 'in\n', cwd: '/' }))).toEqual({
      exitCode: 4,
      stdout: 'in\nét\n/\n',
      stderr: 'e\n',
    })
  })
  test('also one that does not read what it is given', async () => {
    const input = 'x'.repeat(4 << 20)
    expect(await capture(bash('echo done', { input }))).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' })
  })
  test('gets its own environment and nothing else', async () => {
    process.env['ML_IMAGE_CANARY'] = 'x'
    const { stdout } = await capture({ argv: ['env'], env: { A: '1' } })
    delete process.env['ML_IMAGE_CANARY']
    expect(stdout).toBe('A=1\n')
  })
  test('that is not there is a missing tool', async () => {
    await expect(capture({ argv: ['no-such-program'], env, input: 'x' })).rejects.toMatchObject({ code: 'tool-missing' })
    await expect(capture({ argv: ['no-such-program'], env, cwd: tmpdir() })).rejects.toMatchObject({ code: 'tool-missing' })
  })
})

test('a command that is let go has been started when the call is over, and goes on when this process has left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'let-go-'))
  const module = join(import.meta.dirname, '..', '..', 'src', 'host', 'process.ts')
  // It stays until it may go, and no longer than ten seconds.
  const waits = `for i in {1..500}; do [ -e ${folder}/go ] && break; sleep 0.02; done`
  const command = { argv: ['bash', '-c', `echo out; touch ${folder}/begun; ${waits}; echo out; touch ${folder}/done`], env }
  const script = `import { letGo } from ${JSON.stringify(module)}; letGo(${JSON.stringify(command)}); process.exit()`
  execFileSync(process.execPath, ['--input-type=module', '--eval', script])
  const comes = async (name: string) => {
    for (const end = performance.now() + 5_000; !existsSync(join(folder, name)) && performance.now() < end; ) await sleep(20)
    return existsSync(join(folder, name))
  }
  expect(await comes('begun')).toBe(true)
  writeFileSync(join(folder, 'go'), '')
  expect(await comes('done')).toBe(true)
  rmSync(folder, { recursive: true })
  letGo({ argv: ['no-such-program'], env })
})
