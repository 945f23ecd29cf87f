import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { kindOf, snippetsOf } from '../../script/snippets.ts'
import { declaredInputs, foreignInputs } from '../../src/inputs/declared.ts'
import { declaredOutputs } from '../../src/report/declared-outputs.ts'
import { reasonsOf } from '../inputs/reading.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'migrating.md'), 'utf8')

/** Inputs and outputs by their action.yml: build-push-action v7, metadata-action v6, login-action v4, setup-buildx-action v4. */
const theirs = {
  'build-push-action': [
    ...['add-hosts', 'allow', 'annotations', 'attests', 'build-args', 'build-contexts', 'builder', 'cache-from', 'cache-to', 'call'],
    ...['cgroup-parent', 'context', 'file', 'github-token', 'labels', 'load', 'network', 'no-cache', 'no-cache-filters', 'outputs'],
    ...['platforms', 'provenance', 'pull', 'push', 'sbom', 'secret-envs', 'secret-files', 'secrets', 'shm-size', 'ssh', 'tags'],
    ...['target', 'ulimit'],
  ],
  'metadata-action': [
    ...['annotations', 'bake-target', 'context', 'flavor', 'github-token', 'images', 'labels', 'sep-annotations', 'sep-labels'],
    ...['sep-tags', 'tags'],
  ],
  'login-action': ['ecr', 'logout', 'password', 'registry', 'registry-auth', 'scope', 'username'],
  'setup-buildx-action': [
    ...['append', 'buildkitd-config', 'buildkitd-config-inline', 'buildkitd-flags', 'cache-binary', 'cleanup', 'driver'],
    ...['driver-opts', 'endpoint', 'keep-state', 'name', 'platforms', 'use', 'version'],
  ],
} as const
const outputs = ['imageid', 'digest', 'metadata', 'version', 'tags', 'tag-names', 'labels', 'annotations', 'json']

type Row = Readonly<{ name: string; here: string; why: string }>

/** The rows of the table below the heading of an action. */
function rowsOf(action: string): readonly Row[] {
  const [section = ''] = page.split(`## Inputs of ${action}\n`)[1]?.split('\n## ') ?? []
  return [...section.matchAll(/^\| `([^`]+)` \| (.+?) \| ?(.*?) ?\|$/gm)].map(([, name = '', here = '', why = '']) => ({ name, here, why }))
}

describe.each(Object.entries(theirs))('the table of %s', (action, inputs) => {
  const rows = rowsOf(action)
  test('has every input of it, and no other', () => expect(rows.map(({ name }) => name)).toEqual(inputs))

  const here = rows.filter(({ here }) => here !== 'refused')
  test.each(here)('$name is an input here, by the name $here', ({ name, here }) => {
    expect(here).toBe(`\`${name}\``)
    expect(declaredInputs).toHaveProperty([name])
  })

  const refused = rows.filter(({ here }) => here === 'refused')
  if (refused.length > 0)
    test.each(refused)('$name is refused, with the words of the table', ({ name, why }) => {
      const instead = why.startsWith('the same') ? foreignInputs['append'] : why
      expect(foreignInputs[name]).toBe(instead)
      expect(reasonsOf({ [name]: 'x' })).toEqual([`${name} is an input of another action, ${instead}`])
    })
})

test('their outputs are ours', () => {
  expect(outputs.filter((name) => !(name in declaredOutputs))).toEqual([])
  expect(outputs.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('values that mean something else here are refused, as the page says', () => {
  expect(reasonsOf({ context: 'git' })).toEqual([expect.stringContaining('is a git or remote context')])
  expect(reasonsOf({ context: 'https://github.com/acme/iris.git#main' })).toEqual([expect.stringContaining('is a git or remote context')])
  expect(reasonsOf({ tags: 'ghcr.io/acme/iris:v1' })).toEqual([
    'tags is a whole reference: give the name in images, and the tag alone here',
  ])
})

test('the two workflows name the same images and tags, for the same events, with the same permissions', () => {
  type Step = Readonly<{ uses?: string; with?: Readonly<Record<string, unknown>> }>
  type Workflow = Readonly<{ on: unknown; jobs: Readonly<Record<'image', Readonly<{ permissions: unknown; steps: readonly Step[] }>>> }>
  const facts = (text: string, action: string) => {
    const { on, jobs } = parse(text) as Workflow
    const step = jobs.image.steps.find(({ uses }) => uses?.startsWith(`${action}@`))
    return { on, permissions: jobs.image.permissions, images: step?.with?.['images'], tags: step?.with?.['tags'] }
  }
  const [left, right] = snippetsOf('docs/migrating.md', page).filter((snippet) => kindOf(snippet) === 'workflow')
  const ours = facts(right?.text ?? '', 'org/ml-image-action')
  expect(facts(left?.text ?? '', 'docker/metadata-action')).toEqual(ours)
  expect(ours.tags).toContain('type=sha')
})
