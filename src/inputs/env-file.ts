import { Invalid } from './parse.ts'

/**
 * Variables of a file in the format of `docker run --env-file` (docker/cli, pkg/kvfile): `NAME=value`, the value as it
 * is, quotes and `#` included; `NAME` alone takes it from `job`; lines that start with `#` and empty ones are none.
 * A name alone that the job has not is an error here. Later lines win. @throws Invalid, with the number of the line
 */
export function parseEnvFile(text: string, job: Readonly<Record<string, string | undefined>> = {}): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {}
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trimStart()
    if (line === '' || line.startsWith('#')) continue
    const wrong = (reason: string) => new Invalid(`line ${index + 1} ${reason}`)
    const at = line.indexOf('=')
    const name = at < 0 ? line : line.slice(0, at)
    if (/^export\s/.test(name)) throw wrong('starts with export: docker takes NAME=value alone')
    if (name === '') throw wrong('has no name before the =')
    if (/\s/.test(name)) throw wrong('has a space in the name of the variable')
    if (/[\0\ufffd]/.test(line)) throw wrong('is no UTF-8 text')
    const value = at < 0 ? job[name] : line.slice(at + 1)
    if (value === undefined) throw wrong('takes a variable from the job, where it is not set')
    variables[name] = value
  }
  return variables
}
