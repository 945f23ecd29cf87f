import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianReleases, pythonReleases, type Release, ubuntuReleases } from '../src/advice/rules/dockerfile/releases.ts'
import { knownCauses } from '../src/build/causes.ts'
import { type Declared, declaredInputs } from '../src/inputs/declared.ts'
import { declaredMergeInputs } from '../src/inputs/declared-merge.ts'
import { ownRules, rules } from '../src/inspect/leaks/rules.ts'
import { declaredOutputs, mergeOutputs } from '../src/report/declared-outputs.ts'
import { presetNames } from '../src/smoke/presets/names.ts'
import type { Condition } from '../src/smoke/presets/preset.ts'
import { presets } from '../src/smoke/presets/table.ts'

/**
 * Makes action.yml and merge/action.yml, the tables of inputs and outputs, of the known causes and of the presets from what the code declares. With --check only
 * compares.
 */

const root = join(import.meta.dirname, '..')
const quoted = (text: string) => JSON.stringify(text)
const cell = (text: string) => text.replaceAll('|', '\\|')

type Table = Readonly<Record<string, Declared>>

const inputLines = (table: Table): readonly string[] =>
  Object.entries(table).map(([name, { help, default: value }]) => {
    const lines = [`  ${name}:`, `    description: ${quoted(help)}`, `    required: ${name === 'images'}`]
    return [...lines, ...(value === '' ? [] : [`    default: ${quoted(value)}`])].join('\n')
  })
const outputLines = (table: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(table).map(([name, help]) => `  ${name}:\n    description: ${quoted(help)}`)

export function actionYaml(): string {
  return [
    '# Made from src/inputs/declared.ts and src/report/declared-outputs.ts by: npm run docs',
    'name: ML Image',
    'description: Tests, builds and smoke-tests a model image in one step, and pushes the very image that passed',
    'author: The ML Image Action authors',
    'branding:',
    '  icon: package',
    '  color: blue',
    '',
    'inputs:',
    ...inputLines(declaredInputs),
    '',
    'outputs:',
    ...outputLines(declaredOutputs),
    '',
    'runs:',
    '  using: node24',
    '  main: dist/index.js',
    '  post: dist/index.js',
    '  post-if: always()',
    '',
  ].join('\n')
}

/** The sub-action: the same bundle, told by a word what is meant. */
export function mergeYaml(): string {
  return [
    '# Made from src/inputs/declared-merge.ts and src/report/declared-outputs.ts by: npm run docs',
    'name: ML Image Merge',
    'description: Joins images that jobs on several platforms have tested and pushed by digest into one, and sets its tags',
    'author: The ML Image Action authors',
    '',
    'inputs:',
    ...inputLines(declaredMergeInputs),
    '',
    'outputs:',
    ...outputLines(mergeOutputs),
    '',
    'runs:',
    '  using: node24',
    '  main: main.mjs',
    '  post: main.mjs',
    '  post-if: always()',
    '',
  ].join('\n')
}

export function inputTable(table: Table = declaredInputs): string {
  const rows = Object.entries(table).map(
    ([name, { help, default: value }]) => `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${cell(help)} |`,
  )
  return ['| Input | Default | What it is |', '|:--|:--|:--|', ...rows].join('\n')
}

export function outputTable(table: Readonly<Record<string, string>> = declaredOutputs): string {
  return ['| Output | What it is |', '|:--|:--|', ...Object.entries(table).map(([name, help]) => `| \`${name}\` | ${cell(help)} |`)].join(
    '\n',
  )
}

/** What is caught of a line has no value here. */
export function causeTable(): string {
  const rows = knownCauses.map(({ name, code, cause, fix }) => {
    const told = code === undefined ? '' : ` (\`${code}\`)`
    return `| \`${name}\`${told} | ${cell(cause.replace(/(\$\d)+/g, '…'))} | ${cell(fix)} |`
  })
  return ['| Name | Cause | Remedy |', '|:--|:--|:--|', ...rows].join('\n')
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'answers':
      return ''
    case 'not-falsy':
      return ', and does not say "not ready"'
    case 'value':
      return `, \`${condition.at.join('.')}\` is ${condition.is.map((value) => `\`${value}\``).join(' or ')}`
    case 'filled':
      return `, ${condition.at.length === 0 ? 'the answer' : `\`${condition.at.join('.')}\``} is not empty`
  }
}

/** What each preset expects of its server. */
export function presetTable(): string {
  const rows = presetNames.map((name) => {
    const { port, http, proof, source } = presets[name]
    const check = http?.ready ?? http?.health
    const ready = check === undefined ? (http ? 'the usual paths' : 'stays up') : `\`${check.path}\`${conditionText(check.condition)}`
    const by = source.startsWith('https://') ? `[${proof}](${source})` : proof
    return `| \`${name}\` | ${port ?? ''} | ${ready} | ${http ? `\`${http.predict.path}\`` : ''} | ${by} |`
  })
  return ['| Preset | Port | Ready when | Predicts at | Contract |', '|:--|:--|:--|:--|:--|', ...rows].join('\n')
}

/** What the leak check finds, and the files that a rule is for. */
export function ruleTable(): string {
  const own = Object.entries(ownRules).map(([id, what]) => `| \`${id}\` | ${what} |`)
  const rows = rules.map(
    ({ id, what, weight, path }) => `| \`${id}\` | ${what}${path ? ', by the name of its file' : ''}${weight ? ' (advice)' : ''} |`,
  )
  return ['| Rule | Finds |', '|:--|:--|', ...own, ...rows].join('\n')
}

