import type { Report } from '../report.ts'
import { adviceSection, checksSection } from './advice.ts'
import { comparisonSection } from './comparison.ts'
import { type Html, html, nothing } from './html.ts'
import { latencySection } from './latency.ts'
import { layersSection } from './layers.ts'
import { metricsSection } from './metrics.ts'
import { opening, titleOf } from './opening.ts'
import { imageSection, noticesSection } from './published.ts'
import { samplesSection } from './samples.ts'
import { stepsSection } from './steps.ts'
import { style } from './style.ts'
import { testsSection } from './tests.ts'
import { stagesSection } from './timeline.ts'

/** What a browser opens at once, and a mail may carry: under 2 MB (characters; none of them takes more than 3 bytes). */
const longest = 600_000

/** The parts in the order in which they are wanted: of a red run what is red comes first. */
function partsOf(report: Report): readonly Html[] {
  const { stages, durationMs, tests, size, image, smoke, metrics, advice, checks } = report
  const red = (tests?.failures.length ?? 0) > 0
  return [
    red ? testsSection(tests) : nothing,
    stagesSection(stages, durationMs),
    noticesSection(report),
    metricsSection(metrics),
    layersSection(size),
    adviceSection(advice),
    latencySection(smoke?.measured),
    samplesSection(smoke),
    comparisonSection(smoke?.comparison),
    imageSection(report),
    stepsSection(image),
    checksSection(checks),
    red ? nothing : testsSection(tests),
  ]
}

/** Those that there is room for. */
function within(parts: readonly Html[], room: number): readonly Html[] {
  const shown: Html[] = []
  let length = 0
  for (const part of parts) {
    if (length + part.markup.length > room)
      return [...shown, html`<p class="note">The rest is in the report file: it is longer than a page may be.</p>`]
    length += part.markup.length
    shown.push(part)
  }
  return shown
}

/**
 * A report as one page of HTML, for people: it needs no network and no script, follows the colours of the reader's system,
 * and can be printed. Whatever others wrote is text in it. Under 2 MB whatever is in the report.
 */
export function renderPage(report: Report): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'"
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${titleOf(report)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
${within([opening(report), ...partsOf(report)], longest)}
</main>
<footer><p>ML Image Action, report version ${report.version}</p></footer>
</body>
</html>
`
  return page.markup
}
