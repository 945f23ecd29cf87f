import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { bundleStats, distPage, measure, packagesIn } from '../../script/dist-size.ts'
import { bundle, repositoryRoot } from './action.ts'

const stats = bundleStats()
const page = readFileSync(join(repositoryRoot, 'docs', 'dist.md'), 'utf8')

type Numbers = Readonly<Record<string, readonly [number, number]>>

/** The rows of both tables: kB at the start, kB on demand. */
function numbersOf(text: string): Numbers {
  const rows = [...text.matchAll(/^\| ([^|]+) \| (\d*) \| (\d*) \|/gm)]
  return Object.fromEntries(rows.map(([, name = '', start, later]) => [name, [Number(start), Number(later)]]))
}

/** kB that may come and go before the page has to be made again. */
const most = (told: number) => Math.max(8, told * 0.1)

test('docs/dist.md says what is in dist/ (else: npm run sizes)', () => {
  const told = numbersOf(page)
  const measured = numbersOf(distPage(page, measure(stats)))
  expect(Object.keys(told).sort()).toEqual(Object.keys(measured).sort())
  const off = Object.entries(measured).filter(([name, now]) =>
    now.some((kilobytes, index) => Math.abs(kilobytes - (told[name]?.[index] ?? 0)) > most(told[name]?.[index] ?? 0)),
  )
  expect(off.map(([name, now]) => ({ name, told: told[name], now }))).toEqual([])
})

test('dist/licenses.txt names every package that is bundled, and tells its licence', () => {
  const parts = readFileSync(join(dirname(bundle), 'licenses.txt'), 'utf8').split(/^-{80}$/m)
  const licensed = parts.flatMap((part) => {
    const [heads = '', ...text] = part.trim().split('\n\n')
    return text.join('').length > 300 ? heads.split('\n').map((head) => head.split(' ')[0]) : []
  })
  const bundled = packagesIn(stats)
  expect(bundled).toEqual(expect.arrayContaining(['@actions/core', 'undici', 'semver', '@aws-sdk/client-ecr', '@nodable/entities']))
  expect(bundled.filter((name) => !licensed.includes(name))).toEqual([])
})
