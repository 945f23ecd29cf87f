import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

/** What holds of every workflow of this repository; the linters of script/lint hold the rest. */

const github = join(import.meta.dirname, '..', '..', '.github')
type Job = Readonly<{
  permissions?: Readonly<Record<string, string>>
  'timeout-minutes'?: number
  steps: readonly Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>> }>[]
}>
type Workflow = Readonly<{
  on: Readonly<Record<string, unknown>>
  permissions?: unknown
  concurrency?: unknown
  jobs: Readonly<Record<string, Job>>
}>
const names = readdirSync(join(github, 'workflows'))
const textOf = (name: string) => readFileSync(join(github, 'workflows', name), 'utf8')
const read = (name: string) => parse(textOf(name)) as Workflow

test('these are the workflows', () => expect(names.toSorted()).toEqual(['ci.yml', 'release.yml', 'security.yml']))

describe.each(names)('%s', (name) => {
  const workflow = read(name)
  const jobs = Object.entries(workflow.jobs)
  test('names every action by its commit, with the version beside it', () => {
    const used = textOf(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)
    for (const [, action = ''] of used)
      if (!action.startsWith('./')) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })
  test('gives nothing at the top, and each job what it names', () => {
    expect(workflow.permissions).toEqual({})
    for (const [, job] of jobs) expect(job.permissions).toBeDefined()
  })
  test('runs nothing of a foreign pull request with secrets', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    expect(Object.keys(workflow.on)).not.toContain('workflow_run')
  })
  test('ends each job', () => {
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })
  test('leaves no token in the checkout', () => {
    for (const step of jobs.flatMap(([, job]) => job.steps))
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false)
  })
})

test.each([
  ['ci.yml', 'example', {}],
  ['security.yml', 'codeql', { 'security-events': 'write' }],
  ['release.yml', 'attest', { 'id-token': 'write', attestations: 'write' }],
  ['release.yml', 'draft', { contents: 'write' }],
  ['release.yml', 'move', { contents: 'write' }],
])('%s: of %s what may be written is %j', (name, job, expected) => {
  const writes = Object.entries(read(name).jobs[job]?.permissions ?? {}).filter(([, right]) => right === 'write')
  expect(Object.fromEntries(writes)).toEqual(expected)
})

test('who may write in a job of ci.yml: nobody', () => {
  expect(Object.values(read('ci.yml').jobs).flatMap(({ permissions = {} }) => Object.values(permissions))).not.toContain('write')
})

test('one job of ci.yml needs all others, so that a branch rule can name it', () => {
  const { passed, ...others } = read('ci.yml').jobs as Readonly<Record<string, Job & { needs?: readonly string[] }>>
  expect(passed?.needs?.toSorted()).toEqual(Object.keys(others).toSorted())
})

test('every source of versions waits a week before a new one is asked for', () => {
  const { updates } = parse(readFileSync(join(github, 'dependabot.yml'), 'utf8')) as {
    updates: readonly Readonly<{ 'package-ecosystem': string; cooldown?: Readonly<{ 'default-days': number }> }>[]
  }
  expect(new Set(updates.map((update) => update['package-ecosystem']))).toEqual(
    new Set(['npm', 'github-actions', 'pip', 'docker', 'gomod']),
  )
  for (const { cooldown } of updates) expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7)
})
