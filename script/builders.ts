import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/** A builder of buildx beside the engine's own, for as long as a test needs it. */
export interface TestBuilder extends Disposable {
  readonly name: string
  readonly driver: 'docker-container' | 'remote'
}

const image = 'moby/buildkit:buildx-stable-1'
const docker = (...args: readonly string[]) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** BuildKit in a container of its own, made by buildx. `config` is a buildkitd.toml. */
export function startContainerBuilder(config?: string): TestBuilder {
  const name = `ml-image-test-${randomBytes(4).toString('hex')}`
  docker(
    ...['buildx', 'create', '--name', name, '--driver', 'docker-container', '--driver-opt', `network=host,image=${image}`],
    ...(config === undefined ? [] : ['--buildkitd-config', config]),
    '--bootstrap',
  )
  return { name, driver: 'docker-container', [Symbol.dispose]: () => void docker('buildx', 'rm', '--force', name) }
}

/** BuildKit that somebody else has started and buildx only knows the address of. */
export function startRemoteBuilder(): TestBuilder {
  const name = `ml-image-test-${randomBytes(4).toString('hex')}`
  docker('run', '--detach', '--privileged', '--name', name, '--publish', '127.0.0.1::1234', image, '--addr', 'tcp://0.0.0.0:1234')
  const remove = () => void docker('rm', '--force', '--volumes', name)
  try {
    docker('buildx', 'create', '--name', name, '--driver', 'remote', `tcp://${docker('port', name, '1234/tcp').split('\n')[0]}`)
  } catch (error) {
    remove()
    throw error
  }
  return {
    name,
    driver: 'remote',
    [Symbol.dispose]: () => {
      docker('buildx', 'rm', '--force', name)
      remove()
    },
  }
}
