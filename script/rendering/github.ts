import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const require = createRequire(import.meta.url)

/** The text of a file of an installed package. */
const packaged = (path: string) => readFileSync(require.resolve(path), 'utf8')

const frame = `
  body { margin: 0; padding: 24px; background: #fff; }
  .box { border: 1px solid #d1d9e0; border-radius: 6px; max-width: 980px; margin: 0 auto; }
  .box > .markdown-body { padding: 24px; border-radius: 6px; }
  @media (prefers-color-scheme: dark) { body { background: #0d1117; } .box { border-color: #3d444d; } }
  @media (max-width: 600px) { body { padding: 8px; } .box > .markdown-body { padding: 16px; } }
  .mermaid svg { max-width: 100%; }
`

/** Markdown as GitHub shows it: its GFM, its style sheet; diagrams are drawn by `drawDiagrams`. */
export function githubPage(markdown: string): string {
  const body = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
  const style = packaged('github-markdown-css/github-markdown.css')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Summary</title>
<style>${style}${frame}</style></head>
<body><div class="box"><article class="markdown-body">${body}</article></div></body></html>
`
}

/** A program for the page of `githubPage`: draws its diagrams with Mermaid, and gives what it could not draw. */
export function drawDiagrams(scheme: 'light' | 'dark'): string {
  return `${packaged('mermaid/dist/mermaid.min.js')}
;(async () => {
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: ${JSON.stringify(scheme === 'dark' ? 'dark' : 'default')} })
  const failed = []
  for (const [index, code] of [...document.querySelectorAll('pre > code.language-mermaid')].entries()) {
    const drawn = document.createElement('div')
    drawn.className = 'mermaid'
    code.parentElement.replaceWith(drawn)
    try {
      const { svg } = await mermaid.render('diagram-' + index, code.textContent, drawn)
      drawn.innerHTML = svg
    } catch (error) {
      failed.push('mermaid: ' + error.message)
    }
  }
  return failed
})()`
}
