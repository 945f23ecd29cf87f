import { Invalid } from './parse.ts'

/**
 * One record a line, of any characters. One that starts with a double quote goes on to the next that stands alone, over
 * lines, two of them standing for one: that is how build-push-action's users write keys of several lines. All others
 * are taken as they are: JSON keeps its quotes and commas. Blank lines are left out.
 */
export function parseRecords(text: string): readonly string[] {
  const records: string[] = []
  let rest = text.replace(/\r\n?/g, '\n')
  while (rest !== '') {
    if (rest.startsWith('"')) {
      const [whole, quoted = ''] = /^"((?:[^"]|"")*)"[ \t]*(?:\n|$)/.exec(rest) ?? []
      if (whole === undefined) throw new Invalid(`has an entry (number ${records.length + 1}) whose opening quote is not closed`)
      records.push(quoted.replaceAll('""', '"'))
      rest = rest.slice(whole.length)
    } else {
      const end = rest.indexOf('\n')
      const line = (end < 0 ? rest : rest.slice(0, end)).trim()
      if (line !== '') records.push(line)
      rest = end < 0 ? '' : rest.slice(end + 1)
    }
  }
  return records
}
