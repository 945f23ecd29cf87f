import { environmentOf, lastOf, variablesOf } from '../../chain.ts'
import { changed, execLine, fixOf, replaced } from '../../edit.ts'
import type { DockerfileSubject, Finding, Rule } from '../../rule.ts'
import { type ServerCommand, serverCode, serverCommand, withWord } from '../../server.ts'

const why =
  'A server of development watches files, shows tracebacks (Flask: with a console that runs code) and takes one request after the other.'
const gain = { kind: 'risk', text: 'tracebacks and a console for everybody, one request at a time' } as const

function inCommand(subject: DockerfileSubject, command: ServerCommand): readonly Finding[] {
  const at = { file: subject.file, line: command.by.at(-1)?.line ?? 1 }
  const option = ['--reload', '--debug'].find((word) => command.words.includes(word) || new RegExp(`\\s${word}(\\s|$)`).test(command.line))
  const served = /(^|[\s/])(uvicorn|gunicorn|hypercorn|flask|fastapi|mlflow|bentoml)(\s|$)/.test(command.line)
  if (option !== undefined && served && !/(^|[\s/])flask\s/.test(command.line))
    return [
      {
        message: `The server is started with ${option}.`,
        why,
        at,
        ...fixOf(subject, [withWord(subject, command, option, undefined)]),
        gain,
      },
    ]
  if (/(^|[\s/])fastapi\s+dev(\s|$)/.test(command.line))
    return [
      { message: 'The server is started by "fastapi dev".', why, at, ...fixOf(subject, [withWord(subject, command, 'dev', 'run')]), gain },
    ]
  if (!/(^|[\s/])flask\s+(.*\s)?run(\s|$)/.test(command.line)) return []
  return [{ message: 'The server is started by "flask run", which is for development.', why, at, ...gunicornFix(subject, command), gain }]
}

/** `gunicorn` in the place of `flask run`, where it is among the requirements. */
function gunicornFix(subject: DockerfileSubject, { line, by }: ServerCommand): { fix?: string } {
  const { sent } = subject
  const requirements = sent.paths.filter((path) => /(^|\/)requirements[\w.-]*\.txt$|(^|\/)pyproject\.toml$/.test(path))
  const [only] = by
  if (by.length !== 1 || !only?.words || !requirements.some((path) => /^\s*"?gunicorn\b/m.test(sent.read(path) ?? ''))) return {}
  const env = environmentOf(subject)
  const module = (/(?:--app|-A)[\s=]([\w./:]+)/.exec(line)?.[1] ?? env['FLASK_APP'] ?? 'app').replace(/\.py$/, '').replaceAll('/', '.')
  const port = /(?:-p|--port)[\s=](\d+)/.exec(line)?.[1] ?? env['FLASK_RUN_PORT'] ?? '5000'
  const application = module.includes(':') ? module : `${module}:app`
  return fixOf(subject, [replaced(only, [execLine('CMD', ['gunicorn', '--bind', `0.0.0.0:${port}`, application])])])
}

const debugging = /^(FLASK_DEBUG|FLASK_ENV|DEBUG)$/

function inEnvironment(subject: DockerfileSubject): readonly Finding[] {
  for (const instruction of subject.chain) {
    const set = variablesOf(instruction).find(([name, value]) =>
      name === 'FLASK_ENV' ? value === 'development' : name === 'FLASK_DEBUG' && /^(1|true|on|yes)$/i.test(value),
    )
    if (!set || !debugging.test(set[0]) || lastOf(subject, 'CMD') === undefined) continue
    const alone = variablesOf(instruction).length === 1
    const edit = alone
      ? replaced(instruction, [])
      : changed(subject, instruction, new RegExp(`${set[0]}=\\S+`), `${set[0]}=${set[0] === 'FLASK_ENV' ? 'production' : '0'}`)
    return [
      {
        message: `${set[0]}=${set[1]} turns the debugger on.`,
        why,
        at: { file: subject.file, line: instruction.line },
        ...fixOf(subject, [edit]),
        gain,
      },
    ]
  }
  return []
}

/** `debug=True`, `reload=True` in the code that the command starts as a script. */
function inCode(subject: DockerfileSubject, command: ServerCommand): readonly Finding[] {
  const code = /\.py(\s|$)/.test(command.line) ? serverCode(subject) : undefined
  const found = code && /^(?!\s*#).*\.run\([^#\n]*?(,\s*)?\b(debug|reload)\s*=\s*True/m.exec(code.text)
  if (!code || !found) return []
  const option = found[2] ?? 'debug'
  const line = code.text.slice(0, found.index).split('\n').length
  const before = code.text.split(/\r?\n/)[line - 1] ?? ''
  const edit = { line, remove: 1, insert: [before.replace(new RegExp(`\\b${option}\\s*=\\s*True`), `${option}=False`)] }
  return [{ message: `The code starts its server with ${option}=True.`, why, at: { file: code.file, line }, ...fixOf(code, [edit]), gain }]
}

/** A server of development in an image that ships. */
export const developmentServer: Rule<DockerfileSubject> = {
  id: 'development-server',
  look: (subject) => {
    const command = serverCommand(subject)
    if (!command) return []
    return [...inCommand(subject, command), ...inEnvironment(subject), ...inCode(subject, command)]
  },
}
