import { relative } from 'node:path'
import { sourceLine } from '../build/source-line.ts'
import type { Red } from '../outcome.ts'
import { type Finding, instructionText, placeText } from './finding.ts'
import { causeOf } from './remedies.ts'

const mostTold = 50

/** What the texts of a verdict need of the run. */
export type Around = Readonly<{ workspace: string; file: string }>

/** `/app/.env holds a token of GitHub (github-token): TOKEN=ghp_***, by COPY . . (Dockerfile:5)` */
export function findingText(finding: Finding, secrets: readonly string[], { workspace, file }: Around): string {
  const { place, what, rule, excerpt, by, platform } = finding
  const from = by ? `, by ${instructionText(by, secrets)} (${relative(workspace, file)}:${by.line})` : ''
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), excerpt)
  return `${placeText(place)} holds ${what} (${rule}): ${shown}${from}${platform ? ` [${platform}]` : ''}`
}

/** The red verdict on an image with these secrets, in the order in which they were found. */
export function redOf(findings: readonly Finding[], around: Around): Red {
  // The longest first: one may be a part of another.
  const secrets = findings.map(({ secret }) => secret).toSorted((a, b) => b.length - a.length)
  const texts = findings.map((finding) => findingText(finding, secrets, around))
  const [first] = findings
  const more = findings.length > 1 ? ` There are ${findings.length - 1} more.` : ''
  const at = sourceLine(around.workspace, around.file, findings.find(({ by }) => by)?.by?.line)
  return {
    code: 'secret-in-image',
    message: `The image holds a secret: ${texts[0] ?? ''}.${more}`,
    evidence: [...texts.slice(0, mostTold), ...(texts.length > mostTold ? [`... and ${texts.length - mostTold} more`] : [])],
    ...(first ? { cause: causeOf(first, first.by ? instructionText(first.by, secrets) : '') } : {}),
    ...(at ? { at } : {}),
  }
}
