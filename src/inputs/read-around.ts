import { resolve } from 'node:path'
import type { InputName } from './declared.ts'
import { parseEnvFile } from './env-file.ts'
import type { SmokeInputs } from './inputs.ts'
import { Invalid, parseBoolean, parseLines, parseShellWords } from './parse.ts'
import type { Reader } from './reader.ts'

type Around = Pick<SmokeInputs, 'command' | 'offline' | 'compose' | 'gateCommand'>

/** Absolute paths of the files that an input names, one a line, from `base`; those that cannot be read are problems. */
function readFiles(reader: Reader, input: InputName, base: string): readonly string[] {
  return parseLines(reader.text(input) ?? '').flatMap((name) => {
    const path = resolve(base, name)
    const kind = reader.files.kind(path)
    if (kind !== 'file') reader.complain(input, kind === undefined ? 'is not there' : 'is a folder, not a file', name)
    else if (!reader.inside(path)) reader.complain(input, 'is outside the workspace', name)
    else return [path]
    return []
  })
}

/** The variables of run-env-file; of several files the later wins. */
export function readEnvFiles(reader: Reader, base: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {}
  for (const path of readFiles(reader, 'run-env-file', base)) {
    try {
      Object.assign(variables, parseEnvFile(reader.files.readText(path) ?? '', reader.env))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      reader.complain('run-env-file', `is no env file: ${error.message}`)
    }
  }
  return variables
}

/** What runs around the container: the stack it is in, the network it is cut off from, the command behind it. */
export function readAround(reader: Reader, base: string): Around {
  const command = reader.parsed('run-command', (text) => {
    const words = parseShellWords(text)
    if (words.length === 0) throw new Invalid('holds no word')
    return words
  })
  const offline = reader.required('offline', parseBoolean)
  const files = readFiles(reader, 'compose-file', base)
  const asked = reader.text('compose-file') !== undefined
  const service = reader.text('compose-service')
  if (service !== undefined && !asked) reader.complain('compose-service', 'is given without compose-file')
  if (asked && reader.text('run-args') !== undefined)
    reader.complain('run-args', 'has no meaning with compose-file: write it into the service of the stack')
  if (offline && /(^|\s)--net(work)?(=|\s)/.test(reader.text('run-args') ?? ''))
    reader.complain('run-args', 'names a network, which offline: true takes away')
  const gateCommand = reader.text('gate-command')
  return {
    ...(command === undefined ? {} : { command }),
    offline,
    ...(files.length > 0 ? { compose: { files, ...(service === undefined ? {} : { service }) } } : {}),
    ...(gateCommand === undefined ? {} : { gateCommand }),
  }
}
