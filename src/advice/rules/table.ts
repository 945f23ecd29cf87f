import { composeRules } from './compose/rules.ts'
import { contextRules } from './context/rules.ts'
import { dockerfileRules } from './dockerfile/table.ts'
import { imageRules } from './image/rules.ts'
import { requirementsRules } from './requirements/rules.ts'

/** The names of all rules: headings of docs/advice.md, and what a comment may silence. What the image shows may have been foretold by the same name. */
export const adviceIds: readonly string[] = [
  ...new Set([...dockerfileRules, ...contextRules, ...requirementsRules, ...composeRules, ...imageRules].map(({ id }) => id)),
]
