import { clip, escapeMarkdown } from '../markdown.ts'
import type { Report } from '../report.ts'
import { figures, headline } from '../text.ts'
import { advice } from './advice.ts'
import { build } from './build.ts'
import { failure } from './failure.ts'
import { image } from './image.ts'
import { layers } from './layers.ts'
import { leaks } from './leaks.ts'
import { measured } from './measured.ts'
import { metrics } from './metrics.ts'
import { notices } from './notices.ts'
import { parts } from './parts.ts'
import { predictions } from './predictions.ts'
import { samples } from './samples.ts'
import type { Section } from './section.ts'
import { stages } from './stages.ts'
import { failedTests, slowTests } from './tests.ts'
import { timeline } from './timeline.ts'

/** The runner drops a summary over 1 MiB whole. What is hidden from it may yet make it longer. */
const largest = 900 << 10
const longestFigure = 200

/** Of a green run one line; of a red one they come after what happened. */
const figureLine: Section = (report) => {
  const all = figures(report).map((figure) => `**${escapeMarkdown(clip(figure, longestFigure))}**`)
  return all.length > 0 ? [all.join(' · ')] : []
}

/** In the order of reading. */
const sections = {
  failure,
  figures: figureLine,
  stages,
  timeline,
  notices,
  parts,
  image,
  'failed tests': failedTests,
  predictions,
  samples,
  metrics,
  'what could be better': advice,
  layers,
  latency: measured,
  build,
  'slow tests': slowTests,
  'search for secrets': leaks,
} as const satisfies Readonly<Record<string, Section>>
type Name = keyof typeof sections

/** Which section gets shorter when there is no room: each as far as it goes before the next. */
const givesWay: readonly Name[] = [
  ...(['slow tests', 'build', 'search for secrets', 'layers', 'samples', 'metrics', 'latency', 'predictions'] as const),
  ...(['what could be better', 'failed tests', 'notices', 'failure', 'parts', 'image', 'timeline', 'figures', 'stages'] as const),
]

/** The one that failed is never left out altogether. */
const mustStay: ReadonlySet<Name> = new Set(['failure'])

type Shortened = Readonly<{ text: string; cut: readonly Name[] }>

/** The longest forms that fit, by shortening one after the other. */
function shorten(head: string, report: Report, most: number): Shortened {
  const forms = new Map(Object.entries(sections).map(([name, of]) => [name as Name, of(report).filter((form) => form !== '')]))
  const level = new Map<Name, number>()
  const cut = new Set<Name>()
  const formOf = (name: Name) => forms.get(name)?.[level.get(name) ?? 0]
  let bytes = Buffer.byteLength(head)
  for (const name of forms.keys()) bytes += Buffer.byteLength(formOf(name) ?? '') + 2
  for (const name of givesWay) {
    const last = (forms.get(name)?.length ?? 0) - (mustStay.has(name) ? 1 : 0)
    while (bytes > most && (level.get(name) ?? 0) < last) {
      bytes -= Buffer.byteLength(formOf(name) ?? '')
      level.set(name, (level.get(name) ?? 0) + 1)
      bytes += Buffer.byteLength(formOf(name) ?? '')
      cut.add(name)
    }
  }
  const shown = [...forms.keys()].flatMap((name) => formOf(name) ?? [])
  return { text: [head, ...shown].join('\n\n'), cut: givesWay.filter((name) => cut.has(name)) }
}

/**
 * The job summary (GitHub markdown): the first line says it all, what is long is folded, and it is never too long to be shown.
 * Source of the limit: GitHub's docs, "Workflow commands", 1 MiB for a step.
 */
export function summaryMarkdown(report: Report): string {
  const { text, cut } = shorten(`### ML image: ${escapeMarkdown(headline(report))}`, report, largest)
  const notice =
    cut.length === 0 ? '' : `\n\n> Shortened or left out, as a summary has room for 1 MiB: ${cut.join(', ')}. The report file has all.`
  return `${text}${notice}\n`
}
