import { Invalid } from '../inputs/parse.ts'

export const operators = ['>=', '<=', '==', '!=', '>', '<'] as const
export type Operator = (typeof operators)[number]

/** What a metric is held against: a number, or `previous * factor + offset`, the value that the previous image had. */
export type Bound = Readonly<{ kind: 'number'; value: number }> | Readonly<{ kind: 'previous'; factor: number; offset: number }>

/** One line of `require`. `text` is the line as it was written, without a comment. */
export type Requirement = Readonly<{ name: string; operator: Operator; bound: Bound; text: string }>

const number = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const whole = new RegExp(`^${number}$`)
const previousTimes = new RegExp(`^previous\\s*(?:[*×]\\s*(${number}))?\\s*(?:([+-])\\s*(${number}))?$`, 'i')
const timesPrevious = new RegExp(`^(${number})\\s*[*×]\\s*previous\\s*(?:([+-])\\s*(${number}))?$`, 'i')
const parts = /^(?:"([^"]+)"|'([^']+)'|([^\s<>=!"']+))\s*(>=|<=|==|!=|>|<)\s*(.*)$/

/** Operators that people write, and the one that is meant. */
const meant: Readonly<Record<string, Operator>> = { '=>': '>=', '=<': '<=', '=': '==', '≥': '>=', '≤': '<=', '<>': '!=', '===': '==' }

function parseBound(text: string): Bound {
  if (whole.test(text)) return { kind: 'number', value: Number(text) }
  const [times, factor, sign, offset] = previousTimes.exec(text) ?? timesPrevious.exec(text) ?? []
  if (times !== undefined)
    return { kind: 'previous', factor: Number(factor ?? 1), offset: offset === undefined ? 0 : Number(`${sign}1`) * Number(offset) }
  if (text === '') throw new Invalid('has nothing to compare with')
  const [, percent] = new RegExp(`^(${number})\\s*%$`).exec(text) ?? []
  if (percent !== undefined) throw new Invalid(`has a percentage; write it as the metric has it, such as ${Number(percent) / 100}`)
  if (/^[+-]?\d+,\d+$/.test(text)) throw new Invalid(`has a decimal comma; write ${text.replace(',', '.')}`)
  if (/^[+-]?(nan|inf|infinity)$/i.test(text)) throw new Invalid(`compares with ${text}, which is no number`)
  if (/(^|\s)(and|or|&&|\|\|)\s/i.test(text)) throw new Invalid('holds several conditions; write one a line')
  if (/[<>=]/.test(text)) throw new Invalid('holds several operators; write one condition a line')
  if (/^previous/i.test(text)) throw new Invalid(`has "${text}" where previous, previous - 0.01 or previous * 0.99 belongs`)
  throw new Invalid(`compares with "${text}", which is neither a number nor previous`)
}

/**
 * Reads `NAME OPERATOR BOUND`, such as `accuracy >= 0.95`, `"macro avg.f1-score" > 0.9` or `f1 >= previous - 0.01`; behind
 * a # is a comment. @throws Invalid what is wrong with the line
 */
export function parseRequirement(line: string): Requirement {
  const text = line.replace(/\s#[^"']*$/, '').trim()
  const match = parts.exec(text)
  if (!match) {
    const [, left = '', wrong = ''] = /^("[^"]*"|'[^']*'|[^\s<>=!"'≥≤]*)\s*([<>=!≥≤]+)/.exec(text) ?? []
    if (meant[wrong] !== undefined && left !== '') throw new Invalid(`has the operator ${wrong}; write ${meant[wrong]}`)
    if (/^["']/.test(text) && !/^("[^"]*"|'[^']*')/.test(text)) throw new Invalid('has a quote that is not closed')
    if (wrong !== '' && (left === '' || left.length === 2)) throw new Invalid('names no metric')
    if (wrong !== '') throw new Invalid(`has the operator ${wrong}, which is none of ${operators.join(' ')}`)
    if (/^\S+\s+\S+\s+(>=|<=|==|!=|>|<)/.test(text)) throw new Invalid('has a space in the name of the metric; write it in double quotes')
    throw new Invalid(`has none of ${operators.join(' ')}`)
  }
  const [, double, single, bare, operator, right = ''] = match
  const name = (double ?? single ?? bare ?? '').trim()
  const rest = right.trim()
  // `a => 1` reads as `a =`, `a === 1` as `a == = 1`.
  if (name === '') throw new Invalid('names no metric')
  if (rest.startsWith('=') || rest.startsWith('>')) {
    const written = `${operator}${rest[0]}`
    throw new Invalid(`has the operator ${written}; write ${meant[written] ?? operators.join(' ')}`)
  }
  if (bare !== undefined && whole.test(bare)) throw new Invalid('begins with a number; write the name of the metric first')
  return { name, operator: operator as Operator, bound: parseBound(rest), text }
}

/** The smallest number that is told apart: 0.96 - 0.01 is 0.95, whatever binary fractions make of it. */
const tidy = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(12)) : value)

/** The number of a bound; undefined where it needs a previous value and there is none. */
export function boundValue(bound: Bound, previous: number | undefined): number | undefined {
  if (bound.kind === 'number') return bound.value
  return previous === undefined ? undefined : tidy(previous * bound.factor + bound.offset)
}

/** Whether `value OPERATOR bound` is true; of NaN nothing is. */
export function holds(value: number, operator: Operator, bound: number): boolean {
  if (Number.isNaN(value)) return false
  const left = tidy(value)
  const right = tidy(bound)
  switch (operator) {
    case '>=':
      return left >= right
    case '<=':
      return left <= right
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '>':
      return left > right
    case '<':
      return left < right
  }
}
