import { expect, test } from '@jest/globals'
import { jobConfigFolder, makePrivateConfig } from '../../src/registry/private-config.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

test.each([
  [{ DOCKER_CONFIG: '/c', HOME: '/h' }, '/c'],
  [{ DOCKER_CONFIG: '', HOME: '/h' }, '/h/.docker'],
  [{}, '/.docker'],
])('the config of a job with %j is in %s', (job, folder) => expect(jobConfigFolder(job)).toBe(folder))

const logins = new Map([['ghcr.io', { username: 'u', password: 'p' }]])

test('a config of this run alone: the logins beside what the job has, its contexts and plugins in sight', () => {
  const files = createFiles({
    '/home/ci/.docker/config.json': '{"auths":{"quay.io":{"auth":"YTpi"}},"currentContext":"x"}',
    '/home/ci/.docker/contexts/meta/a/meta.json': '{}',
    '/home/ci/.docker/cli-plugins/docker-buildx': '',
    '/home/ci/.docker/buildx/instances/mine': '{}',
  })
  const host = createFakeHost({ files })
  const { folder, variables } = makePrivateConfig(host, logins)
  expect(host.traces).toEqual([{ kind: 'folder', path: folder }])
  expect(JSON.parse(files.readText(`${folder}/config.json`) ?? '')).toEqual({
    auths: { 'quay.io': { auth: 'YTpi' }, 'ghcr.io': { auth: Buffer.from('u:p').toString('base64') } },
    currentContext: 'x',
  })
  expect(files.links).toEqual(
    new Map([
      [`${folder}/contexts`, '/home/ci/.docker/contexts'],
      [`${folder}/cli-plugins`, '/home/ci/.docker/cli-plugins'],
    ]),
  )
  expect(variables).toEqual({ DOCKER_CONFIG: folder, BUILDX_CONFIG: '/home/ci/.docker/buildx' })
  expect(files.readText('/home/ci/.docker/config.json')).not.toContain('ghcr.io')
})

test('builders that the job keeps elsewhere stay in sight, and what it does not have is not linked', () => {
  const host = createFakeHost({ env: { HOME: '/home/ci', BUILDX_CONFIG: '/b' } })
  expect(makePrivateConfig(host, logins).variables).toMatchObject({ BUILDX_CONFIG: '/b' })
  expect(host.files.links.size).toBe(0)
})
