import { commandPort } from '../../../smoke/choose-port.ts'
import { environmentOf, lastOf } from '../../chain.ts'
import { before, fixOf, replaced } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { serverCode, serverCommand } from '../../server.ts'
import { commandsOf, systemPackages } from '../../shell.ts'
import { referenceOf } from './base.ts'

const serves = /(^|[\s/"'])(uvicorn|gunicorn|hypercorn|flask|fastapi|mlflow|bentoml|waitress-serve|litserve)(\s|$|["'])/

/** Python of the image asks by itself: a slim base has neither curl nor wget. */
const asking = (url: string) => `CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('${url}', timeout=3)"]`
const connecting = (port: number) => `CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', ${port}), timeout=3)"]`

const hasPython = ({ base, chain }: DockerfileSubject) =>
  /(^|\/)python$/.test(referenceOf(base).name) ||
  chain.some((one) => commandsOf(one).some((command) => systemPackages(command)?.includes('python-is-python3')))

function portOf(subject: DockerfileSubject): number | undefined {
  const command = serverCommand(subject)
  const env = { ...subject.args, ...environmentOf(subject) }
  const told = command && commandPort(command.words, env)
  const exposed = Number.parseInt(lastOf(subject, 'EXPOSE')?.rest ?? '', 10)
  return told ?? (Number.isNaN(exposed) ? undefined : exposed)
}

/** A server without HEALTHCHECK. */
export const noHealthcheck: Rule<DockerfileSubject> = {
  id: 'no-healthcheck',
  look: (subject) => {
    const command = serverCommand(subject)
    const last = command?.by.at(-1)
    if (!command || !last || !serves.test(command.line) || lastOf(subject, 'HEALTHCHECK')) return []
    const port = portOf(subject)
    const [, path] = /["'](\/(?:api\/)?(?:healthz?|health_check|readyz?|ping|livez))["']/.exec(serverCode(subject)?.text ?? '') ?? []
    const check =
      port === undefined || !hasPython(subject)
        ? undefined
        : path === undefined
          ? connecting(port)
          : asking(`http://127.0.0.1:${port}${path}`)
    const lines = ['HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\', `    ${check}`]
    return [
      {
        message: 'There is no HEALTHCHECK.',
        why: 'Docker, Compose (depends_on: service_healthy) and Swarm take a server that hangs, or has not loaded its model, for a good one. Kubernetes has probes of its own.',
        at: { file: subject.file, line: last.line },
        ...(check === undefined ? {} : fixOf(subject, [before(subject, command.by[0] ?? last, lines)])),
        gain: { kind: 'risk', text: 'a hanging server counts as up' },
      },
    ]
  },
}

const bare = /(^|[-.\d])slim|^(bookworm|bullseye|buster|trixie|\d+)(-slim)?$/

/** What a base image is known to lack. */
function lacks(base: string, tool: string): boolean {
  const { name, tag } = referenceOf(base)
  if (name === 'python' || name === 'node') return /alpine/.test(tag) ? tool === 'curl' : bare.test(tag) && /slim/.test(tag)
  if (name === 'alpine') return tool === 'curl'
  return /^(debian|ubuntu|nvidia\/cuda)$/.test(name)
}

/** HEALTHCHECK calls a tool that the image does not have. */
export const healthcheckTool: Rule<DockerfileSubject> = {
  id: 'healthcheck-tool',
  look: (subject) => {
    const check = lastOf(subject, 'HEALTHCHECK')
    const [, tool] = /\bCMD\b.*?\b(curl|wget)\b/s.exec(check?.text ?? '') ?? []
    if (!check || tool === undefined || !lacks(subject.base, tool)) return []
    const installed = subject.chain.some((one) => commandsOf(one).some((command) => systemPackages(command)?.includes(tool)))
    const copied = subject.chain.some(({ keyword, text }) => /^(COPY|ADD)$/.test(keyword) && new RegExp(`/${tool}\\b`).test(text))
    if (installed || copied) return []
    const [, url] = /(https?:\/\/[^\s"'|]+)/.exec(check.text) ?? []
    const flags = check.flags.join(' ')
    const lines = [`HEALTHCHECK ${flags}${flags === '' ? '' : ' '}\\`, `    ${asking(url ?? '')}`]
    const python = hasPython(subject) && url !== undefined && !/[$`]/.test(url)
    return [
      {
        message: `HEALTHCHECK calls ${tool}, which ${subject.base} does not have: the container is never healthy.`,
        why: 'The check fails whatever the server does, and an orchestrator ends the service again and again.',
        at: { file: subject.file, line: check.line },
        ...(python ? fixOf(subject, [replaced(check, lines)]) : {}),
        gain: { kind: 'risk', text: 'a healthy server is ended as unhealthy' },
      },
    ]
  },
}
