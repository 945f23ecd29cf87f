import { timeText } from '../../amounts.ts'
import type { StageReport } from '../report.ts'
import { stageNames } from '../text.ts'
import type { Section } from './section.ts'

/** Seconds between the lines of the scale: at most eight, and none that reads like the one before it. */
const steps: readonly number[] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

function tickInterval(ms: number): string {
  const step = steps.find((seconds) => ms / 1000 / seconds <= 8) ?? 7200
  return step % 60 === 0 ? `${step / 60}minute` : `${step}second`
}

const kinds: Readonly<Partial<Record<StageReport['state'], string>>> = { passed: 'done', failed: 'crit', stopped: 'active' }

/** Stages beside and behind each other, as a diagram (mermaid), where there are two or more. Nothing of others is in it. */
export const timeline: Section = ({ stages }) => {
  const bars = stages.flatMap(({ stage, state, start, duration }) => {
    const kind = kinds[state]
    if (kind === undefined || duration <= 0) return []
    return [`  section ${stageNames[stage]}\n  ${timeText(duration)} :${kind}, ${Math.round(start)}, ${Math.round(start + duration)}`]
  })
  if (bars.length < 2) return []
  const end = Math.max(...stages.map(({ start, duration }) => start + duration))
  const scale = ['  dateFormat x', '  axisFormat %M:%S', `  tickInterval ${tickInterval(end)}`]
  return [['```mermaid', 'gantt', ...scale, ...bars, '```'].join('\n')]
}
