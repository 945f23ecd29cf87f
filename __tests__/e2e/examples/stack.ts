import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Shipped } from './ship.ts'

/** Services of the compose file of an example that are up, with the image that was pushed in the place of the one it builds. */
export interface Stack extends Disposable {
  /** Where a port of a service is on this machine. */
  readonly url: (service: string, port: number) => string
}

/** Brings up what is named of `folder`'s docker-compose.yml, on ports that are free: `{ 'ml-api': 2 }` are two of that service. */
export function bringUp(
  folder: string,
  service: string,
  { registry, outputs }: Shipped,
  wanted: Readonly<Record<string, number>>,
  ports: Readonly<Record<string, number>>,
): Stack {
  const root = mkdtempSync(join(tmpdir(), 'ml-image-stack-'))
  const [config, override] = [join(root, 'docker'), join(root, 'override.yml')]
  mkdirSync(config)
  const auth = Buffer.from(`${registry.username}:${registry.password}`).toString('base64')
  writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }), { mode: 0o600 })
  const published = Object.entries(ports).map(([name, port]) => `  ${name}: {ports: !override ["127.0.0.1::${port}"]}\n`)
  writeFileSync(
    override,
    `services:\n  ${service}: {image: "${outputs['image']}", build: !reset null, ports: !reset []}\n${published.join('')}`,
  )
  const files = ['--file', join(folder, 'docker-compose.yml'), '--file', override]
  const compose = (...args: readonly string[]) =>
    execFileSync('docker', ['compose', '--project-name', basename(root).toLowerCase(), ...files, ...args], {
      encoding: 'utf8',
      env: { ...process.env, DOCKER_CONFIG: config },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const stop = () => {
    compose('down', '--volumes', '--timeout', '0')
    spawnSync('docker', ['image', 'rm', outputs['image'] ?? ''])
    rmSync(root, { recursive: true, force: true })
  }
  try {
    const scale = Object.entries(wanted).flatMap(([name, count]) => ['--scale', `${name}=${count}`])
    compose('up', '--detach', '--wait', ...scale, ...Object.keys(wanted))
  } catch (error) {
    stop()
    throw error
  }
  return { url: (name, port) => `http://${compose('port', name, String(port)).trim()}`, [Symbol.dispose]: stop }
}

/** Asks until the answer is as it should be, or the last one after `limit` (ms). */
export async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean, limit: number): Promise<T> {
  for (const start = Date.now(); ; await sleep(500)) {
    const answer = await ask()
    if (right(answer) || Date.now() - start > limit) return answer
  }
}
