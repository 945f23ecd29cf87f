import { dockerfileRules } from './dockerfile/table.ts'

/** The names of all rules: headings of docs/advice.md, and what a comment may silence. */
export const adviceIds: readonly string[] = [...dockerfileRules].map(({ id }) => id)
