import { expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { findJobLogin } from '../../src/registry/credential.ts'
import { readJobConfig } from '../../src/registry/job-config.ts'
import { createFiles } from '../memory-files.ts'

const config = (registry: string, user: string) =>
  JSON.stringify({ auths: { [registry]: { auth: Buffer.from(`${user}:p`).toString('base64') } } })
const scoped = '/home/ci/.docker/buildx/config'

/** Who is logged in to the registry of the first image. */
function userOf(files: Readonly<Record<string, string>>, ...images: readonly string[]): string | undefined {
  const names = images.map(parseImageName)
  const text = readJobConfig({ files: createFiles(files), env: { HOME: '/home/ci' } }, names)
  const login = findJobLogin(text, names[0]?.registry ?? '')
  return login?.kind === 'credential' ? login.credential.username : undefined
}

const all = { '/home/ci/.docker/config.json': config('ghcr.io', 'whole') }

test.each<readonly [string, Readonly<Record<string, string>>, string | undefined]>([
  ['config.json alone', all, 'whole'],
  ['nothing', {}, undefined],
  ['a login for the repository', { ...all, [`${scoped}/ghcr.io/acme/iris/config.json`]: config('ghcr.io', 'own') }, 'own'],
  [
    'a login to push to the repository',
    { ...all, [`${scoped}/ghcr.io/acme/iris@push/config.json`]: config('ghcr.io', 'pusher') },
    'pusher',
  ],
  ['a login to push to the registry', { [`${scoped}/ghcr.io@push/config.json`]: config('ghcr.io', 'pusher') }, 'pusher'],
  ['one for another repository', { ...all, [`${scoped}/ghcr.io/acme/other/config.json`]: config('ghcr.io', 'other') }, 'whole'],
  [
    'the narrowest of several',
    {
      [`${scoped}/ghcr.io/acme/config.json`]: config('ghcr.io', 'wide'),
      [`${scoped}/ghcr.io/acme/iris/config.json`]: config('ghcr.io', 'own'),
    },
    'own',
  ],
])('%s', (_, files, user) => expect(userOf(files, 'ghcr.io/acme/iris')).toBe(user))

test('of Docker Hub, by the name that it has there', () => {
  const files = { [`${scoped}/registry-1.docker.io/acme/iris/config.json`]: config('https://index.docker.io/v1/', 'hub') }
  expect(userOf(files, 'acme/iris')).toBe('hub')
})
test('of two repositories in one registry the first decides', () => {
  const files = {
    [`${scoped}/ghcr.io/acme/a/config.json`]: config('ghcr.io', 'a'),
    [`${scoped}/ghcr.io/acme/b/config.json`]: config('ghcr.io', 'b'),
  }
  expect([userOf(files, 'ghcr.io/acme/a', 'ghcr.io/acme/b'), userOf(files, 'ghcr.io/acme/b', 'ghcr.io/acme/a')]).toEqual(['a', 'b'])
})
