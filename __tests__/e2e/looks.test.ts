import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Browser, type Scheme, startBrowser } from '../../script/rendering/browser.ts'
import { githubPage } from '../../script/rendering/github.ts'
import { htmlOf, type Kind, lookAt } from '../../script/rendering/looked.ts'
import { sampleReports } from '../report/reports.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]()
})

const schemes: readonly Scheme[] = ['light', 'dark']
const names = Object.keys(sampleReports) as readonly (keyof typeof sampleReports)[]
const kinds: readonly Readonly<{ kind: Kind; width: number }>[] = [
  { kind: 'page', width: 1280 },
  { kind: 'page', width: 390 },
  { kind: 'summary', width: 1012 },
]

describe.each(kinds)('as $kind, $width pixels wide', ({ kind, width }) => {
  test.each(names.flatMap((of) => schemes.map((scheme) => ({ of, scheme }))))('$of looks well in $scheme', async ({ of, scheme }) => {
    const { problems, texts } = await lookAt(browser, htmlOf(kind, sampleReports[of]), { width, scheme })
    expect(problems).toEqual([])
    expect(texts).toBeGreaterThan(10)
  })
})

describe('who looks sees', () => {
  const page = (body: string) => `<!doctype html><meta name="color-scheme" content="light dark"><body style="margin:0">${body}</body>`
  const svg = (inside: string) => page(`<svg width="300" height="60">${inside}</svg>`)
  test.each([
    ['what is wider than the screen', page('<div style="width:500px">wide</div>'), /^overflow: the page is 500 wide on 390/],
    ['a label that leaves its picture', svg('<text x="380" y="20">label</text>'), /^overflow: /],
    ['text that is too pale', page('<p style="color:#888">pale</p>'), /^contrast: 3\.5/],
    ['text that is too pale where it is see-through', page('<p style="opacity:.4">pale</p>'), /^contrast: /],
    [
      'a label on a bar that is too dark',
      svg('<rect width="200" height="40" fill="#234"></rect><text x="9" y="20">on it</text>'),
      /^contrast: /,
    ],
    [
      'labels on each other',
      svg('<text x="9" y="20">one label</text><text x="30" y="24">another</text>'),
      /^overlap: "one label" and "another"/,
    ],
    ['what is asked of the network', page('<img src="http://example.invalid/x.png" alt=""> text'), /^request: http:\/\/example\.invalid/],
    ['a diagram that Mermaid does not draw', githubPage('```mermaid\ngantt\n  nonsense ::: ,\n```\n'), /^mermaid: /],
  ])('%s', async (_, html, problem) => {
    const { problems } = await lookAt(browser, html, { width: 390, scheme: 'light' })
    expect(problems).toContainEqual(expect.stringMatching(problem))
  })
  test('that black on white is wrong in the dark', async () => {
    const html = page('<p style="color:#000">black</p>')
    expect((await lookAt(browser, html, { width: 390, scheme: 'light' })).problems).toEqual([])
    expect((await lookAt(browser, html, { width: 390, scheme: 'dark' })).problems).toEqual([expect.stringMatching(/^contrast: 1\./)])
  })
})
