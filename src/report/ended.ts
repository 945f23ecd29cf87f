import type { Host, Trace } from '../host/host.ts'
import { endedDraft, readDraft } from './draft.ts'
import { summaryMarkdown } from './summary/summary.ts'

/** Writes the summary of a run that did not come to do so itself, from what it had written down, which is removed. Never throws. */
export function tellEnded(host: Pick<Host, 'files' | 'summary' | 'log'>, traces: readonly Trace[], code: 'killed' | 'cancelled'): void {
  for (const trace of traces) {
    if (trace.kind !== 'draft') continue
    try {
      const draft = readDraft(host.files, trace.path)
      if (draft) host.summary(summaryMarkdown(endedDraft(draft, code)))
      host.files.remove(trace.path)
    } catch {
      // Tests run as the same user: what they have made of it may be anything.
      host.log.line('What the run had written down for a summary cannot be read.')
    }
  }
}