/** The day on which the fixes of each base end. */
export function releaseTable(): string {
  const rows = (what: string, releases: readonly Release[]) => releases.map(({ name, ends }) => `| ${what} ${name} | ${ends} |`)
  const all = [...rows('Python', pythonReleases), ...rows('Debian', debianReleases), ...rows('Ubuntu', ubuntuReleases)]
  return ['| Base | No fixes from |', '|:--|:--|', ...all].join('\n')
}

/** Puts `table` between `<!-- name -->` and `<!-- /name -->`. */
export function fill(text: string, name: string, table: string): string {
  const open = `<!-- ${name} -->`
  const close = `<!-- /${name} -->`
  const from = text.indexOf(open)
  const to = text.indexOf(close)
  return from < 0 || to < 0 ? text : `${text.slice(0, from + open.length)}\n${table}\n${text.slice(to)}`
}

if (import.meta.main) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const troubleshooting = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8')
  const fanOut = readFileSync(join(root, 'docs', 'fan-out.md'), 'utf8')
  const leaks = readFileSync(join(root, 'docs', 'leaks.md'), 'utf8')
  const advice = readFileSync(join(root, 'docs', 'advice.md'), 'utf8')
  const servers = readFileSync(join(root, 'docs', 'servers.md'), 'utf8')
  const wanted = {
    'docs/servers.md': fill(servers, 'presets', presetTable()),
    'docs/advice.md': fill(advice, 'releases', releaseTable()),
    'docs/leaks.md': fill(leaks, 'rules', ruleTable()),
    'action.yml': actionYaml(),
    'merge/action.yml': mergeYaml(),
    'docs/fan-out.md': fill(fill(fanOut, 'inputs', inputTable(declaredMergeInputs)), 'outputs', outputTable(mergeOutputs)),
    'README.md': fill(fill(readme, 'inputs', inputTable()), 'outputs', outputTable()),
    'docs/troubleshooting.md': fill(troubleshooting, 'causes', causeTable()),
  }
  let stale = false
  for (const [name, text] of Object.entries(wanted)) {
    let now = ''
    try {
      now = readFileSync(join(root, name), 'utf8')
    } catch {
      // Made below.
    }
    if (now === text) continue
    if (process.argv.includes('--check')) {
      process.stderr.write(`${name} does not say what the code declares: run npm run docs\n`)
      stale = true
    } else writeFileSync(join(root, name), text)
  }
  if (stale) process.exitCode = 1
}
