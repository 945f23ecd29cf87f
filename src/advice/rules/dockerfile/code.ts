import { fixOf } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { type Code, serverCode } from '../../server.ts'

const route = /^(\s*)@\w+\.(?:post|get|put|route|api_route|websocket)\(/
const loads =
  /\b(?:joblib\.load|pickle\.load|cloudpickle\.load|torch\.load|torch\.jit\.load|\w*\.from_pretrained|(?:\w+\.)*load_model|onnxruntime\.InferenceSession|ort\.InferenceSession|rt\.InferenceSession|InferenceSession|SentenceTransformer|tf\.saved_model\.load|pipeline)\(/
const indent = (line: string) => /^\s*/.exec(line)?.[0].length ?? 0
const isBlank = (line: string) => /^\s*(#|$)/.test(line)

/** A handler of a route: the lines of its decorators, and of its body (from 0, the end not in it). */
type Handler = Readonly<{ top: number; body: number; end: number; depth: number }>

function handlers(lines: readonly string[]): readonly Handler[] {
  const found: Handler[] = []
  for (let top = 0; top < lines.length; top++) {
    const depth = route.exec(lines[top] ?? '')?.[1]?.length
    if (depth === undefined) continue
    const begins = lines.findIndex((line, at) => at > top && indent(line) === depth && /^\s*(?:async\s+)?def\s/.test(line))
    if (begins < 0) continue
    const colon = lines.findIndex((line, at) => at >= begins && /:\s*(#.*)?$/.test(line))
    if (colon < 0) continue
    const after = lines.findIndex((line, at) => at > colon && !isBlank(line) && indent(line) <= depth)
    found.push({ top, body: colon + 1, end: after < 0 ? lines.length : after, depth })
    top = colon
  }
  return found
}

/** Where a load stands: its own line, with that of the `with open(…)` around it. */
function loadIn({ text }: Code): Readonly<{ handler: Handler; from: number; to: number; lines: readonly string[] }> | undefined {
  const lines = text.split(/\r?\n/)
  for (const handler of handlers(lines)) {
    const at = lines.findIndex((line, index) => index >= handler.body && index < handler.end && !isBlank(line) && loads.test(line))
    if (at < 0) continue
    const above = lines.slice(handler.body, at).join('\n')
    // Loaded once and kept: `if model is None`, `global model`.
    if (/\bglobal\s|\bis\s+None\b|\bnot\s+in\b|\bif\s+not\b/.test(above)) continue
    const opened = /^\s*with\s+open\(/.test(lines[at - 1] ?? '') && indent(lines[at - 1] ?? '') < indent(lines[at] ?? '')
    return { handler, from: opened ? at - 1 : at, to: at + 1, lines }
  }
  return undefined
}

/** A model is loaded for each request. */
export const loadPerRequest: Rule<DockerfileSubject> = {
  id: 'load-per-request',
  look: (subject) => {
    const code = serverCode(subject)
    const found = code && loadIn(code)
    if (!code || !found) return []
    const { handler, from, to, lines } = found
    const moved = lines.slice(from, to)
    const base = indent(moved[0] ?? '')
    const last = moved.at(-1) ?? ''
    // A whole statement, with nothing in it that the request brings.
    const whole = /^\s*\w+\s*=\s*[^#]*\)\s*(#.*)?$/.test(last) && (last.match(/\(/g) ?? []).length === (last.match(/\)/g) ?? []).length
    const given =
      lines
        .slice(handler.top, handler.body)
        .join(' ')
        .match(/\b[a-z_]\w*(?=\s*:)/gi) ?? []
    const free = !given.some((name) => new RegExp(`\\b${name}\\b`).test(moved.join(' ')))
    const alone = lines.slice(to, handler.end).every((line) => isBlank(line) || indent(line) <= base || moved.length === 1)
    const edits =
      whole && free && alone && handler.depth === 0
        ? [
            { line: handler.top + 1, remove: 0, insert: [...moved.map((line) => line.slice(base)), '', ''] },
            { line: from + 1, remove: to - from, insert: [] },
          ]
        : []
    return [
      {
        message: 'The model is loaded anew for each request.',
        why: 'Loading takes longer than predicting, and each request in flight holds a model of its own in memory. Loaded once, when the module is imported, it serves all.',
        at: { file: code.file, line: from + 1 },
        ...fixOf(code, edits),
        gain: { kind: 'time' },
      },
    ]
  },
}
