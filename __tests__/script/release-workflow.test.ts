import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

/** The steps of release.yml as they are, in a repository with tags; only `gh` is a stand-in, which writes down what it is asked. */

const root = join(import.meta.dirname, '..', '..')
type Workflow = { jobs: Record<string, { steps: readonly { name?: string; run?: string }[] }> }
const { jobs } = parse(readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8')) as Workflow

let repository = ''
const at = (...names: readonly string[]) => join(repository, ...names)
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'tag.gpgSign=false', ...args], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'mlia-release-'))
  mkdirSync(at('script'))
  cpSync(join(root, 'script', 'release.ts'), at('script', 'release.ts'))
  mkdirSync(at('bin'))
  writeFileSync(
    at('bin', 'gh'),
    `#!/bin/sh
printf '%s\\n' "$*" >>'${at('asked')}'
case "$*" in
  *--jq\\ .immutable) echo "\${IMMUTABLE-true}" ;;
  *PATCH*) case "$*" in *"/tags/\${NEW_TAG-none} "*) exit 1 ;; esac ;;
esac
`,
  )
  chmodSync(at('bin', 'gh'), 0o755)
  git('init', '--quiet')
})
afterEach(() => rmSync(repository, { recursive: true, force: true }))

/** A commit with this version in package.json and the changelog. */
function commit(version: string): string {
  writeFileSync(at('package.json'), JSON.stringify({ type: 'module', version }))
  writeFileSync(at('CHANGELOG.md'), `# Changelog\n\n## [Unreleased]\n\n## [${version}] - 2026-01-02\n\n- What is new in ${version}.\n`)
  git('add', 'package.json', 'CHANGELOG.md')
  git('commit', '--quiet', '--message', version)
  return git('rev-parse', 'HEAD')
}

/** Runs the steps of a job that are scripts, as a runner does: the first red one ends it. */
function run(job: string, env: Readonly<Record<string, string>>, { only = /./ } = {}) {
  const scripts = (jobs[job]?.steps ?? []).filter((step) => only.test(step.name ?? '')).flatMap((step) => step.run ?? [])
  expect(scripts).not.toEqual([])
  let output = ''
  for (const script of scripts) {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
      cwd: repository,
      encoding: 'utf8',
      env: {
        PATH: `${at('bin')}:${dirname(process.execPath)}:${process.env.PATH}`,
        GITHUB_REPOSITORY: 'org/it',
        RUNNER_TEMP: repository,
        ...env,
      },
    })
    output += stdout + stderr
    if (status !== 0) return { green: false, output }
  }
  return { green: true, output }
}
const asked = () => (existsSync(at('asked')) ? readFileSync(at('asked'), 'utf8').trim().split('\n') : [])

describe('what the tag says is so', () => {
  const only = /changelog|on main/
  test.each([
    ['as it should be', 'v1.2.3', true, 'green'],
    ['another version in package.json', 'v1.2.4', true, 'the tag is v1.2.4, package.json says 1.2.3'],
    ['no version', 'v1.2', true, 'v1.2 is no tag of a release'],
    ['a commit that is not on main', 'v1.2.3', false, ''],
  ])('%s', (_, tag, onMain, said) => {
    commit('1.2.2')
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    commit('1.2.3')
    if (onMain) git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    const { green, output } = run('check', { TAG: tag }, { only })
    expect(green).toBe(said === 'green')
    if (!green) expect(output).toContain(said)
  })
})

describe('a tag makes a draft', () => {
  test.each([
    ['1.2.3', ''],
    ['1.3.0-rc.1', ' --prerelease'],
  ])('v%s, with the notes of the changelog', (version, more) => {
    commit(version)
    expect(run('draft', { TAG: `v${version}` }).green).toBe(true)
    expect(asked()).toEqual([`release create v${version} --draft --verify-tag --title v${version} --notes-file ${at('notes.md')}${more}`])
    expect(readFileSync(at('notes.md'), 'utf8')).toBe(`- What is new in ${version}.\n`)
  })
})

describe('what is published', () => {
  const moved = () => asked().filter((line) => /--method/.test(line))
  const patch = (tag: string, sha: string) => `api --silent --method PATCH repos/org/it/git/refs/tags/${tag} -f sha=${sha} -F force=true`

  test('moves v1 and v1.2 to the commit of its tag, which may be a signed one', () => {
    const sha = commit('1.2.3')
    git('tag', '--annotate', '--message', 'x', 'v1.2.3')
    commit('1.2.4')
    expect(run('move', { TAG: 'v1.2.3' }).green).toBe(true)
    expect(moved()).toEqual([patch('v1', sha), patch('v1.2', sha)])
  })
  test('makes the tag that is not there yet', () => {
    const sha = commit('1.3.0')
    git('tag', 'v1.3.0')
    expect(run('move', { TAG: 'v1.3.0', NEW_TAG: 'v1.3' }).green).toBe(true)
    expect(moved()).toEqual([
      patch('v1', sha),
      patch('v1.3', sha),
      `api --silent --method POST repos/org/it/git/refs -f ref=refs/tags/v1.3 -f sha=${sha}`,
    ])
  })
  test('moves nothing where a later version is out', () => {
    commit('1.2.3')
    for (const tag of ['v1.2.3', 'v1.2.4']) git('tag', tag)
    expect(run('move', { TAG: 'v1.2.3' }).green).toBe(true)
    expect(moved()).toEqual([])
  })
  test.each(['false', 'null', ''])('moves nothing where it can still be changed (immutable: %j)', (immutable) => {
    commit('1.2.3')
    git('tag', 'v1.2.3')
    const { green, output } = run('move', { TAG: 'v1.2.3', IMMUTABLE: immutable })
    expect(green).toBe(false)
    expect(output).toContain('::error::v1.2.3 is not immutable')
    expect(moved()).toEqual([])
  })
})
