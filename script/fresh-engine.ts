import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** An engine as a hosted runner has it: on the classic store, with nothing in it, under a service manager. */
export interface FreshEngine extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string
  /** A folder for PATH with a `sudo` that does for this engine what the machine's would: its settings, its restart. */
  readonly bin: string
  readonly settings: () => string
}

const network = { bridge: 'mlia-fresh0', address: '172.31.243.1/24' }
const root = (...argv: readonly string[]) => execFileSync(argv[0] ?? '', argv.slice(1), { stdio: 'ignore' })
const ifThere = (action: () => void) => {
  try {
    action()
  } catch {}
}

/** `restarts: false`: a service manager that fails. Needs root and dockerd. */
export async function startFreshEngine({ restarts = true } = {}): Promise<FreshEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'mlia-engine-'))
  const file = (name: string) => join(folder, name)
  const host = `unix://${file('docker.sock')}`
  ifThere(() => root('ip', 'link', 'add', 'name', network.bridge, 'type', 'bridge'))
  ifThere(() => root('ip', 'addr', 'add', network.address, 'dev', network.bridge))
  root('ip', 'link', 'set', network.bridge, 'up')
  // A bridge of its own and no firewall: two engines that both manage it cut each other off.
  const settings = { bridge: network.bridge, iptables: false, ip6tables: false, features: { 'containerd-snapshotter': false } }
  writeFileSync(file('daemon.json'), JSON.stringify(settings))
  const options = `--config-file ${file('daemon.json')} --data-root ${file('data')} --exec-root ${file('exec')}`
  writeFileSync(
    file('start'),
    `#!/bin/sh\nPATH=/usr/sbin:$PATH exec setsid dockerd ${options} --pidfile ${file('pid')} --host ${host} >>${file('log')} 2>&1 </dev/null\n`,
  )
  writeFileSync(
    file('stop'),
    `#!/bin/sh\npid=$(cat ${file('pid')} 2>/dev/null) || exit 0\nkill "$pid" 2>/dev/null\nwhile kill -0 "$pid" 2>/dev/null; do sleep 0.1; done\n`,
  )
  // As systemctl does: who starts it in the background and leaves may take it along.
  writeFileSync(
    file('wait'),
    `#!/bin/sh\nfor _ in $(seq 300); do docker --host ${host} version >/dev/null 2>&1 && exit 0; sleep 0.1; done\nexit 1\n`,
  )
  mkdirSync(file('bin'))
  // What the action asks of it: cat, a shell that writes the settings, systemctl restart docker.
  writeFileSync(
    join(file('bin'), 'sudo'),
    `#!/bin/sh
[ "$1" = -n ] && shift
case "$1" in
  cat) exec cat ${file('daemon.json')} ;;
  sh) exec cat >${file('daemon.json')} ;;
  systemctl) ${restarts ? `${file('stop')}; ${file('start')} & ${file('wait')}` : 'exit 1'} ;;
  *) exit 1 ;;
esac
`,
  )
  for (const script of ['start', 'stop', 'wait', 'bin/sudo']) chmodSync(file(script), 0o755)
  spawn(file('start'), { detached: true, stdio: 'ignore' }).unref()
  const stop = async (): Promise<void> => {
    root(file('stop'))
    // Mounts below its folder are let go a moment after it ended.
    for (let tries = 0; tries < 50; tries++) {
      try {
        rmSync(folder, { recursive: true, force: true })
        break
      } catch {
        await sleep(100)
      }
    }
    ifThere(() => root('ip', 'link', 'del', network.bridge))
  }
  for (let tries = 0; ; tries++) {
    try {
      execFileSync('docker', ['--host', host, 'version'], { stdio: 'ignore' })
      break
    } catch {
      if (tries > 200) {
        const log = readFileSync(file('log'), 'utf8').slice(-2000)
        await stop()
        throw new Error(`the fresh engine does not come up: ${log}`)
      }
      await sleep(100)
    }
  }
  return { host, bin: file('bin'), settings: () => readFileSync(file('daemon.json'), 'utf8'), [Symbol.asyncDispose]: stop }
}
