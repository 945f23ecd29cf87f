import { sha256 } from './fake-registry.ts'

/** An OCI layout of two platforms with an attestation, as files below a folder, and what stands in it. */
export function createLayout(folder: string) {
  const files: Record<string, string> = {}
  const put = (value: unknown) => {
    const text = JSON.stringify(value)
    const digest = sha256(text)
    files[`${folder}/blobs/sha256/${digest.slice(7)}`] = text
    return { digest, size: text.length }
  }
  const manifestType = 'application/vnd.oci.image.manifest.v1+json'
  const indexType = 'application/vnd.oci.image.index.v1+json'
  const shared = { ...put('a layer that both have'), mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' }
  const image = (architecture: string) => {
    const config = put({ architecture, os: 'linux', config: { ExposedPorts: { '8080/tcp': {} }, Entrypoint: ['/server'] } })
    const layer = { ...put(`for ${architecture}`), mediaType: shared.mediaType }
    const manifest = put({ config: { ...config, mediaType: 'application/vnd.oci.image.config.v1+json' }, layers: [shared, layer] })
    const descriptor = { ...manifest, mediaType: manifestType, platform: { os: 'linux', architecture } }
    return { config, layer, descriptor, bytes: config.size + shared.size + layer.size }
  }
  const amd64 = image('amd64')
  const i386 = image('386')
  const proof = put({ config: { ...put({ proof: 1 }), mediaType: 'application/vnd.oci.image.config.v1+json' }, layers: [] })
  const attestation = { ...proof, mediaType: manifestType, platform: { os: 'unknown', architecture: 'unknown' } }
  const root = { ...put({ manifests: [i386.descriptor, amd64.descriptor, attestation] }), mediaType: indexType }
  files[`${folder}/index.json`] = JSON.stringify({ manifests: [root, amd64.descriptor] })
  return { files, root, amd64, i386, attestation, shared }
}
