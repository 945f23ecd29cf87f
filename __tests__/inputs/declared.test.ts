import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { actionYaml, fill, inputTable, mergeYaml, outputTable, presetTable } from '../../script/docs.ts'
import { declaredInputs, foreignInputs } from '../../src/inputs/declared.ts'
import { declaredMergeInputs } from '../../src/inputs/declared-merge.ts'
import { declaredOutputs } from '../../src/report/declared-outputs.ts'
import { inputsOf } from './reading.ts'

type Action = Readonly<{
  inputs: Readonly<Record<string, Readonly<{ description: string; required: boolean; default?: string }>>>
  outputs: Readonly<Record<string, Readonly<{ description: string }>>>
  runs: Readonly<Record<string, string>>
}>

const text = readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8')
const action = parse(text) as Action

describe('action.yml says what the code declares', () => {
  test('it is what its generator makes', () => expect(text).toBe(actionYaml()))
  test('every input, with its default and its description, in this order', () => {
    expect(Object.entries(action.inputs)).toEqual(
      Object.entries(declaredInputs).map(([name, { default: value, help }]) => [
        name,
        { description: help, required: name === 'images', ...(value === '' ? {} : { default: value }) },
      ]),
    )
  })
  test('every output, in this order', () => {
    expect(Object.entries(action.outputs)).toEqual(Object.entries(declaredOutputs).map(([name, description]) => [name, { description }]))
  })
  test('main and post are one bundle, and post runs always', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js', 'post-if': 'always()' })
  })
})

describe('merge/action.yml', () => {
  const mergeText = readFileSync(join(import.meta.dirname, '..', '..', 'merge', 'action.yml'), 'utf8')
  const merge = parse(mergeText) as Action
  test('is what its generator makes', () => expect(mergeText).toBe(mergeYaml()))
  test('has inputs of its own, and else those of the action, with the same default', () => {
    const own = ['digests', 'platforms', 'annotations', 'push']
    expect(Object.keys(merge.inputs)).toEqual(Object.keys(declaredMergeInputs))
    for (const [name, input] of Object.entries(merge.inputs)) if (!own.includes(name)) expect(input).toEqual(action.inputs[name])
  })
  test('has outputs that the action has', () => expect(Object.keys(merge.outputs).filter((name) => !(name in action.outputs))).toEqual([]))
  test('main and post are one file, and post runs always', () =>
    expect(merge.runs).toEqual({ using: 'node24', main: 'main.mjs', post: 'main.mjs', 'post-if': 'always()' }))
})

test('the tables of the README have a row for each input and output', () => {
  const rows = (table: string) =>
    table
      .split('\n')
      .slice(2)
      .map((row) => /^\| `([^`]+)` \|/.exec(row)?.[1])
  expect(rows(inputTable())).toEqual(Object.keys(declaredInputs))
  expect(rows(outputTable())).toEqual(Object.keys(declaredOutputs))
})

test('the table of presets is what its generator makes', () =>
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'servers.md'), 'utf8')).toContain(presetTable()))

test('a table is put between its marks, and nowhere else', () => {
  expect(fill('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\nnew\n<!-- /x --> b')
  expect(fill('a <!-- x -->old<!-- /x --> b', 'y', 'new')).toBe('a <!-- x -->old<!-- /x --> b')
})

test('no foreign input is one of ours', () => {
  expect(Object.keys(foreignInputs).filter((name) => name in declaredInputs)).toEqual([])
})

describe('every example is a good one', () => {
  const files = {
    '/repo/Dockerfile': 'FROM scratch AS serve\n',
    '/repo/services/iris/Dockerfile': 'FROM scratch\n',
    '/repo/docker/serve.Dockerfile': 'FROM scratch\n',
    '/repo/requirements/ci.txt': '',
    '/repo/netrc': '',
    '/repo/tests/golden.json': '[{"request": {"body": {}}}]',
    '/shared/x': '',
    '/repo/smoke.env': 'A=1',
    '/repo/docker-compose.yml': '',
  }
  const env = { HF_TOKEN: 'x', SSH_AUTH_SOCK: '/agent' }
  const along: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'predict-expect': { 'predict-body': '{}' },
    'compose-service': { 'compose-file': 'docker-compose.yml' },
    require: { 'metrics-file': 'metrics.json' },
    username: { password: 'p' },
    password: { username: 'u' },
  }
  test.each(Object.entries(declaredInputs).map(([name, { example }]) => [name, example]))('%s: %s', (name, example) =>
    expect(inputsOf({ ...along[name], [name]: example }, { files, env }).images).toHaveLength(1),
  )
})
