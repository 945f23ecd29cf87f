import { entropyOf, isPlaceholder } from './placeholder.ts'

/** Shorter ones are not looked for: they are found everywhere. */
const shortest = 8
/** From this length on a value is found nowhere by chance. */
export const surelyUnique = 12

/** A secret of the job with the forms in which it may stand in a file, as text of one byte a character. */
export type JobSecret = Readonly<{ value: string; forms: readonly string[] }>

/** The part of base64 that the value alone decides, for each of the three places it can begin at in a group of bytes. */
function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    const text = whole.toString('base64').replace(/=+$/, '')
    return text.slice(offset === 0 ? 0 : offset + 1, whole.length % 3 === 0 ? undefined : -1)
  })
}

/** A value as it is, in base64 (both alphabets), for addresses and in JSON. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const standard = base64Forms(bytes)
  const texts = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]
  const forms = [
    ...texts.map((text) => Buffer.from(text).toString('latin1')),
    ...standard,
    ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  return [...new Set(forms)].filter((form) => form.length >= shortest)
}

/** Of a secret over several lines, as a key, each line that is one by itself. */
function linesOf(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/)
  return lines.length === 1 ? [] : lines.map((line) => line.trim()).filter((line) => line.length >= 32 && entropyOf(line) >= 4)
}

/** What is to be looked for, of all that the job hides. Values that everybody has are left out. */
export function jobSecrets(values: Iterable<string>): readonly JobSecret[] {
  const all = new Set([...values].map((value) => value.trim()))
  return [...all]
    .filter((value) => value.length >= shortest && !isPlaceholder(value))
    .map((value) => ({ value, forms: [...new Set([value, ...linesOf(value)].flatMap(formsOf))] }))
}
