import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renderPage } from '../../src/report/page/page.ts'
import type { Report } from '../../src/report/report.ts'
import { summaryMarkdown } from '../../src/report/summary/summary.ts'
import type { Browser, View, Viewport } from './browser.ts'
import { drawDiagrams, githubPage } from './github.ts'

const look = readFileSync(join(import.meta.dirname, 'look.js'), 'utf8')

/** What was wrong with how a page looks, and how many texts were looked at. */
export type Looked = Readonly<{ problems: readonly string[]; texts: number }>
export type Kind = 'summary' | 'page'

/** A report as a summary on GitHub or as its own page: HTML. */
export function htmlOf(kind: Kind, report: Report): string {
  return kind === 'page' ? renderPage(report) : githubPage(summaryMarkdown(report))
}

/** Puts a page on the screen, all of it and its diagrams drawn; `failed` are those that could not be. */
async function shown<T>(
  browser: Browser,
  html: string,
  viewport: Viewport,
  done: (view: View, failed: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-looks-'))
  try {
    const file = join(folder, 'page.html')
    writeFileSync(file, html)
    await using view = await browser.open(pathToFileURL(file).href, viewport)
    const failed = html.includes('language-mermaid') ? await view.evaluate<readonly string[]>(drawDiagrams(viewport.scheme)) : []
    await view.showAll()
    return await done(view, failed)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Looks at a page as a reader would. */
export function lookAt(browser: Browser, html: string, viewport: Viewport): Promise<Looked> {
  return shown(browser, html, viewport, async (view, failed) => {
    const { problems, texts } = await view.evaluate<Looked>(look)
    return { problems: [...failed, ...view.requests.map((url) => `request: ${url}`), ...problems], texts }
  })
}

/** The same as a picture: PNG. */
export function pictureOf(browser: Browser, html: string, viewport: Viewport): Promise<Buffer> {
  return shown(browser, html, viewport, (view) => view.picture())
}
