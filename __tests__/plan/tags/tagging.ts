import { Invalid } from '../../../src/inputs/parse.ts'
import { listRecords } from '../../../src/inputs/records.ts'
import { plainSettings, type Settings } from '../../../src/plan/tags/facts.ts'
import { addFlavor, plainFlavor } from '../../../src/plan/tags/flavor.ts'
import { loadLibraries } from '../../../src/plan/tags/libraries.ts'
import { parseTagRule } from '../../../src/plan/tags/rule.ts'
import { computeTags, rulesOf, type Tagging } from '../../../src/plan/tags.ts'
import { eventOf, type JobName, now } from '../payloads.ts'

export type Asked = Readonly<{ tags?: string; flavor?: string; settings?: Partial<Settings> }>

/** What the text of inputs gives in a job. @throws Invalid of a line that is refused at the door */
export async function tagging(job: JobName, { tags = '', flavor = '', settings }: Asked): Promise<Tagging> {
  const event = eventOf(job)
  const rules = listRecords(tags).flatMap((line) => parseTagRule(line))
  const made = listRecords(flavor).reduce(addFlavor, plainFlavor)
  const libraries = await loadLibraries({ tags: rulesOf(rules), flavor: made, labels: [], annotations: [] }, event)
  return computeTags({ rules, flavor: made, settings: { ...plainSettings, ...settings }, libraries, now }, event)
}

/** The names with their stars (a tag that moves), or what is refused. */
export async function told(job: JobName, asked: Asked): Promise<string> {
  try {
    const { tags, problems } = await tagging(job, asked)
    if (problems.length > 0) return `refused: ${problems.map(({ reason }) => reason).join('; ')}`
    return tags.map(({ name, moves }) => name + (moves ? '*' : '')).join(' ')
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return `refused: ${error.message}`
  }
}
