import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { kindOf, snippetsOf } from '../../script/snippets.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const page = readFileSync(join(docs, 'questions.md'), 'utf8')
const answers = page.split(/^## /m).slice(1)

/** Files and titles by which an answer says that it is held. */
function proofsOf(answer: string): readonly (readonly [string, string, string])[] {
  return [...answer.matchAll(/^- \[`([^`]+)`\]\(([^)]+)\): "(.+)"$/gm)].map(([, name = '', path = '', title = '']) => [name, path, title])
}

/** Whether a test file has a test, or a group of them, with this title. */
function hasTitle(text: string, title: string): boolean {
  const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:\\b(?:test|describe)(?:\\.each)?\\(|^ *[\\])]+(?: as const)?\\)\\()\\s*(['"\`])${escaped}\\1`, 'm').test(text)
}

test('there are ten questions, in their order', () =>
  expect(answers.map((answer) => Number(/^(\d+)\. .+\?\n/.exec(answer)?.[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))

describe.each(answers.map((answer) => [answer.split('\n')[0] ?? '', answer] as const))('the answer to %s', (_, answer) => {
  const proofs = proofsOf(answer)
  test('is held by tests, and every line below "Held by" is one', () => {
    const [, held = ''] = answer.split('\nHeld by:\n')
    expect(proofs.length).toBeGreaterThan(1)
    expect(proofs).toHaveLength(held.split('\n').filter((line) => line !== '').length)
  })
  test.each(proofs)('%s (%s) has the test "%s"', (name, path, title) => {
    const file = resolve(docs, path)
    expect(path.endsWith(`/${name}`) && existsSync(file)).toBe(true)
    expect(hasTitle(readFileSync(file, 'utf8'), title)).toBe(true)
  })
})

test('a title that is in no call of a test is none', () => {
  const text = "describe('a', () => {\n  test.each([\n    ['b'],\n  ])('c %s', () => {\n    expect('d').toBe('d')\n  })\n})\n"
  expect(['a', 'b', 'c %s', 'd'].filter((title) => hasTitle(text, title))).toEqual(['a', 'c %s'])
})

describe('the first workflow of the README', () => {
  type Job = Readonly<{ permissions: unknown; steps: readonly Readonly<{ uses?: string }>[] }>
  const [first] = snippetsOf('README.md', readFileSync(join(docs, '..', 'README.md'), 'utf8')).filter(
    (snippet) => kindOf(snippet) === 'workflow',
  )
  const [job] = Object.values((parse(first?.text ?? '') as Readonly<{ jobs: Readonly<Record<string, Job>> }>).jobs)
  test('before the step of the README comes the checkout, and nothing else', () =>
    expect(job?.steps.map(({ uses }) => uses?.replace(/@.*/, ''))).toEqual(['actions/checkout', 'org/ml-image-action']))
  test('the job of the README may read its code and write its package, and no more', () =>
    expect(job?.permissions).toEqual({ contents: 'read', packages: 'write' }))
})
