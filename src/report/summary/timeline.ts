import type { StageReport } from '../report.ts'
import { seconds, stageNames } from '../text.ts'
import type { Section } from './section.ts'

const kinds: Readonly<Partial<Record<StageReport['state'], string>>> = { passed: 'done', failed: 'crit', stopped: 'active' }

/** Stages beside and behind each other, as a diagram (mermaid), where there are two or more. Nothing of others is in it. */
export const timeline: Section = ({ stages }) => {
  const bars = stages.flatMap(({ stage, state, start, duration }) => {
    const kind = kinds[state]
    if (kind === undefined || duration <= 0) return []
    return [`  section ${stageNames[stage]}\n  ${seconds(duration)} :${kind}, ${Math.round(start)}, ${Math.round(start + duration)}`]
  })
  if (bars.length < 2) return []
  return [['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', ...bars, '```'].join('\n')]
}
