import { socketText } from '../sockets.ts'
import { listeningCommand } from './command.ts'
import type { Diagnosis } from './diagnosis.ts'

/** Told by the sockets of the container: nobody was heard of, though it runs. */
export const listeningDiagnoses: readonly Diagnosis[] = [
  {
    code: 'bound-to-loopback',
    find: ({ listening = [], expected }, phase) => {
      const own = listening.filter(({ loopback }) => loopback)
      const socket = own.find(({ port }) => port === expected.port) ?? own[0]
      if (phase !== 'silent' || !socket || listening.some(({ loopback }) => !loopback)) return undefined
      const command = listeningCommand(expected.command, expected.port)
      return {
        proof: `listening inside: ${own.map(socketText).join(', ')}`,
        what: `The server listens on ${socketText(socket)}, which is the container itself: nobody outside reaches it.`,
        fix: command
          ? [command]
          : [`uvicorn.run(app, host="0.0.0.0", port=${expected.port})    # or app.run(host="0.0.0.0", port=${expected.port})`],
      }
    },
  },
  {
    code: 'tls-expected',
    find: ({ speaksTls, expected, exchanges }, phase) =>
      phase === 'silent' && speaksTls
        ? {
            proof: `https://127.0.0.1:${expected.port} answers with a certificate; http: ${exchanges.at(-1)?.error ?? 'no answer'}`,
            what: `Port ${expected.port} speaks TLS, and was asked in plain HTTP.`,
            fix: [
              '# serve plain HTTP in the container: without --ssl-keyfile and --ssl-certfile (uvicorn), --keyfile and --certfile (gunicorn)',
            ],
          }
        : undefined,
  },
  {
    code: 'wrong-port',
    find: ({ listening = [], expected }, phase) => {
      const open = listening.filter(({ loopback }) => !loopback)
      const [socket] = open
      if (phase !== 'silent' || !socket || listening.some(({ port }) => port === expected.port)) return undefined
      const command = listeningCommand(expected.command, expected.port)
      return {
        proof: `listening inside: ${open.map(socketText).join(', ')}`,
        what: `The server listens on port ${socket.port}, and was looked for on ${expected.port} (${expected.portFrom}).`,
        fix: [`port: ${socket.port}`, `# or in the Dockerfile: EXPOSE ${socket.port}`, ...(command ? [`# or: ${command}`] : [])],
      }
    },
  },
]

/** When nothing in the log is known either. */
export const silentDiagnoses: readonly Diagnosis[] = [
  {
    code: 'not-answering',
    find: ({ listening = [], expected, exchanges }, phase) => {
      const socket = listening.find(({ port }) => port === expected.port)
      if (phase !== 'silent' || !socket) return undefined
      return {
        proof: `listening inside: ${socketText(socket)}; ${exchanges.at(-1)?.error ?? 'no answer'}`,
        what: `The server listens on ${socketText(socket)} and answers nothing: its start, or the handler of the health path, hangs.`,
        fix: ['start-timeout: 5m', '# better: load the model before the server listens, and keep the health path free of work'],
      }
    },
  },
]
