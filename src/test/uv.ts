import { join } from 'node:path'
import type { Environment, Host } from '../host/host.ts'

/** The uv that is fetched where the job has none. */
export const uvVersion = '0.13.8'

/** sha256 of its wheels for Linux (x86-64, arm64; glibc and musl) and macOS, as PyPI lists them: pip takes no other. */
const wheelHashes = [
  'b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1',
  '62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49',
  '0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d',
  'e18a57b8b352eb7c8feb317b9f6f533c8f0ad9673fd6cf34bbe3cf1a9f6a8984',
  '5337c30bb893b4f9ce0ceb921ba2da0d13f649da644f40ad3bef84083bef0203',
  '29451c60f5e8b07403e0a175d5229efc36b0289b34143ff4aaa499a5dd52553a',
]

/** The requirements line that pins uv to those wheels. */
export function uvRequirement(): string {
  return `uv==${uvVersion} ${wheelHashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}`
}

/** Finds uv on PATH, else fetches it into `folder` by pip. Undefined where neither works: then pip does it all. */
export async function findUv(host: Host, folder: string, env: Environment): Promise<string | undefined> {
  const there = await host.capture({ argv: ['uv', '--version'], env }).catch(() => undefined)
  return there?.exitCode === 0 ? 'uv' : await fetchUv(host, folder, env)
}

/** Debian's python3 has none of its own; a virtual environment of it has. */
const noPip = /No module named '?pip\b/

/** Fetches uv into `folder` by pip, whatever the job has. Undefined when that does not work. */
export async function fetchUv(host: Host, folder: string, env: Environment): Promise<string | undefined> {
  const requirements = join(folder, 'uv.txt')
  const target = join(folder, 'uv')
  const venv = join(folder, 'pip')
  host.files.writePrivate(requirements, `${uvRequirement()}\n`)
  const run = (...argv: readonly [string, ...string[]]) => host.capture({ argv, env }).catch(() => undefined)
  const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps', '--require-hashes']
  const fetchBy = (python: string) => run(python, '-m', 'pip', 'install', ...options, '--target', target, '-r', requirements)
  let fetched = await fetchBy('python3')
  if (fetched && noPip.test(fetched.stderr) && (await run('python3', '-m', 'venv', venv))?.exitCode === 0)
    fetched = await fetchBy(join(venv, 'bin', 'python'))
  return fetched?.exitCode === 0 ? join(target, 'bin', 'uv') : undefined
}
