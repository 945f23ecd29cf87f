/** A command as a Dockerfile has it: the text of a shell form, else the JSON of an exec form. */
export function commandLine(command: readonly string[]): string {
  const [shell, flag, ...rest] = command
  if (/^(\/bin\/)?(ba|da)?sh$/.test(shell ?? '') && flag === '-c' && rest.length > 0) return `CMD ${rest.join(' ')}`
  return `CMD [${command.map((word) => JSON.stringify(word)).join(', ')}]`
}

type Flags = Readonly<{ server: RegExp; host?: RegExp; port?: RegExp; bind?: RegExp; say: (port: number) => readonly string[] }>

/** The flags by which servers are told where to listen. */
const flags: readonly Flags[] = [
  { server: /\bgunicorn\b/, bind: /^(--bind|-b)(=.*)?$/, say: (port) => ['--bind', `0.0.0.0:${port}`] },
  {
    server: /\bstreamlit\b/,
    host: /^--server\.address(=.*)?$/,
    port: /^--server\.port(=.*)?$/,
    say: (port) => ['--server.address=0.0.0.0', `--server.port=${port}`],
  },
  {
    server: /\b(uvicorn|hypercorn|flask|fastapi|mlflow|bentoml|waitress-serve|vllm)\b/,
    host: /^(--host|-h|--bind|-b)(=.*)?$/,
    port: /^(--port|-p)(=.*)?$/,
    say: (port) => ['--host', '0.0.0.0', '--port', String(port)],
  },
]

/** The words without a flag and its value. */
function without(words: readonly string[], flag: RegExp | undefined): readonly string[] {
  if (!flag) return words
  return words.filter((word, index) => {
    const before = words[index - 1]
    return !flag.test(word) && !(before !== undefined && flag.test(before) && !before.includes('='))
  })
}

/**
 * The command so that it listens on all addresses at a port. Undefined where the program decides that by itself, in its
 * code.
 */
export function listeningCommand(command: readonly string[], port: number): string | undefined {
  const [shell, dashC, script, ...more] = command
  const shellForm = dashC === '-c' && script !== undefined && more.length === 0
  const words = shellForm ? script.split(/\s+/) : command
  const known = flags.find(({ server }) => words.slice(0, 4).some((word) => server.test(word)))
  if (!known) return undefined
  const bare = [known.host, known.port, known.bind].reduce<readonly string[]>(without, words)
  const told = [...bare, ...known.say(port)]
  return commandLine(shellForm ? [shell ?? 'sh', '-c', told.join(' ')] : told)
}
