import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '..')
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))

/** Every module that a file imports, for its values or its types alone. */
const importsOf = (path: string): readonly string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, name = '']) => name)

const sources = filesIn('src')
const outside = (name: string) => /^@actions\/|^node:(?!path$|crypto$)/.test(name)
const mayTouchTheOutside = (path: string) => /^src\/(index\.ts|cli\.ts|host\/)/.test(path)

describe('the core decides, the host does', () => {
  test('the walk finds the whole house', () => {
    expect(sources.length).toBeGreaterThan(60)
    expect(sources.filter((path) => mayTouchTheOutside(path) && importsOf(path).some(outside)).length).toBeGreaterThan(5)
  })
  test.each(sources.filter((path) => !mayTouchTheOutside(path)))('%s touches the outside by nobody but the host', (path) => {
    expect(importsOf(path).filter(outside)).toEqual([])
  })
  test('nothing in the core reaches for the outside without importing it', () => {
    const globals = /\b(process\.(env|exit|cwd|stdout|stderr|argv|kill)|fetch\(|setTimeout\(|setInterval\(|Date\.now\(|performance\.)/
    expect(sources.filter((path) => !mayTouchTheOutside(path) && globals.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
  })
  test('every relative import says its file, and leads to one', () => {
    const lost = sources.flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(root, join(root, path, '..', name)))
        .filter((target) => !sources.includes(target)),
    )
    expect(lost).toEqual([])
  })
})

test('no module is mocked, and no test leaves out another', () => {
  const forbidden = new RegExp(
    ['jest\\.(unstable_)?mock', 'mockModule', 'spyOn', '\\.only\\(', '\\.skip\\(', 'toMatchSnapshot', 'toMatchInlineSnapshot'].join('|'),
  )
  const tests = filesIn('__tests__').filter((path) => path !== '__tests__/boundary.test.ts')
  expect(tests.filter((path) => forbidden.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})
