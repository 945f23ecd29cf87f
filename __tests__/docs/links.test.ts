import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { documents } from '../../script/snippets.ts'

const root = join(import.meta.dirname, '..', '..')

/** A document without its code blocks, and without code in lines where a link is looked for. */
const prose = (path: string) => readFileSync(path, 'utf8').replace(/^( *)(```+|~~~+).*?^\1\2/gms, '')

/** The anchor that GitHub gives a heading: letters, digits, _ and - in lower case, blanks as hyphens. */
function anchorOf(heading: string): string {
  const text = heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
  return text.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-')
}

function anchorsOf(path: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  return new Set(
    [...prose(path).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
      const anchor = anchorOf(heading)
      const before = seen.get(anchor) ?? 0
      seen.set(anchor, before + 1)
      return before === 0 ? anchor : `${anchor}-${before}`
    }),
  )
}

/** Where the links and pictures of a document lead, but for those into the net. */
function linksOf(path: string): readonly string[] {
  const text = prose(path).replace(/`[^`\n]*`(?!\])/g, '')
  const found = [...text.matchAll(/\]\(<?([^)\s>]+)>?\)|\b(?:src|srcset|href)="([^"]+)"/g)].map(([, a, b]) => a ?? b ?? '')
  return found.filter((link) => !/^([a-z]+:|\/\/)/.test(link))
}

/** Why a link leads nowhere; undefined for one that leads somewhere. */
function faultOf(file: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(root, file) : resolve(root, dirname(file), path)
  if (!existsSync(target)) return `${file}: ${link} is not there`
  if (anchor === undefined || statSync(target).isDirectory() || !target.endsWith('.md')) return undefined
  return anchorsOf(target).has(anchor) ? undefined : `${file}: ${link} has no such heading`
}

test.each(documents())('every link of %s leads somewhere', (file) => {
  expect(linksOf(join(root, file)).flatMap((link) => faultOf(file, link) ?? [])).toEqual([])
})

test('every document is reached from the README', () => {
  const reached = new Set(['README.md'])
  // What is added on the way is walked, too.
  for (const file of reached)
    for (const link of linksOf(join(root, file))) {
      const path = relative(root, resolve(root, dirname(file), link.split('#')[0] ?? ''))
      if (path.endsWith('.md') && existsSync(join(root, path))) reached.add(path)
    }
  expect(documents().filter((file) => file.startsWith('docs/') && !reached.has(file))).toEqual([])
})

test('one that does not is found', () => {
  expect(faultOf('README.md', 'docs/nowhere.md')).toBe('README.md: docs/nowhere.md is not there')
  expect(faultOf('docs/tags.md', '../README.md#nowhere')).toBe('docs/tags.md: ../README.md#nowhere has no such heading')
  expect(faultOf('docs/questions.md', 'recipes.md#lambda-sagemaker-vertex')).toBeUndefined()
})

test.each([
  ['GitHub (ghcr.io)', 'github-ghcrio'],
  ['Lambda, SageMaker, Vertex', 'lambda-sagemaker-vertex'],
  ['`digest-mismatch`', 'digest-mismatch'],
  ['2. Which permissions?', '2-which-permissions'],
])('the anchor of %s', (heading, anchor) => expect(anchorOf(heading)).toBe(anchor))
