import { type Place, type Sign, sign } from './diagnosis.ts'

const envFix = ([, name = 'NAME']: readonly string[]) => [
  'run-env: |',
  `  ${name}=value`,
  `# or a default in the Dockerfile: ENV ${name}=value`,
]
const wants = 'The service wants the variable $1, which the container does not have.'

/** The lines of its traceback. */
const above = ({ lines, index }: Place) => lines.slice(Math.max(0, index - 6), index)

/** Whether the error comes from the environment: at the start by what it is called, later by its traceback alone. */
const readsEnvironment = (_: readonly string[], place: Place) =>
  place.phase === 'stopped' || above(place).some((line) => /environ|<frozen os>|os\.py/.test(line))

/** Settings of pydantic: the line after the headline names the field, the one after that says what is wrong with it. */
const settings: Sign = {
  code: 'env-missing',
  read: (line, { lines, index, phase }) => {
    const [, type = ''] = /validation errors? for (\w+)/.exec(line) ?? []
    if (type === '') return undefined
    const below = lines.slice(index + 1, index + 30)
    // Of another name it is one if it was read from nothing while the service started.
    if (!/Settings|Config|Env/.test(type) && !(phase === 'stopped' && below.some((one) => /input_value=\{\}/.test(one)))) return undefined
    const fields = below.filter((_, at) => /^\s+field required/i.test(below[at + 1] ?? '')).map((field) => field.trim().toUpperCase())
    if (fields.length === 0) return undefined
    return {
      what: `The settings (${type}) want ${fields.join(', ')}, which the container does not have.`,
      fix: ['run-env: |', ...fields.map((field) => `  ${field}=value`), '# with their env_prefix before the name, if they have one'],
    }
  },
}

/** `os.getenv` gives None for what is not there, and something else stumbles over it. */
const none: Sign = {
  code: 'env-missing',
  read: (line, place) => {
    if (!/^(?:TypeError|AttributeError|ValueError): .*None/.test(line)) return undefined
    const [, name] = /(?:getenv|environ\.get)\(\s*['"](\w+)['"]\s*\)/.exec(above(place).join('\n')) ?? []
    return name === undefined ? undefined : { what: wants.replace('$1', name), fix: envFix(['', name]) }
  },
}

/** A variable that the container does not have. */
export const environmentSigns: readonly Sign[] = [
  settings,
  none,
  sign('env-missing', /^KeyError: '([A-Z][A-Z0-9]*_?[A-Z0-9_]+)'$/, wants, envFix, readsEnvironment),
  sign(
    'env-missing',
    /[Ee]nv(?:ironment)?[ _][Vv]ar(?:iable)?s?:? ['"`]?([A-Z][A-Z0-9_]+)['"`]? (?:is |was |are )?(?:not set|missing|required|not found|must be set|undefined)/,
    wants,
    envFix,
  ),
  sign(
    'env-missing',
    /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)['"`]? (?:environment variable )?(?:is not set|is required|must be set|is missing|not set\b)|\b(\w+) not found\. Declare it as envvar/,
    wants,
    envFix,
  ),
  sign(
    'env-missing',
    /(?:[Mm]issing|[Rr]equired) (?:required )?environment variables?:? ['"`[]*([A-Z][A-Z0-9_]+)|(\w+): (?:unbound variable|parameter null or not set|parameter not set)/,
    wants,
    envFix,
  ),
]
