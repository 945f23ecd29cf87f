import { timeText } from '../../amounts.ts'
import { figuresText } from '../../build/cache/figures.ts'
import type { StepReport } from '../../build/progress.ts'
import { cellCode, clip, escapeMarkdown, fold, table } from '../markdown.ts'
import type { Section } from './section.ts'

const mostSteps = 10
/** A step that is over sooner is not worth a look (ms). */
const worthTelling = 1_000

type Timed = StepReport & Readonly<{ ms: number }>
const isTimed = (step: StepReport): step is Timed => step.ms !== undefined && step.ms >= worthTelling

/** What the layer cache has given and cost, and the steps that took longest. */
export const build: Section = ({ image }) => {
  if (!image) return []
  const { cache, steps, stepList } = image
  const used = cache && cache.kind !== 'none' ? cache : undefined
  const slowest = stepList.filter(isTimed).toSorted((a, b) => b.ms - a.ms)
  if (!used && slowest.length === 0) return []
  const trouble = used?.trouble === undefined ? '' : ` The cache could not be used: ${used.trouble}`
  const rows = slowest.slice(0, mostSteps).map(({ name, ms }) => [timeText(ms), cellCode(clip(name, 200))])
  const told = [
    ...(used ? [escapeMarkdown(`${figuresText(used, steps)} It is ${used.kind}: ${used.because}.${trouble}`)] : []),
    ...(rows.length > 0 ? [table([{ name: 'Time', right: true }, { name: 'Step' }], rows)] : []),
  ]
  const ran = steps.total - steps.hit
  return [fold(`Build: ${steps.hit} of ${steps.total} steps from the cache, ${ran} run`, told.join('\n\n'))]
}
