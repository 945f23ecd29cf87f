import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '..', '..')
const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })

/** The names that stand under `src/` in the picture of the rooms. */
const pictured = (/^ {2}src\/$|^src\/\n([\s\S]*?)^__tests__/m.exec(text)?.[1] ?? '')
  .split('\n')
  .flatMap((line) => /^ {2}([\w.-]+?)\/? /.exec(line)?.[1] ?? [])

test('every room and every file of the walk is in the picture, and nothing else', () =>
  expect(pictured.toSorted()).toEqual(readdirSync(join(root, 'src')).sort()))

test('every file that it names is there', () => {
  const named = [...text.matchAll(/`([\w-]+(?:\/[\w-]+)*\.ts)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/^(script|__tests__)\//.test(name))
  const isThere = (name: string) =>
    sources.some((path) => path === name || path.endsWith(`/${name}`) || (!name.includes('/') && basename(path) === name))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !isThere(name))).toEqual([])
})
