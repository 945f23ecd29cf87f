import type { FakeHost, StreamAnswer, StreamScript } from './fake-host.ts'
import { sha256 } from './fake-registry.ts'

/** A manifest that an engine pushes, with its digest and that of its configuration. */
export const pushed = (() => {
  const configDigest = `sha256:${'c0'.repeat(32)}`
  const text = JSON.stringify({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { digest: configDigest, size: 1_000 },
    layers: [{ size: 40_000 }, { size: 2_000 }],
  })
  return { text, digest: sha256(text), configDigest, mediaType: 'application/vnd.oci.image.manifest.v1+json', compressedBytes: 43_000 }
})()

const failed = (line: string): StreamAnswer => ({ lines: [line], ended: { kind: 'exited', exitCode: 1 } })

/** `docker push` of an engine on this machine: the manifest goes through the door that the reference names. */
export function pushThroughDoor(host: () => FakeHost, text = pushed.text): StreamScript {
  return async ({ argv }) => {
    const [, port, door, tag] = /^127\.0\.0\.1:(\d+)\/([^:]+):(.+)$/.exec(argv.at(-1) ?? '') ?? []
    const relay = host().relays.find((one) => String(one.port) === port)
    if (!relay || relay.isClosed()) return failed('dial tcp: connection refused')
    const step = await relay.send({
      method: 'PUT',
      path: `/v2/${door}/manifests/${tag}`,
      headers: { 'content-type': pushed.mediaType },
      readBody: async () => new TextEncoder().encode(text),
    })
    return step.kind === 'answer' && step.status === 201 ? {} : failed('received unexpected HTTP status: 502 Bad Gateway')
  }
}
