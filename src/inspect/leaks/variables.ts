import { entropyOf, isPlaceholder } from './placeholder.ts'

/** Names whose last word says that the value is secret; after BuildKit's check SecretsUsedInArgOrEnv, which takes any word. */
const secretName =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)|pword|secret|token|api[_-]?key|(?:access|secret|private|auth|encryption|signing|account|session|master)[_-]?key|credentials?)\d*$|[_.-](?:pass|pwd)\d*$/i
/** A key may be anything: its value decides. */
const keyName = /(?:^|[_.-])key\d*$/i
const publicName =
  /(?:^|[_.-])(?:public|pub|gpg|pgp|fingerprint|cache|primary|foreign|partition|sort|index|publishable|no|pad|eos|bos|unk|sep|cls|mask|stop)[_.-]/i

/** Whether a variable of this name is meant to hold a secret. */
function isSecretName(name: string): boolean {
  return secretName.test(name) && !publicName.test(name)
}

const plainWords = /^[A-Za-z]+(?:[ _.:/-][A-Za-z]+)*$/
const path = /^(?:[.~]{0,2}|[A-Za-z]:|\$\w+)?(?:[/\\][\w.@ -]+)+[/\\]?$/
const number = /^[\d.,:_-]{1,11}$/
const reference = /^(?:[a-z][a-z0-9+.-]*:\/\/|arn:|projects\/|op:\/\/|vault:|secret:|env:|file:|sm:\/\/|\$|%|\{\{|<)/i

/** Whether a value can be a secret: no word, path, number, address or placeholder. */
function isSecretValue(value: string): boolean {
  if (value.length < 6 || value.length > 4096 || isPlaceholder(value)) return false
  if (plainWords.test(value) || number.test(value) || reference.test(value)) return false
  return !(path.test(value) && entropyOf(value) < 4.5) && entropyOf(value) >= 2.3
}

/** Whether `name=value` gives a secret away. */
export function givesSecret(name: string, value: string): boolean {
  if (isSecretName(name)) return isSecretValue(value)
  const random = value.length >= 20 && /\d/.test(value) && /[A-Za-z]/.test(value) && entropyOf(value) >= 3.3
  return keyName.test(name) && !publicName.test(name) && random && /^[\w+/=.~-]+$/.test(value) && isSecretValue(value)
}
