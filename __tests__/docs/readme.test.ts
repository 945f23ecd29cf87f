import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { kindOf, snippetsOf } from '../../script/snippets.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')
const [screen = ''] = readme.split('\n## ')

/** The cells of the rows of a table, behind the first, by that one. */
function cellsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const rows = [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.replaceAll('*', '').trim()))
  return new Map(rows.map(([first = '', ...more]) => [first.toLowerCase(), more]))
}

describe('the first screen of the README', () => {
  const told = cellsOf(screen)
  test.each(['cold', 'nothing changed', 'one line changed'])('has the measured seconds of docs/benchmark.md: %s', (run) => {
    const [, chain = ''] = read('docs/benchmark.md').split('| | action, s | chain, s |')
    const [action, theirs] = cellsOf(chain.split('\n\n')[0] ?? '').get(run) ?? []
    expect(told.get(run)).toEqual([`${theirs} s`, `${action} s`])
  })
  test('counts the jobs and steps of the two workflows of docs/migrating.md', () => {
    type Workflow = Readonly<{ jobs: Readonly<Record<string, Readonly<{ steps: readonly object[] }>>> }>
    const workflows = snippetsOf('docs/migrating.md', read('docs/migrating.md')).filter((snippet) => kindOf(snippet) === 'workflow')
    const counts = workflows.map(({ text }) => {
      const jobs = Object.values((parse(text) as Workflow).jobs)
      return [jobs.length, jobs.reduce((sum, { steps }) => sum + steps.length, 0)]
    })
    expect(counts).toEqual([
      [2, 11],
      [1, 2],
    ])
    expect(told.get('workflow')).toEqual(['two jobs, 11 steps', 'one job, two steps'])
  })
  test('has its step in eight lines', () => {
    const [step] = snippetsOf('README.md', screen)
    expect(step?.text.trimEnd().split('\n')).toHaveLength(8)
  })
})
