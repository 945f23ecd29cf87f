import type { StageReport } from '../report.ts'

/** A sign and a word for each state: nothing is told by its colour alone. */
export const marks: Readonly<Record<StageReport['state'], Readonly<{ glyph: string; word: string }>>> = {
  passed: { glyph: '\u2713', word: 'passed' },
  failed: { glyph: '\u2717', word: 'failed' },
  skipped: { glyph: '\u2013', word: 'skipped' },
  stopped: { glyph: '\u25a0', word: 'stopped' },
  'not run': { glyph: '\u2013', word: 'not run' },
  reused: { glyph: '\u2713', word: 'reused' },
}
