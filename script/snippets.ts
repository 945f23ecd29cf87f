import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { workflowText } from '../src/init/workflow.ts'
import { declaredInputs } from '../src/inputs/declared.ts'

/**
 * Takes the YAML blocks out of the documents, and makes a whole workflow of each, for the linters. As a command: into a
 * folder, as they are published and once more with this checkout in the place of the action.
 */

/** A YAML block, without the indent of its fence. */
export type Snippet = Readonly<{ file: string; line: number; text: string }>

/** What a block is part of. Samples are no part of a workflow. */
export type SnippetKind = 'workflow' | 'workflow-keys' | 'jobs' | 'permissions' | 'steps' | 'inputs' | 'samples'

type Fields = Readonly<Record<string, unknown>>

const root = join(import.meta.dirname, '..')
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by))
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

function dedented(text: string): string {
  const indents = [...text.matchAll(/^( *)\S/gm)].map(([, indent = '']) => indent.length)
  return text.replace(new RegExp(`^ {${Math.min(...indents)}}`, 'gm'), '')
}

/** Every YAML block of a Markdown document, also of one in a list. */
export function snippetsOf(file: string, markdown: string): readonly Snippet[] {
  return [...markdown.matchAll(/^( *)```ya?ml\n(.*?)^\1```$/gms)].map((found) => ({
    file,
    line: markdown.slice(0, found.index).split('\n').length,
    text: dedented(found[2] ?? ''),
  }))
}

/** What the block of a document is, by its keys. @throws Error if it is nothing that is known */
export function kindOf({ file, line, text }: Snippet): SnippetKind {
  const content: unknown = parse(text, { logLevel: 'error' })
  if (Array.isArray(content) && content.length > 0) {
    const every = (...keys: readonly string[]) => content.every((item) => isFields(item) && keys.some((key) => key in item))
    if (every('uses', 'run')) return 'steps'
    if (every('request')) return 'samples'
  }
  if (isFields(content)) {
    const keys = Object.keys(content)
    const only = (...names: readonly string[]) => keys.length > 0 && keys.every((key) => names.includes(key))
    if (keys.includes('jobs')) return 'workflow'
    if (only('permissions')) return 'permissions'
    if (only('on', 'concurrency', 'env')) return 'workflow-keys'
    if (only(...Object.keys(declaredInputs))) return 'inputs'
    if (keys.length > 0 && Object.values(content).every((value) => isFields(value) && 'runs-on' in value)) return 'jobs'
  }
  throw new Error(`${file}:${line}: a YAML block that is no part of a workflow, no list of inputs and no list of samples`)
}

/** What a workflow of the documents has by itself where the block does not say it. */
const head: Readonly<Record<string, string>> = {
  name: 'name: image',
  on: 'on: push',
  permissions: 'permissions: {}',
  concurrency: 'concurrency:\n  group: image-${{ github.ref }}\n  cancel-in-progress: true',
}
const checkout = '- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n'

function job(steps: string, permissions = 'permissions:\n  contents: read\n'): string {
  return `image:\n  name: image\n  runs-on: ubuntu-latest\n${indented(permissions, 2)}  steps:\n${indented(checkout + steps, 4)}`
}

function actionStep(inputs = ''): string {
  const images = /^images:/m.test(inputs) ? '' : 'images: ghcr.io/${{ github.repository }}\n'
  return `- uses: org/ml-image-action@v1\n  with:\n${indented(images + inputs, 4)}`
}

function whole(keys: string, jobs: string): string {
  const given = parse(`${keys}\n`, { logLevel: 'error' }) as Fields | null
  const missing = Object.entries(head).flatMap(([name, text]) => (given && name in given ? [] : [text]))
  return `${[...missing, keys].filter(Boolean).join('\n')}\njobs:\n${indented(jobs, 2)}`
}

/** The jobs that others of a block need and that it leaves out. */
function needed(jobs: string): string {
  const given = parse(jobs, { logLevel: 'error' }) as Readonly<Record<string, Readonly<{ needs?: string | readonly string[] }>>>
  const names = new Set(Object.values(given).flatMap(({ needs = [] }) => needs))
  const outside = [...names].filter((name) => !(name in given))
  return outside.map((name) => `${name}:\n  name: ${name}\n  runs-on: ubuntu-latest\n  steps:\n    - run: make\n`).join('')
}

