import { expect, test } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { gitFacts } from '../../src/plan/git.ts'
import { commit } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'

const git = 'git -c safe.directory=*'

test('git is asked for commit, time, tree, branch, tag, default branch and origin, in the folder and by any owner of it', async () => {
  const host = createFakeHost({
    capture: {
      [`${git} log -1 --format=%H %cI %T`]: { stdout: `${commit} 2026-01-02T03:04:05+01:00 ${'7'.repeat(40)}\n` },
      [`${git} symbolic-ref --quiet --short HEAD`]: { stdout: 'topic\n' },
      [`${git} describe --tags --exact-match`]: { stdout: 'v1\n' },
      [`${git} symbolic-ref --quiet --short refs/remotes/origin/HEAD`]: { stdout: 'origin/trunk\n' },
      [`${git} config --get remote.origin.url`]: { stdout: 'git@github.com:acme/iris.git\n' },
    },
  })
  expect(await gitFacts(host, '/repo/services', { PATH: '/bin' })).toEqual({
    sha: commit,
    committed: '2026-01-02T03:04:05+01:00',
    tree: '7'.repeat(40),
    branch: 'topic',
    tag: 'v1',
    originHead: 'trunk',
    originUrl: 'git@github.com:acme/iris.git',
  })
  expect(host.commands.every(({ cwd, env }) => cwd === '/repo/services' && env['PATH'] === '/bin')).toBe(true)
})

test('what git does not know is left out', async () => {
  const host = createFakeHost({ capture: { git: { exitCode: 128, stdout: 'HEAD', stderr: 'fatal: not a git repository' } } })
  expect(await gitFacts(host, '/repo', {})).toEqual({})
  const empty = createFakeHost({ capture: { git: { stdout: '\n' } } })
  expect(await gitFacts(empty, '/repo', {})).toEqual({})
})

test('without git nothing is known', async () => {
  const host = createFakeHost({
    capture: {
      git: () => {
        throw new ActionError('tool-missing', 'git cannot be run')
      },
    },
  })
  expect(await gitFacts(host, '/repo', {})).toEqual({})
})
