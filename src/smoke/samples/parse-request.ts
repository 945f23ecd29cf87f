import { Invalid, type Json, parsePath } from '../../inputs/parse.ts'
import { jsonHeaders, type SampleRequest } from '../sample.ts'
import { entriesIn, type Fault, type Field, fieldsOf, parsed, textIn } from './field.ts'

const known = ['method', 'path', 'headers', 'body', 'file']
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
const ours = new Set(['content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade'])

/** What a request needs besides: the path where none is said, and files. `readText` and `fileAt` @throw Invalid. */
export type RequestTools = Readonly<{ predictPath: string; readText: (path: string) => string; fileAt: (path: string) => string }>

function parseMethod(value: Json): string {
  const method = typeof value === 'string' ? value.toUpperCase() : ''
  if (!methods.some((one) => one === method)) throw new Invalid(`is not one of ${methods.join(', ')}`)
  return method
}

function parseHeaders(value: Json): Readonly<Record<string, string>> {
  const pairs = entriesIn(value, '{X-API-Key: test}').map(([name, text]) => {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new Invalid(`has the header "${name}", which is no name of a header`)
    if (ours.has(name.toLowerCase())) throw new Invalid(`has the header ${name}, which the action sets itself`)
    if (typeof text !== 'string') throw new Invalid(`has for ${name} ${JSON.stringify(text)}, which is no text: put it in quotes`)
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text))
      throw new Invalid(`has for ${name} a value with a line break or another character no header may have`)
    return [name.toLowerCase(), text] as const
  })
  return Object.fromEntries(pairs)
}

/** A text is sent as it is, `@FILE` is the text of a file, anything else is sent as JSON. */
function parseBody(value: Json, tools: RequestTools): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.startsWith('@') ? tools.readText(value.slice(1)) : value
}

/** The `request` of a sample. Without a method: POST where there is a body, else GET. */
export function parseRequest(field: Field, tools: RequestTools, faults: Fault[]): SampleRequest {
  const fields = fieldsOf(field, known, faults) ?? {}
  const body = parsed(fields['body'], (value) => parseBody(value, tools))
  const file = parsed(fields['file'], (value) => tools.fileAt(textIn(value)))
  if (fields['body'] && fields['file']) fields['file'].complain('is given beside body: only one of them can be sent')
  const carries = fields['body'] !== undefined || fields['file'] !== undefined
  const method = parsed(fields['method'], parseMethod) ?? (carries ? 'POST' : 'GET')
  if (carries && (method === 'GET' || method === 'HEAD')) fields['method']?.complain('carries no body: use POST, or leave method out')
  return {
    method,
    path: parsed(fields['path'], (value) => parsePath(textIn(value))) ?? tools.predictPath,
    headers: { ...(carries ? jsonHeaders : { accept: jsonHeaders.accept }), ...parsed(fields['headers'], parseHeaders) },
    ...(body === undefined ? {} : { body }),
    ...(file === undefined ? {} : { file }),
  }
}
