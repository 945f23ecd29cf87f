import { expandVariables } from '../../../build/dockerfile.ts'
import { commandPort } from '../../../smoke/choose-port.ts'
import { environmentOf } from '../../chain.ts'
import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Finding, Rule } from '../../rule.ts'
import { type Code, type ServerCommand, serverCode, serverCommand, withMoreWords } from '../../server.ts'

const loopback = /((?:--host|--bind|--server-name|-h|-b)(?:=|\s+|",\s*"))(?:127\.0\.0\.1|localhost|\[::1\])(?=[:"\s]|$)/

/** Servers that listen on 127.0.0.1 unless they are told otherwise: by an option, a variable, or a file of their own. */
const shy: readonly Readonly<{
  name: string
  started: RegExp
  told: RegExp
  variables: readonly string[]
  files?: readonly string[]
  more: readonly string[]
}>[] = [
  {
    name: 'gunicorn',
    started: /(^|[\s/])gunicorn(\s|$)/,
    told: /\s(-b|--bind|-c|--config)[\s=]|\s-b\S/,
    variables: ['PORT', 'GUNICORN_CMD_ARGS'],
    files: ['gunicorn.conf.py'],
    more: ['--bind', '0.0.0.0:8000'],
  },
  {
    name: 'hypercorn',
    started: /(^|[\s/])hypercorn(\s|$)/,
    told: /\s(-b|--bind|-c|--config)[\s=]/,
    variables: [],
    more: ['--bind', '0.0.0.0:8000'],
  },
  {
    name: 'uvicorn',
    started: /(^|[\s/])uvicorn(\s|$)/,
    told: /\s(--host|--uds|--fd)[\s=]/,
    variables: ['UVICORN_HOST'],
    more: ['--host', '0.0.0.0'],
  },
  {
    name: 'flask run',
    started: /(^|[\s/])flask\b.*\srun(\s|$)/,
    told: /\s(-h|--host)[\s=]/,
    variables: ['FLASK_RUN_HOST'],
    more: ['--host', '0.0.0.0'],
  },
  { name: 'fastapi dev', started: /(^|[\s/])fastapi\s+dev(\s|$)/, told: /\s--host[\s=]/, variables: [], more: ['--host', '0.0.0.0'] },
  {
    name: 'mlflow',
    started: /(^|[\s/])mlflow\s+(models\s+serve|server|ui)(\s|$)/,
    told: /\s(-h|--host)[\s=]/,
    variables: ['MLFLOW_HOST'],
    more: ['--host', '0.0.0.0'],
  },
]

const why = 'On 127.0.0.1 a server is heard in its own container only: no published port, no orchestrator and no other service reaches it.'
const gain = { kind: 'risk', text: 'nobody can reach the service' } as const

function byCommand(subject: DockerfileSubject, command: ServerCommand): readonly Finding[] {
  const at = { file: subject.file, line: command.by.at(-1)?.line ?? 1 }
  for (const instruction of command.by) {
    if (!loopback.test(instruction.text)) continue
    const { line } = instruction
    const fix = fixOf(subject, [changed(subject, instruction, loopback, '$10.0.0.0')])
    return [{ message: 'The server is told to listen on 127.0.0.1.', why, at: { ...at, line }, ...fix, gain }]
  }
  const server = shy.find(({ started }) => started.test(command.line))
  if (!server || server.told.test(` ${command.line}`)) return []
  const env = environmentOf(subject)
  if (server.variables.some((name) => env[name] !== undefined)) return []
  if (server.files?.some((file) => subject.sent.paths.some((path) => path === file || path.endsWith(`/${file}`)))) return []
  const fix = fixOf(subject, [withMoreWords(subject, command, server.more)])
  return [{ message: `${server.name} listens on 127.0.0.1 unless its command says another address.`, why, at, ...fix, gain }]
}

const calls = [
  { name: 'uvicorn.run()', call: /\buvicorn\.run\(([^()]*(?:\([^()]*\)[^()]*)*)\)/, option: 'host', variable: 'UVICORN_HOST' },
  {
    name: "Flask's run()",
    call: /\b(?:app|application|server)\.run\(([^()]*(?:\([^()]*\)[^()]*)*)\)/,
    option: 'host',
    needs: /\bflask\b/i,
    variable: 'FLASK_RUN_HOST',
  },
  {
    name: "Gradio's launch()",
    call: /\.launch\(([^()]*(?:\([^()]*\)[^()]*)*)\)/,
    option: 'server_name',
    needs: /\bgradio\b/,
    variable: 'GRADIO_SERVER_NAME',
  },
] as const

function byCode(subject: DockerfileSubject, code: Code): readonly Finding[] {
  const env = environmentOf(subject)
  for (const { name, call, option, variable, ...more } of calls) {
    const found = call.exec(code.text)
    if (!found || ('needs' in more && !more.needs.test(code.text)) || (option === 'server_name' && env[variable] !== undefined)) continue
    const [whole, given = ''] = found
    const host = new RegExp(`\\b${option}\\s*=\\s*(["'])(127\\.0\\.0\\.1|localhost)\\1`)
    const open = !new RegExp(`\\b${option}\\s*=`).test(given) && !/\*\*\w/.test(given)
    if (!open && !host.test(given)) continue
    const line = code.text.slice(0, found.index).split('\n').length
    const put = open
      ? whole.replace(/\)$/, `${given.trim() === '' || given.trim().endsWith(',') ? '' : ', '}${option}="0.0.0.0")`)
      : whole.replace(host, `${option}="0.0.0.0"`)
    const rows = code.text.split(/\r?\n/)
    const span = whole.split('\n').length
    const before = rows.slice(line - 1, line - 1 + span).join('\n')
    const edit = { line, remove: span, insert: before.replace(whole, () => put).split(/\r?\n/) }
    return [
      {
        message: `${name} listens on 127.0.0.1 unless ${option} says otherwise.`,
        why,
        at: { file: code.file, line },
        ...fixOf(code, [edit]),
        gain,
      },
    ]
  }
  return []
}

/** A server that only its own container can reach. */
export const loopbackServer: Rule<DockerfileSubject> = {
  id: 'loopback-server',
  look: (subject) => {
    const command = serverCommand(subject)
    if (!command) return []
    const found = byCommand(subject, command)
    if (found.length > 0 || !/(^|[\s/])python[\d.]*\s+(-\w+\s+)*\S+\.py/.test(command.line)) return found
    const code = serverCode(subject)
    return code ? byCode(subject, code) : []
  },
}

/** EXPOSE says another port than the one the command names. */
export const portMismatch: Rule<DockerfileSubject> = {
  id: 'port-mismatch',
  look: (subject) => {
    const command = serverCommand(subject)
    const env = { ...subject.args, ...environmentOf(subject) }
    const port = command && commandPort(command.words, env)
    const exposing = subject.chain.filter(({ keyword }) => keyword === 'EXPOSE')
    const exposed = exposing.flatMap(({ rest }) => expandVariables(rest, env).split(/\s+/))
    const [first] = exposing
    if (port === undefined || !first || exposed.length === 0 || !exposed.every((text) => /^\d+(\/(tcp|udp))?$/i.test(text))) return []
    if (exposed.some((text) => Number.parseInt(text, 10) === port)) return []
    const one = exposed.length === 1 && /^\d+/.test(first.rest)
    const edit = one ? changed(subject, first, /\d+/, String(port)) : changed(subject, first, /\s*$/, ` ${port}`)
    return [
      {
        message: `The command listens on port ${port}, EXPOSE says ${exposed.join(' ')}.`,
        why: 'Orchestrators, docker run -P, proxies and this action take the port from EXPOSE, and find nobody there.',
        at: { file: subject.file, line: first.line },
        ...fixOf(subject, [edit]),
        gain: { kind: 'risk', text: 'requests go to a port that nothing listens on' },
      },
    ]
  },
}
