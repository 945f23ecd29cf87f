import type { Finding, Rule } from './rule.ts'

/** A finding with the name of its rule. */
export type Found = Finding & Readonly<{ rule: string }>

/** What the rules say of a subject, in their order. */
export function lookBy<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Found[] {
  return rules.flatMap(({ id, look }) => look(subject).map((finding) => ({ ...finding, rule: id })))
}
