import { timeText } from '../../amounts.ts'
import { clip, escapeMarkdown, shortDigests, table } from '../markdown.ts'
import type { StageReport } from '../report.ts'
import { stageNames } from '../text.ts'
import type { Section } from './section.ts'

const longestDetail = 500

const marks: Readonly<Record<StageReport['state'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  skipped: 'skipped',
  stopped: 'stopped',
  'not run': 'not run',
  reused: '✅ reused',
}

/** What ran has a time; so has what was stopped, unless nobody has seen it end. */
function tookText({ state, duration }: StageReport): string {
  if (state === 'passed' || state === 'failed') return timeText(duration)
  return state === 'stopped' && duration > 0 ? timeText(duration) : ''
}

/** A row for each stage. */
export const stages: Section = (report) => [
  table(
    [{ name: 'Stage' }, { name: 'Result' }, { name: 'Time', right: true }, { name: 'Detail' }],
    report.stages.map((stage) => [
      stageNames[stage.stage],
      marks[stage.state],
      tookText(stage),
      escapeMarkdown(shortDigests(clip(stage.detail, longestDetail))),
    ]),
  ),
]
