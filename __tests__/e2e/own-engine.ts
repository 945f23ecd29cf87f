import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** An engine that nobody else uses, for what could hold up the builds of all, or needs a store that is empty. */
export interface OwnEngine extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string
  /** Of its bridge, on this machine. */
  readonly address: string
  readonly docker: (...args: readonly string[]) => string
}

const asRoot = (argv: readonly string[]) => (process.getuid?.() === 0 ? argv : ['sudo', '-n', ...argv])
const run = (...argv: readonly string[]) => {
  const [program = '', ...args] = asRoot(argv)
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Starts one in a folder of its own, without a network: two engines that manage one firewall cut each other off. */
export async function startOwnEngine(store: 'containerd' | 'classic' = 'containerd'): Promise<OwnEngine> {
  const home = mkdtempSync(join(tmpdir(), 'mlia-engine-'))
  const host = `unix://${home}/docker.sock`
  const bridge = `mlia${process.pid}`
  const config = join(home, 'daemon.json')
  const features = { 'containerd-snapshotter': store === 'containerd' }
  writeFileSync(config, JSON.stringify({ features, bridge, iptables: false, ip6tables: false }))
  run('ip', 'link', 'add', 'name', bridge, 'type', 'bridge')
  // Two workers of jest are never given the same.
  const address = `172.31.${200 + (process.pid % 20) * 2 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 2)}.1`
  run('ip', 'addr', 'add', `${address}/24`, 'dev', bridge)
  run('ip', 'link', 'set', bridge, 'up')
  const folders = ['--data-root', join(home, 'data'), '--exec-root', join(home, 'exec'), '--pidfile', join(home, 'pid')]
  const [program = '', ...args] = asRoot(['dockerd', '--config-file', config, ...folders, '--host', host])
  const log = openSync(join(home, 'log'), 'w')
  const path = `/usr/sbin:${process.env['PATH']}`
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, PATH: path } })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const stop = async () => {
    if (child.exitCode === null) run('kill', readFileSync(join(home, 'pid'), 'utf8').trim())
    await ended
    run('ip', 'link', 'del', bridge)
    run('rm', '-rf', home)
  }
  const docker = (...words: readonly string[]) => execFileSync('docker', ['--host', host, ...words], { encoding: 'utf8' }).trim()
  for (let tries = 0; ; tries++) {
    try {
      execFileSync('docker', ['--host', host, 'info'], { stdio: 'ignore' })
      return { host, address, docker, [Symbol.asyncDispose]: stop }
    } catch {
      if (tries > 200 || child.exitCode !== null) {
        const said = readFileSync(join(home, 'log'), 'utf8').split('\n').slice(-10).join('\n')
        await stop()
        throw new Error(`the engine of the test does not come up: ${said}`)
      }
      await sleep(100)
    }
  }
}
