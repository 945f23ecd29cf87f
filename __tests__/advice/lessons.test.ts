import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { lookBy } from '../../src/advice/look.ts'
import { dockerfileRules } from '../../src/advice/rules/dockerfile/table.ts'
import { applyDiff } from './apply-diff.ts'
import { dockerfilesOf, lesson, lessonNames } from './lessons.ts'
import { around, projectSubject, type Texts } from './project.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/from-the-lessons.md'), 'utf8')

/** `| `Dockerfile` 8 | `rule` | …` in the section `### lesson: file`. */
const listed = (name: string, file: string): readonly string[] => {
  const [, section = ''] = page.split(`### ${name}: ${file}\n`)
  return [...(section.split(/^#+ /m)[0] ?? '').matchAll(/^\| `([^`]+)` (\d+) \| \[`([a-z-]+)`\]\(advice\.md#([a-z-]+)\) \|/gm)].map(
    ([, at, line, rule, anchor]) => `${at}:${line} ${rule === anchor ? rule : `${rule} leads to ${anchor}`}`,
  )
}

const said = (texts: Texts, file: string) => [...lookBy(dockerfileRules, projectSubject(texts, {}, file)), ...around(texts, {}, file)]
const told = (texts: Texts, file: string) => said(texts, file).map(({ rule, at }) => `${at?.file}:${at?.line} ${rule}`)

const all = lessonNames.flatMap((name) => dockerfilesOf(lesson(name)).map((file) => [name, file] as const))

describe.each(all)('%s, %s', (name, file) => {
  const texts = lesson(name)
  test('has the advice that the page lists, and no other', () => {
    expect([...listed(name, file)].sort()).toEqual([...told(texts, file)].sort())
  })
  test('and each diff of it makes one less', () => {
    for (const { rule, at, fix } of said(texts, file)) {
      if (fix === undefined) continue
      const before = said(texts, file).filter((one) => one.rule === rule).length
      const after = said(applyDiff(texts, fix), file).filter((one) => one.rule === rule).length
      expect([rule, at?.line, after]).toEqual([rule, at?.line, before - 1])
    }
  })
})
