import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { allSnippets, kindOf, type Snippet, type SnippetKind, snippetsOf, workflowOf } from '../../script/snippets.ts'
import { declaredInputs } from '../../src/inputs/declared.ts'
import { declaredMergeInputs } from '../../src/inputs/declared-merge.ts'
import { parseSamples } from '../../src/smoke/samples/parse-samples.ts'
import { readValues } from '../../src/smoke/samples/read-text.ts'

type Workflow = Readonly<{
  name: string
  on: unknown
  permissions: unknown
  concurrency: unknown
  jobs: Readonly<
    Record<
      string,
      Readonly<{ permissions?: unknown; steps: readonly Readonly<{ uses?: string; with?: Readonly<Record<string, string>> }>[] }>
    >
  >
}>

const block = (text: string): Snippet => ({ file: 'x.md', line: 1, text })
const read = (text: string) => parse(workflowOf(block(text))) as Workflow

describe('the blocks of a document', () => {
  test('are those of YAML, with their lines and without the indent of their fences', () => {
    const markdown = [
      'Text',
      '```yaml',
      'a: 1',
      '```',
      '- item',
      '',
      '  ```yml',
      '  b:',
      '    c: 2',
      '  ```',
      '```bash',
      'd: 3',
      '```',
      '',
    ].join('\n')
    expect(snippetsOf('a.md', markdown)).toEqual([
      { file: 'a.md', line: 2, text: 'a: 1\n' },
      { file: 'a.md', line: 7, text: 'b:\n  c: 2\n' },
    ])
  })
  test('that are cut out of a deeper place lose what indents all of them', () =>
    expect(snippetsOf('a.md', '```yaml\n    port: 1\n    run-env: |\n      A=1\n```\n')[0]?.text).toBe('port: 1\nrun-env: |\n  A=1\n'))
})

describe('a block is', () => {
  test.each<readonly [SnippetKind, string]>([
    ['workflow', 'on: push\njobs: {a: {runs-on: x}}'],
    ['workflow', 'jobs: {a: {runs-on: x}}'],
    ['workflow-keys', 'on:\n  pull_request:'],
    ['workflow-keys', 'concurrency: {group: a}'],
    ['permissions', 'permissions: {contents: read}'],
    ['jobs', 'publish: {needs: a, runs-on: x, steps: []}'],
    ['steps', '- uses: a/b@v1\n- run: c'],
    ['inputs', 'port: 8000\nsmoke: false'],
    ['samples', '- request: {body: {}}'],
  ])('%s: %j', (kind, text) => expect(kindOf(block(text))).toBe(kind))
  test.each(['prot: 8000', '- a', '- uses: a/b@v1\n- request: {}', 'text', '{}', '[]', 'a: {runs-on: x}\nb: {}'])(
    'nothing that is known: %j',
    (text) => expect(() => kindOf(block(text))).toThrow('x.md:1: a YAML block that is no part of a workflow'),
  )
})

describe('the workflow of a block', () => {
  test('says what the block says, and what is missing', () => {
    const { name, on, permissions, concurrency, jobs } = read('permissions:\n  contents: read\njobs:\n  a:\n    runs-on: x\n')
    expect({ name, on, permissions, jobs }).toEqual({
      name: 'image',
      on: 'push',
      permissions: { contents: 'read' },
      jobs: { a: { 'runs-on': 'x' } },
    })
    expect(concurrency).toMatchObject({ 'cancel-in-progress': true })
  })
  test('that is a whole one is the block', () => {
    const text = 'on: push\njobs:\n  a:\n    runs-on: x\n'
    expect(workflowOf(block(text))).toBe(text)
  })
  test('has its permissions at the job', () => {
    const { permissions, jobs } = read('permissions:\n  packages: write # why\n')
    expect([permissions, jobs['image']?.permissions]).toEqual([{}, { packages: 'write' }])
    expect(workflowOf(block('permissions:\n  packages: write # why\n'))).toContain('      packages: write # why\n')
  })
  test('has its inputs at a step of ours, with images where it has none', () => {
    const step = (text: string) => read(text).jobs['image']?.steps.at(-1)
    expect(step('port: 8000')).toEqual({
      uses: 'org/ml-image-action@v1',
      with: { images: 'ghcr.io/${{ github.repository }}', port: 8000 },
    })
    expect(step('images: a/b\nrun-env: |\n  A=1\n')?.with).toEqual({ images: 'a/b', 'run-env': 'A=1\n' })
  })
  test('has the jobs that its own need', () =>
    expect(Object.keys(read('publish:\n  needs: [a, b]\n  runs-on: x\nb:\n  runs-on: x\n').jobs)).toEqual(['a', 'publish', 'b']))
  test('of samples is none', () => expect(() => workflowOf(block('- request: {}'))).toThrow('x.md:1 holds samples'))
})

const documented = allSnippets().map((snippet) => [`${snippet.file}:${snippet.line}`, snippet] as const)
const samples = documented.filter(([, snippet]) => kindOf(snippet) === 'samples')
const workflows = documented.filter(([, snippet]) => kindOf(snippet) !== 'samples')

describe('every block of the documents', () => {
  test('is found', () => {
    expect(workflows.length).toBeGreaterThan(30)
    expect(samples.length).toBeGreaterThan(1)
  })
  test.each(workflows)('%s gives its steps inputs that there are', (_, snippet) => {
    const steps = Object.values(read(snippet.text).jobs).flatMap((job) => job.steps)
    const unknown = steps.flatMap(({ uses = '', with: inputs = {} }) => {
      const declared = uses.startsWith('org/ml-image-action@') ? declaredInputs : uses.startsWith('org/') ? declaredMergeInputs : undefined
      return declared ? Object.keys(inputs).filter((name) => !(name in declared)) : []
    })
    expect(unknown).toEqual([])
  })
  test.each(samples)('%s is read as samples', (_, { text }) => {
    const tools = { predictPath: '/predict', fileAt: (path: string) => path, readText: () => '{}', checkSchema: () => {} }
    const values = readValues('golden.yaml', text, (yaml) => parse(yaml) as unknown)
    expect(parseSamples(values, 'golden.yaml', tools)).toMatchObject({ faults: [] })
  })
})
