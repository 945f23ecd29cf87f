import { type Declared, declaredInputs, type InputGroup } from '../inputs/declared.ts'
import { declaredMergeInputs } from '../inputs/declared-merge.ts'
import { wrap } from '../report/wrap.ts'

/** How wide a help may be, and from where on it is too narrow for two columns. */
const widest = 110
const narrowest = 60

const headings: Readonly<Record<InputGroup, string>> = {
  image: 'Image',
  credentials: 'Credentials',
  test: 'Test',
  build: 'Build',
  cache: 'Layer cache',
  smoke: 'Smoke test',
  gates: 'Gates',
  after: 'After the gates',
}

type Line = Readonly<{ name: string; help: string }>

/** Names in a column, what they mean beside them; in a narrow terminal below. */
function columns(lines: readonly Line[], width: number): readonly string[] {
  const longest = Math.max(...lines.map(({ name }) => name.length))
  const left = longest + 4
  return lines.flatMap(({ name, help }) => {
    if (width < narrowest) return [`  ${name}`, ...wrap(help, width - 6).map((line) => `      ${line}`)]
    return wrap(help, width - left).map((line, index) => (index === 0 ? `  ${name.padEnd(longest)}  ${line}` : ' '.repeat(left) + line))
  })
}

function inputLines(table: Readonly<Record<string, Declared>>, width: number): readonly string[] {
  const groups = Object.keys(headings) as readonly InputGroup[]
  const longest = Math.max(...Object.keys(table).map((name) => name.length)) + 2
  return groups.flatMap((group) => {
    const lines = Object.entries(table).flatMap(([name, { group: own, help, default: value }]) => {
      const shown = value === '' || value.startsWith('${{') ? '' : ` [${value}]`
      return own === group ? [{ name: `--${name}`.padEnd(longest), help: help + shown }] : []
    })
    return lines.length === 0 ? [] : ['', `${headings[group]}:`, ...columns(lines, width)]
  })
}

const text = (paragraphs: readonly string[], width: number) => paragraphs.flatMap((one) => ['', ...wrap(one, width)])
const bounded = (width: number) => Math.min(width, widest)
const exits = 'exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry'

const shown: readonly Line[] = [
  { name: '--format FORMAT', help: 'What stdout gets at the end: text, markdown (the job summary), or json (the report). [text]' },
  { name: '--json', help: 'The same as --format json.' },
  { name: '--record FILE', help: 'Write the answers of the image to that samples file, and expect them from then on.' },
  { name: '--version', help: 'Print the version, and end.' },
]

/** What `--help` prints: the table of inputs, by its groups. */
export function helpText(columnsThere: number): string {
  const width = bounded(columnsThere)
  return [
    'usage: ml-image-action --images NAME [--INPUT VALUE ...]',
    '       ml-image-action init [--dry-run] [--image NAME]',
    '       ml-image-action report FILE [--format text|markdown|html] [--output FILE]',
    '       ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
    ...text(
      [
        'Tests, builds and smoke-tests the image of this folder, as the GitHub Action does; pushes it with --push true.',
        'Flags are the inputs of the Action. Switches may stand alone (--dry-run); a value that begins with dashes goes behind an equals sign. The password is read from a file (--password @FILE) or ML_IMAGE_PASSWORD. The log goes to stderr.',
      ],
      width,
    ),
    '',
    'Command line:',
    ...columns(shown, width),
    ...inputLines(declaredInputs, width),
    '',
    ...wrap(exits, width),
  ].join('\n')
}

/** What `merge --help` prints. */
export function mergeHelpText(columnsThere: number): string {
  const width = bounded(columnsThere)
  return [
    'usage: ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
    ...text(['Joins images that were pushed by digest, each with the record of its gates, and sets the tags with --push true.'], width),
    ...inputLines(declaredMergeInputs, width),
  ].join('\n')
}

/** What `report --help` prints. */
export function reportHelpText(columnsThere: number): string {
  const width = bounded(columnsThere)
  const flags: readonly Line[] = [
    {
      name: '--format FORMAT',
      help: 'text, markdown (the job summary), or html (one page that needs nothing else). Default: by the ending of --output, else text.',
    },
    { name: '--output FILE', help: 'Where to write it. Default: stdout.' },
  ]
  return [
    'usage: ml-image-action report FILE [--format text|markdown|html] [--output FILE]',
    ...text(['Shows the report of a run: the file of the input report-file, of the output report, or what --json gave.'], width),
    '',
    ...columns(flags, width),
    '',
    ...wrap('exit codes: 0 shown, 2 the file is no report of this version', width),
  ].join('\n')
}

/** What `init --help` prints. */
export function initHelpText(columnsThere: number): string {
  const width = bounded(columnsThere)
  const flags: readonly Line[] = [
    { name: '--dry-run', help: 'Print the files, and write none.' },
    { name: '--image NAME', help: 'What the workflow pushes. Default: ghcr.io with the name of the repository.' },
    { name: '--python VERSION', help: 'Python of the image, such as 3.12. Default: what the files of the project say.' },
    { name: '--only PARTS', help: 'Write these alone: workflow, dockerfile, dockerignore, samples, with commas.' },
  ]
  return [
    'usage: ml-image-action init [--dry-run] [--image NAME] [--python VERSION] [--only PARTS]',
    ...text(
      [
        'Looks at the project in this folder, and writes the workflow, and as far as they are not there a Dockerfile, its .dockerignore and a samples file. Runs nothing but git, and never writes over a file.',
      ],
      width,
    ),
    '',
    ...columns(flags, width),
    '',
    ...wrap('exit codes: 0 written, or nothing to write; 2 a flag is wrong, or no server was recognised and there is no Dockerfile', width),
  ].join('\n')
}
