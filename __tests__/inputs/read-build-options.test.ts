import { describe, expect, test } from '@jest/globals'
import { inputsOf, problemsOf, reasonsOf } from './reading.ts'

const options = (given: Readonly<Record<string, string>>, circumstances = {}) => inputsOf(given, circumstances).build.options

describe('the rest of the build is read with the meaning of build-push-action', () => {
  test('by default nothing is asked for, and there is an hour', () => {
    expect(options({})).toEqual({
      ...{ contexts: {}, secrets: [], ssh: [], noCache: false, noCacheFilters: [], pull: false, addHosts: [], allow: [], ulimits: [] },
      ...{
        provenance: 'false',
        sbom: 'false',
        compression: 'auto',
        platforms: [],
        imageStore: 'auto',
        timeoutMs: 3_600_000,
        freeDisk: 'auto',
      },
    })
  })
  test('secrets are values, variables of the job, and files from the working directory', () => {
    const given = { secrets: 'token=a,b="c"\n"key=1\n2"', 'secret-envs': 'hub=HUB_TOKEN', 'secret-files': 'netrc=requirements.txt' }
    expect(options(given, { env: { HUB_TOKEN: 'x' } }).secrets).toEqual([
      { id: 'token', kind: 'value', value: 'a,b="c"' },
      { id: 'key', kind: 'value', value: '1\n2' },
      { id: 'hub', kind: 'value', value: 'x' },
      { id: 'netrc', kind: 'file', path: '/repo/requirements.txt' },
    ])
  })
  test('an empty secret is a mistake, but not where GitHub gives none', () => {
    const given = { secrets: 'token=' }
    expect(reasonsOf(given)).toEqual(['secrets gives nothing for token: is the secret it is taken from set in this repository'])
    for (const origin of ['fork', 'dependabot'] as const) expect(options(given, { event: { origin } }).secrets).toEqual([])
  })
  test('contexts are folders, or what buildx knows by a scheme', () => {
    const given = { 'build-contexts': 'shared=tests\nbase=docker-image://python:3.12\nsrc=https://github.com/a/b.git\nother=target:base' }
    expect(options(given).contexts).toEqual({
      ...{ shared: '/repo/tests', base: 'docker-image://python:3.12', src: 'https://github.com/a/b.git', other: 'target:base' },
    })
  })
  test.each([
    [{ 'no-cache-filters': 'base, serve' }, { noCacheFilters: ['base', 'serve'] }],
    [{ 'add-hosts': 'a:10.0.0.1,b=::1' }, { addHosts: ['a:10.0.0.1', 'b=::1'] }],
    [{ ulimit: 'nofile=1:2\nnproc=-1' }, { ulimits: ['nofile=1:2', 'nproc=-1'] }],
    [{ allow: 'network.host,security.insecure' }, { allow: ['network.host', 'security.insecure'] }],
    [{ provenance: 'mode=max,version=v1' }, { provenance: 'mode=max,version=v1' }],
    [{ sbom: 'TRUE' }, { sbom: 'true' }],
    [{ 'shm-size': '1.5g' }, { shmSize: '1.5g' }],
    [{ network: 'none' }, { network: 'none' }],
  ])('%j', (given, expected) => expect(options(given)).toMatchObject(expected))
  test('an agent that runs in the job', () =>
    expect(options({ ssh: 'default' }, { env: { SSH_AUTH_SOCK: '/a' } }).ssh).toEqual(['default']))
})

describe('what cannot be is refused before anything runs', () => {
  test.each([
    [{ secrets: 'token' }, 'secrets has an entry (number 1) that is not ID=value'],
    [{ secrets: 'a=1\nto ken=x' }, 'secrets has an entry (number 2) that is not ID=value'],
    [{ secrets: 'a=1\na=2' }, 'secrets gives a twice'],
    [{ secrets: '"a=1' }, 'secrets has an entry (number 1) whose opening quote is not closed'],
    [{ 'secret-envs': 'a=NOT_SET' }, 'secret-envs takes a from NOT_SET, which the job does not set'],
    [{ 'secret-files': 'a=nope' }, 'secret-files takes a from nope, which is no file'],
    [{ 'secret-files': 'a=tests' }, 'secret-files takes a from tests, which is no file'],
    [{ 'build-contexts': 'a=nope' }, 'build-contexts takes a from nope, which is no folder'],
    [{ 'build-contexts': 'nope' }, 'build-contexts has an entry (number 1) that is not NAME=path or NAME=docker-image://IMAGE'],
    [{ ssh: 'default' }, 'ssh has "default", but no agent is running in this job (SSH_AUTH_SOCK is not set)'],
    [{ ssh: 'a b' }, 'ssh has "a b", which is neither default nor ID=path'],
    [{ 'no-cache': 'yes' }, 'no-cache is neither true nor false'],
    [{ 'no-cache-filters': 'trian' }, 'no-cache-filters is no stage of the Dockerfile; its stages are base, serve'],
    [{ network: '--privileged' }, 'network is not default, none, host or the name of a network'],
    [{ 'add-hosts': 'a' }, 'add-hosts has "a", which is not host:ip'],
    [{ allow: 'all' }, 'allow has "all", which is not network.host, security.insecure or device'],
    [{ 'shm-size': 'big' }, 'shm-size is not a size such as 512m or 2g'],
    [{ ulimit: 'nofile' }, 'ulimit has "nofile", which is not a limit such as nofile=1024:2048'],
    [
      { provenance: 'max' },
      'provenance has "max", which is neither true, false nor one of mode=…, builder-id=…, inline-only=…, version=…, reproducible=…, disabled=…',
    ],
    [{ sbom: 'yes' }, 'sbom has "yes", which is neither true, false nor one of generator=…, disabled=…'],
    [{ compression: 'xz' }, 'compression is not one of auto, zstd, gzip, estargz, uncompressed'],
    [{ 'build-timeout': '60' }, 'build-timeout is not a duration with a unit (ms, s, m, h)'],
  ])('%j', (given, reason) => expect(reasonsOf(given)).toEqual([reason]))
  test('a secret is never shown, nor given to a build argument', () => {
    const problems = problemsOf({ secrets: 'a=hush-hush\nb', 'build-args': 'TOKEN=hush-hush' })
    expect(JSON.stringify(problems)).not.toContain('hush')
    expect(reasonsOf({ secrets: 'a=hush-hush', 'build-args': 'TOKEN=hush-hush' })).toEqual([
      'build-args gives a secret to TOKEN: it would stay in the history of the image; use secrets, which a step mounts',
    ])
  })
})
