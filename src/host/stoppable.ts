import type { Host } from './host.ts'

/** A host whose requests and pauses `signal` ends. */
export function stoppable(host: Host, signal: AbortSignal): Host {
  return {
    ...host,
    request: (asked) => host.request({ ...asked, signal }),
    sleep: (ms) => host.sleep(ms, signal),
  }
}