/** A workflow that holds what the block says, and else what a careful one would say. @throws Error for a block of samples */
export function workflowOf(snippet: Snippet): string {
  const { text } = snippet
  const kind = kindOf(snippet)
  switch (kind) {
    case 'workflow': {
      // What begins like a whole one is copied as it stands.
      if (/^on:/m.test(text)) return text
      const [keys = '', jobs = ''] = text.split(/^jobs:\n/m)
      return whole(keys.trimEnd(), dedented(jobs))
    }
    case 'workflow-keys':
      return whole(text.trimEnd(), job(actionStep()))
    case 'jobs':
      return whole('', needed(text) + text)
    case 'permissions':
      return whole('', job(actionStep(), text))
    case 'steps':
      return whole('', job(text))
    case 'inputs':
      return whole('', job(actionStep(text)))
    case 'samples':
      throw new Error(`${snippet.file}:${snippet.line} holds samples, which are no part of a workflow`)
  }
}

/** The documents with YAML in them, from the root of the checkout. */
export function documents(): readonly string[] {
  const inFolder = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name))
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...inFolder('docs'), ...inFolder('examples')].sort()
}

/** Every YAML block of every document. */
export function allSnippets(): readonly Snippet[] {
  return documents().flatMap((file) => snippetsOf(file, readFileSync(join(root, file), 'utf8')))
}

/** What `init` writes where it has to say much. */
const initialised = workflowText({
  image: 'ghcr.io/${{ github.repository }}/iris',
  branch: 'release/v1@x',
  checkout: [
    { name: 'lfs', value: 'true' },
    { name: 'submodules', value: 'true' },
  ],
  inputs: [
    { name: 'working-directory', value: 'services/iris: the first' },
    { name: 'accept', value: 'no-tests', why: 'there are none yet' },
    { name: 'predict-path', value: '/score' },
  ],
})

/** The workflows of the examples, from the root of the checkout. */
export function exampleWorkflows(): readonly string[] {
  const folders = readdirSync(join(root, 'examples')).map((name) => join('examples', name, '.github', 'workflows'))
  return folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
}

/** The workflows that are there to be copied: those of the documents and of the examples, and what `init` writes. */
function published(): ReadonlyMap<string, string> {
  const blocks = allSnippets().filter((snippet) => kindOf(snippet) !== 'samples')
  return new Map([
    ['init.yml', initialised],
    ...blocks.map((snippet) => [`${snippet.file.replaceAll('/', '-')}-${snippet.line}.yml`, workflowOf(snippet)] as const),
    ...exampleWorkflows().map(
      (path) => [path.replaceAll(/\/|\.github\/workflows\//g, '-'), readFileSync(join(root, path), 'utf8')] as const,
    ),
  ])
}

/**
 * In documents an action is named by its version, to be read; docs/security.md says how to pin it. All other rules of zizmor
 * hold for them as for the workflows of this repository.
 */
const zizmor = 'rules:\n  unpinned-uses:\n    config:\n      policies:\n        "*": ref-pin\n'

if (import.meta.main) {
  const folder = process.argv[2] ?? 'snippets'
  const workflows = published()
  for (const name of ['published', 'local']) mkdirSync(join(folder, name, '.github', 'workflows'), { recursive: true })
  for (const [name, text] of workflows) {
    writeFileSync(join(folder, 'published', '.github', 'workflows', name), text)
    const local = text.replaceAll(/org\/ml-image-action(\/merge)?@\w+/g, (_, merge: string | undefined) => `.${merge ?? '/'}`)
    writeFileSync(join(folder, 'local', '.github', 'workflows', name), local)
  }
  for (const name of ['action.yml', 'merge']) cpSync(join(root, name), join(folder, 'local', name), { recursive: true })
  symlinkSync(join(root, 'dist'), join(folder, 'local', 'dist'))
  // By this actionlint knows the folder for a repository.
  mkdirSync(join(folder, 'local', '.git'))
  // Labels of runners of one's own that the documents name.
  writeFileSync(join(folder, 'local', '.github', 'actionlint.yaml'), 'self-hosted-runner:\n  labels: [gpu]\n')
  writeFileSync(join(folder, 'zizmor.yml'), zizmor)
}
