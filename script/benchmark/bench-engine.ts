import { execFileSync } from 'node:child_process'

/** An engine of the benchmark's own: it is emptied between runs, and that of the user must not be. */
export interface BenchEngine {
  /** For DOCKER_HOST. */
  readonly host: string
  readonly docker: (...args: readonly string[]) => string
  /** An empty builder, and no image but the base and BuildKit's own. */
  readonly empty: () => void
}

export const base = 'python:3.11-slim'
const kept: readonly string[] = [base, 'moby/buildkit:buildx-stable-1']

/** @throws where script/bench has not started one */
export function benchEngine(host = process.env['ML_IMAGE_BENCH_HOST']): BenchEngine {
  if (!host) throw new Error('script/bench gives this an engine of its own: ML_IMAGE_BENCH_HOST')
  const docker = (...args: readonly string[]) =>
    execFileSync('docker', ['-H', host, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  /** A run leaves while the engine still takes its names away: one that goes in the midst of a listing fails it. */
  const listed = (tries = 5): string => {
    try {
      return docker('images', '--format', '{{.Repository}}:{{.Tag}}')
    } catch (error) {
      if (tries === 1) throw error
      return listed(tries - 1)
    }
  }
  const empty = () => {
    const images = listed()
      .split('\n')
      .filter((name) => name !== '' && !kept.includes(name))
    if (images.length > 0) docker('image', 'rm', '--force', ...images)
    docker('image', 'prune', '--force')
    docker('builder', 'prune', '--all', '--force')
  }
  return { host, docker, empty }
}
