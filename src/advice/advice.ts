import type { SourceLine } from '../build/source-line.ts'

/** What taking an advice gives; bytes and ms where they could be measured or told from what is there. */
export type Gain =
  | Readonly<{ kind: 'size'; bytes?: number }>
  | Readonly<{ kind: 'time'; ms?: number }>
  | Readonly<{ kind: 'risk'; text: string }>

/** What could be better about how an image is made, with the reason and the way there. */
export type Advice = Readonly<{
  /** The name of the rule, a heading of docs/advice.md, and what `# ml-image: ignore NAME` takes. */
  rule: string
  /** What was found, in one line, with the value. */
  message: string
  why: string
  at?: SourceLine
  /** A unified diff that makes the rule silent. */
  fix?: string
  gain: Gain
}>
