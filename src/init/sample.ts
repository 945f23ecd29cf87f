import type { Json } from '../inputs/parse.ts'
import { isTestFile } from '../test/find.ts'
import type { Folder } from './folder.ts'
import { readLiteral } from './literal.ts'
import { codeOf, type Server } from './server.ts'

/** A request that somebody has written down, and where. */
export type FoundSample = Readonly<{ path: string; body: Json; from: string }>

/** The literal at a place, or that which a name there was given at the top of the text; nothing that is changed on the way. */
function valueAt(text: string, at: number): Json | undefined {
  const literal = readLiteral(text, at)
  if (literal) return /^\s*[,)]/.test(text.slice(literal.end, literal.end + 200)) ? literal.value : undefined
  const [, name] = /^\s*([A-Za-z_]\w*)\s*[,)]/.exec(text.slice(at, at + 200)) ?? []
  const given = name === undefined ? null : new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*`, 'm').exec(text)
  return given ? readLiteral(text, given.index + given[0].length)?.value : undefined
}

/** A request of a test that the service has to answer by 200. */
function inTests(folder: Folder, predict: string | undefined): FoundSample | undefined {
  for (const from of folder.paths.filter((path) => isTestFile(path.split('/').at(-1) ?? ''))) {
    const text = folder.read(from) ?? ''
    for (const call of text.matchAll(/\.post\(\s*f?["']([^"'{}]+)["']\s*,\s*json\s*=/g)) {
      const [whole, path = ''] = call
      const rest = text.slice(call.index + whole.length)
      const end = /\n\s*(?:async\s+)?def\s|\.post\(/.exec(rest)?.index ?? rest.length
      const body = valueAt(text, call.index + whole.length)
      if (
        body === undefined ||
        !/==\s*(?:200|HTTPStatus\.OK|status\.HTTP_200_OK)\b|\.raise_for_status\(|\.is_success\b/.test(rest.slice(0, end))
      )
        continue
      if (path.startsWith('/') && (predict === undefined || path === predict)) return { path, body, from }
    }
  }
  return undefined
}

/** The body of a class at the top of a text. */
const classIn = (text: string, name: string) =>
  new RegExp(`^class\\s+${name}\\b[^\\n]*\\n((?:[ \\t]+[^\\n]*\\n|[ \\t]*\\n)*)`, 'm').exec(`${text}\n`)?.[1]

/** The example of a pydantic model: of the whole, or one made of those of its fields. */
export function exampleIn(model: string): Json | undefined {
  for (const found of model.matchAll(/\bexamples?["']?\s*[:=]\s*(?=[[{])/g)) {
    const value = readLiteral(model, found.index + found[0].length)?.value
    const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value]
    if (typeof first === 'object' && first !== null && !Array.isArray(first)) return first
  }
  const fields = [...model.matchAll(/^(?: {4}|\t)([a-z]\w*)\s*:\s*[^=\n]+?(?:=\s*([\s\S]*?))?(?=\n(?: {4}|\t)[\w@]|\n*$(?![\s\S]))/gm)]
  const entries = fields.flatMap(([, name = '', given]): readonly (readonly [string, Json | undefined])[] => {
    const at = /\bexamples?\s*=\s*/.exec(given ?? '')
    const value = given !== undefined && at ? readLiteral(given, at.index + at[0].length)?.value : undefined
    const one = at?.[0].startsWith('examples') && Array.isArray(value) ? (value as readonly Json[])[0] : value
    const needed =
      given === undefined || (/^Field\(/.test(given) && !/^Field\(\s*(?!\.\.\.)(?:default\s*=|["'\d[{]|None|True|False)/.test(given))
    return one === undefined && !needed ? [] : [[name, one]]
  })
  return entries.length === 0 || entries.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(entries) as Json)
}

/** The example of what the handler of predictions takes. */
function inModels(folder: Folder, { files, predict }: Server): FoundSample | undefined {
  if (predict === undefined) return undefined
  const texts = files.map((file) => ({ file, code: codeOf(folder.read(file) ?? '') }))
  for (const { code } of texts) {
    const route = code.indexOf(`"${predict}"`) >= 0 ? code.indexOf(`"${predict}"`) : code.indexOf(`'${predict}'`)
    const [, parameters = ''] = route < 0 ? [] : (/\bdef\s+\w+\(([\s\S]*?)\)\s*(?:->[^:]+)?:/.exec(code.slice(route)) ?? [])
    for (const [, type = ''] of parameters.matchAll(/:\s*(?:Annotated\[)?([A-Z]\w*)/g)) {
      for (const { file, code: other } of texts) {
        const body = exampleIn(classIn(other, type) ?? '')
        if (body !== undefined) return { path: predict, body, from: file }
      }
    }
  }
  return undefined
}

/** A sample prediction that somebody has written down: in a test, or as the example of a pydantic model. */
export function findSample(folder: Folder, server: Server): FoundSample | undefined {
  return inTests(folder, server.predict) ?? inModels(folder, server)
}

/** The samples file of it: no expectation, which `--record` fills in. */
export function samplesText({ path, body, from }: FoundSample): string {
  const request = { ...(path === '/predict' ? {} : { path }), body }
  return `[\n  { "name": ${JSON.stringify(`as in ${from}`)}, "request": ${JSON.stringify(request)} }\n]\n`
}
