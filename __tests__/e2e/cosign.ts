import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workflow } from '../doubles/sigstore/identity.ts'

/** Who must have signed, and what verifiers trust. `log`: it must stand in the public log; else an authority has stamped its time. */
export type Trust = Readonly<{ trustedRoot: string; log: boolean; identity?: string }>

/** What cosign says: 0 when all is as it should be. */
export type Said = Readonly<{ exitCode: number | null; said: string }>

const ownIdentity = `https://github.com/${workflow}`

const optionsOf = ({ trustedRoot, log, identity = ownIdentity }: Trust): readonly string[] => [
  ...['--trusted-root', trustedRoot, '--new-bundle-format', '--type', 'https://in-toto.io/attestation/test-result/v0.1'],
  ...['--certificate-identity', identity, '--certificate-oidc-issuer', 'https://token.actions.githubusercontent.com'],
  ...(log ? [] : ['--use-signed-timestamps', '--insecure-ignore-tlog']),
]

function cosign(args: readonly string[], env: Readonly<Record<string, string>> = {}): Said {
  const { status, stdout, stderr, error } = spawnSync('cosign', args, { encoding: 'utf8', env: { ...process.env, ...env } })
  if (error) throw new Error(`cosign is needed, which script/bootstrap installs: ${error.message}`)
  return { exitCode: status, said: `${stdout}${stderr}` }
}

/** Whether a bundle is a good statement about a digest (`sha256:...`). */
export function verifyBundle(bundle: unknown, digest: string, trust: Trust, folder: string): Said {
  const path = join(folder, 'bundle.json')
  writeFileSync(path, JSON.stringify(bundle))
  const [algorithm = '', hex = ''] = digest.split(':')
  return cosign(['verify-blob-attestation', '--bundle', path, ...optionsOf(trust), '--digest', hex, '--digestAlg', algorithm])
}

/** Whether the registry has a good statement about an image (`name@digest`). */
export function verifyImage(
  image: string,
  { host, username, password }: Readonly<Record<'host' | 'username' | 'password', string>>,
  trust: Trust,
  folder: string,
): Said {
  const config = join(folder, 'cosign-login')
  mkdirSync(config, { recursive: true })
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  return cosign(['verify-attestation', '--allow-http-registry', ...optionsOf(trust), image], { DOCKER_CONFIG: config })
}
