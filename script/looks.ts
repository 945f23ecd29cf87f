import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleReports } from '../__tests__/report/reports.ts'
import { type Scheme, startBrowser } from './rendering/browser.ts'
import { htmlOf, type Kind, pictureOf } from './rendering/looked.ts'
import { withFewColours } from './rendering/png.ts'

/** Draws the pictures of the documents. */

type Picture = Readonly<{ kind: Kind; of: keyof typeof sampleReports; scheme: Scheme }>

const pictures: readonly Picture[] = [
  ...(Object.keys(sampleReports) as (keyof typeof sampleReports)[]).map((of) => ({ kind: 'summary', of, scheme: 'light' }) as const),
  { kind: 'summary', of: 'green', scheme: 'dark' },
  { kind: 'page', of: 'green', scheme: 'light' },
  { kind: 'page', of: 'green', scheme: 'dark' },
  { kind: 'page', of: 'testRed', scheme: 'light' },
]

/** Pixels of the screen; a picture has twice as many where letters are small. */
const width = 1_012

const folder = join(import.meta.dirname, '..', 'docs', 'images')
mkdirSync(folder, { recursive: true })
await using browser = await startBrowser()
for (const { kind, of, scheme } of pictures) {
  const drawn = withFewColours(await pictureOf(browser, htmlOf(kind, sampleReports[of]), { width, scheme }))
  const name = `${kind}-${of.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-${scheme}.png`
  writeFileSync(join(folder, name), drawn)
  process.stdout.write(`${name} ${Math.round(drawn.length / 1_000)} kB\n`)
}
