import { fileRules } from './files.ts'
import type { Rule } from './rule.ts'
import { tokenRules } from './tokens.ts'

/** The job's own secret values, which are no pattern; and variables that give a secret in configuration and history. */
export const ownRules = {
  'job-secret': 'a secret of this job',
  'secret-variable': 'a secret in a variable',
} as const

/** All rules with a pattern. Of two that find the same, the first is told: what a file is says more than what stands in it. */
export const rules: readonly Rule[] = [...fileRules, ...tokenRules]

/** The ids there are, for `leak-ignore` and the docs. */
export const ruleIds: readonly string[] = [...Object.keys(ownRules), ...rules.map(({ id }) => id)]
