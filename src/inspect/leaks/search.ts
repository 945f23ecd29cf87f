import { type JobSecret, surelyUnique } from './forms.ts'
import { mayHave, thoseIn } from './may-have.ts'
import { entropyOf, isPlaceholder } from './placeholder.ts'
import type { Rule, Weight } from './rule.ts'
import { ownRules, rules } from './rules.ts'

/** A secret in a text. `secret` is for masking and is never shown; `excerpt` may be. */
export type Hit = Readonly<{ rule: string; what: string; weight: Weight; index: number; secret: string; excerpt: string }>

/** Packages that others have made bring keys for their tests and examples in their documentation. */
const foreign =
  /\/(?:site-packages|dist-packages|node_modules|vendor\/bundle|gems|pkg\/mod|\.cargo\/registry)\/|^\/usr\/(?:share|src|lib|libexec|include)\/|^\/usr\/local\/(?:lib\/python[\d.]+|share|go|include)\/|^\/(?:opt|root|home\/[^/]+)?\/?(?:mini)?(?:conda|forge|mamba)\d?\//

/** The keys of their tests are made for everybody. */
const foreignTest = /\/(?:tests?|testing|test_?data|fixtures|examples?|docs?)\//

/** Whether a file is somebody else's, by where it is. */
export const isForeign = (path: string): boolean => foreign.test(path)

const byPath = rules.filter(({ path }) => path)
const everywhere = rules.filter(({ path }) => !path)
/** Every text has this one, and a pattern that begins with it is found as fast. */
const common = '://'
const addresses = everywhere.filter(({ literals }) => literals.includes(common))
const shapes = everywhere.filter(({ literals }) => !literals.includes(common))
const shapesIn = thoseIn(shapes, ({ literals }) => literals)

const beforeShown = 40
const lookalike = /[A-Za-z0-9+/_=~.-]{12,}/g

/** What stands before the secret on its line, with anything in it that may be another, and stars for the secret. */
function excerptOf(text: string, index: number, kept = ''): string {
  const start = Math.max(text.lastIndexOf('\n', index - 1) + 1, index - beforeShown)
  const before = text
    .slice(start, index)
    .replace(lookalike, (run) => (/\d/.test(run) ? '***' : run))
    .replace(/[^\x20-\x7e]+/g, ' ')
  return `${before.trimStart()}${kept}***`
}

/** How a token begins may be shown: it is the same for all of its kind. */
function beginning({ literals }: Rule, secret: string): string {
  return literals.find((literal) => literal.length >= 3 && secret.startsWith(literal)) ?? ''
}

function* matches(rule: Rule, text: string): Generator<Hit> {
  if (!rule.literals.some((literal) => text.includes(literal))) return
  for (const match of text.matchAll(rule.pattern)) {
    const secret = match.groups?.['secret'] ?? match[0]
    const name = match.groups?.['name'] ?? ''
    if (rule.known?.includes(secret) || entropyOf(secret) < (rule.entropy ?? 3) || isPlaceholder(secret)) continue
    if (rule.holds && !rule.holds(secret, name)) continue
    const index = match.index + Math.max(0, match[0].lastIndexOf(secret))
    const { id, what, weight = 'red' } = rule
    yield { rule: id, what, weight, index, secret, excerpt: excerptOf(text, index, beginning(rule, secret)) }
  }
}

const overlaps = (a: Hit, b: Hit) => a.index < b.index + b.secret.length && b.index < a.index + a.secret.length

/** Finds secrets in a text of one byte a character. `path` is that of a file. */
export type Search = (text: string, path?: string) => readonly Hit[]

/**
 * A search for the job's own secrets and for all that has the shape of one. In packages of others only the former are red.
 * What all of them begin with is looked for first, as most files have nothing.
 */
export function createSearch(secrets: readonly JobSecret[]): Search {
  const hasSecret = mayHave(secrets.flatMap(({ forms }) => forms))
  const ofJob = (text: string, elsewhere: boolean): readonly Hit[] =>
    secrets.flatMap(({ value, forms }): readonly Hit[] => {
      const form = elsewhere && value.length < surelyUnique ? undefined : forms.find((one) => text.includes(one))
      if (form === undefined) return []
      const index = text.indexOf(form)
      return [{ rule: 'job-secret', what: ownRules['job-secret'], weight: 'red', index, secret: form, excerpt: excerptOf(text, index) }]
    })
  return (text, path) => {
    const elsewhere = path !== undefined && isForeign(path)
    const hits: Hit[] = hasSecret(text) ? [...ofJob(text, elsewhere)] : []
    if (elsewhere && foreignTest.test(path)) return hits
    const fitting = path === undefined ? [] : byPath.filter((rule) => rule.path?.test(path))
    const fit = [...fitting, ...shapesIn(text), ...addresses].filter(({ loose }) => !(loose && elsewhere))
    for (const rule of fit)
      for (const hit of matches(rule, text))
        if (!hits.some((other) => overlaps(hit, other))) hits.push(elsewhere ? { ...hit, weight: 'advice' } : hit)
    return hits
  }
}
