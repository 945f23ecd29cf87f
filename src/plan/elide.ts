import { looksSecret } from '../host/environment.ts'

const hidden = '***'

/** `NAME=VALUE` without the value; `NAME` alone has none. */
function withoutValue(word: string): string {
  const at = word.indexOf('=')
  return at < 0 ? word : `${word.slice(0, at)}=${hidden}`
}

/** A text without the secrets that are known. */
export function elideText(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret.length > 3).reduce((shown, secret) => shown.replaceAll(secret, hidden), text)
}

/**
 * A docker command that can be shown: without the values of a container's variables, which may all be secret, of build
 * arguments whose name says that they are, and without the secrets that are known.
 */
export function elideArgv(argv: readonly string[], secrets: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    const before = argv[index - 1]
    if (before === '--env' || before === '-e') return withoutValue(word)
    const joined = /^(--env=|-e=?)([A-Za-z_].*)$/s.exec(word)
    if (joined) return `${joined[1]}${withoutValue(joined[2] ?? '')}`
    if (before === '--build-arg' && looksSecret(word.split('=')[0] ?? '')) return withoutValue(word)
    return elideText(word, secrets)
  })
}
