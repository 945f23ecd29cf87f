import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'

/** In PEM: an authority, and a certificate that it has issued with its key. */
export type Issued = Readonly<{ ca: string; certificate: string; key: string }>

/** A certificate for an IP address, by an authority that nobody knows. Made by openssl. */
export function issueCertificate(address: string): Issued {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-certificate-'))
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  try {
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Acme CA', '-keyout', 'ca.key', '-out', 'ca.pem')
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=registry', '-keyout', 'key.pem', '-out', 'request.pem')
    writeFileSync(join(folder, 'extensions'), `subjectAltName=IP:${address}\nbasicConstraints=CA:FALSE\n`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'extensions']
    openssl('x509', '-req', '-in', 'request.pem', ...by, '-out', 'certificate.pem')
    return { ca: read('ca.pem'), certificate: read('certificate.pem'), key: read('key.pem') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** An address of this machine that is not the loopback. */
export function outerAddress(): string {
  const outer = Object.values(networkInterfaces()).flatMap(
    (all) => all?.filter(({ family, internal }) => family === 'IPv4' && !internal) ?? [],
  )
  const [first] = outer
  if (!first) throw new Error('this machine has no address but the loopback')
  return first.address
}
