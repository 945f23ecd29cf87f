import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { inputsBehind, shippingSteps } from '../../script/example.ts'

type Fields = Readonly<Record<string, unknown>>
type Ci = Readonly<{
  jobs: Readonly<{
    example: Readonly<{
      strategy: Readonly<{ matrix: Readonly<{ example: readonly string[]; include: readonly Fields[] }> }>
      steps: readonly Readonly<{ uses?: string; with?: Fields }>[]
    }>
  }>
}>

const root = join(import.meta.dirname, '..', '..')
const read = (...path: readonly string[]) => parse(readFileSync(join(root, ...path), 'utf8')) as unknown
const { example } = (read('.github', 'workflows', 'ci.yml') as Ci).jobs
const { matrix } = example.strategy
const given = example.steps.find(({ uses }) => uses === './')?.with ?? {}
const examples = readdirSync(join(root, 'examples')).sort()

test('every example is in the matrix', () => expect([...matrix.example].sort()).toEqual(examples))

/** What is not the matter of a run that only checks: names, and who may push where. */
function gatesOf(inputs: Fields): Fields {
  const { images, username, password, tags, ...gates } = inputsBehind({ host: '', username: '', password: '' }, inputs)
  return gates
}

test.each(examples)('%s is run with the inputs of its own workflow', (name) => {
  const own = shippingSteps(read('examples', name, '.github', 'workflows', 'image.yml') as Parameters<typeof shippingSteps>[0])
  const row = matrix.include.find(({ example }) => example === name) ?? {}
  const inputs = Object.entries(given).flatMap(([input, value]) => {
    const text = String(value).replace(/\$\{\{ matrix\.([\w-]+) \}\}/g, (_, key: string) =>
      String(row[key] ?? (key === 'example' ? name : '')),
    )
    return text === '' ? [] : [[input, text] as const]
  })
  const { context, push, ...gates } = gatesOf(Object.fromEntries(inputs))
  expect([context, push]).toEqual([`examples/${name}`, 'false'])
  expect(own.map((step) => gatesOf(step.with ?? {}))).toEqual([gates])
})
