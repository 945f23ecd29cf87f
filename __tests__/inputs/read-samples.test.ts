import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { samplesOf } from '../../src/smoke/samples-of.ts'
import { inputsOf, workspaceFiles } from './reading.ts'

const one = '[{"request": {"body": {"a": 1}}, "expect": {"json": {"b": 2}}}]'
const read = (given: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) =>
  inputsOf(given, { files: { ...workspaceFiles, ...files }, parseYaml: (text) => parse(text) as unknown })

describe('samples are', () => {
  const from = (given: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) =>
    samplesOf(read(given, files).smoke, '/predict').map(({ from: name, source }) => `${source} ${name}`)
  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'those of the files that are named',
      { samples: 'a.json, b.jsonl' },
      { '/repo/a.json': one, '/repo/b.jsonl': '{"request": {}}' },
      ['given a.json', 'given b.jsonl'],
    ],
    ['as @FILE too', { samples: '@a.json' }, { '/repo/a.json': one }, ['given a.json']],
    [
      'predict-body before them',
      { 'predict-body': '{}', samples: 'a.json' },
      { '/repo/a.json': one },
      ['given predict-body', 'given a.json'],
    ],
    ['those of a file that is found', {}, { '/repo/tests/golden.yaml': '- request: {body: {a: 1}}' }, ['given tests/golden.yaml']],
    ['those that were recorded', {}, { '/repo/golden.json': `{"recorded": "sha256:1", "samples": ${one}}` }, ['recorded golden.json']],
    ['not looked for beside a body', { 'predict-body': '{}' }, { '/repo/tests/golden.json': one }, ['given predict-body']],
    ['not looked for beside named ones', { samples: 'a.json' }, { '/repo/a.json': one, '/repo/tests/golden.json': one }, ['given a.json']],
    [
      'from the working directory',
      { context: 'service', samples: 'a.json' },
      { '/repo/service/a.json': one, '/repo/service/Dockerfile': 'FROM x\n' },
      ['given a.json'],
    ],
    ['none', {}, {}, []],
  ])('%s', (_, given, files, samples) => expect(from(given, files)).toEqual(samples))
  test('found by nobody where they are of another kind: a notice says so', () => {
    const inputs = read({}, { '/repo/tests/golden.json': '{"features": [1]}' })
    expect(inputs.smoke.samples).toBeUndefined()
    expect(inputs.notices).toEqual([
      'tests/golden.json is not used as a samples file: it holds no samples: write a list of {name, request, expect}. With samples: tests/golden.json every fault is told.',
    ])
  })
})

describe('a request that lies in the repository by itself', () => {
  test.each([
    ['sample_request.json', ''],
    ['tests/input_example.json', ''],
    ['model/serving_input_example.json', '/invocations'],
  ])('%s', (name, path) => {
    const { foundBody } = read({}, { [`/repo/${name}`]: '{"a": 1}' }).smoke
    expect(foundBody).toMatchObject({ source: 'found', from: name, request: { method: 'POST', path, body: '{"a": 1}' } })
  })
  test.each([
    ['is no JSON', {}, 'a: 1'],
    ['stands beside a body', { 'predict-body': '{}' }, '{}'],
  ])('that %s is none', (_, given, text) => expect(read(given, { '/repo/sample_request.json': text }).smoke.foundBody).toBeUndefined())
})

test('bodies are what was meant', () => {
  const files = {
    '/repo/a.json': JSON.stringify([
      { request: { body: { a: [1, 'x'] } } },
      { request: { body: 'a,b\n1,2', headers: { 'Content-Type': 'text/csv' } } },
      { request: { body: '@row.json', path: '/score', method: 'put' } },
      { request: { file: 'cat.png' } },
      { request: { path: '/info' } },
    ]),
    '/repo/row.json': '{"a": 1.0}',
    '/repo/cat.png': 'x',
  }
  expect(samplesOf(read({ samples: 'a.json' }, files).smoke, '/predict').map(({ request }) => request)).toEqual([
    {
      method: 'POST',
      path: '/predict',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{"a":[1,"x"]}',
    },
    { method: 'POST', path: '/predict', headers: { 'content-type': 'text/csv', accept: 'application/json' }, body: 'a,b\n1,2' },
    { method: 'PUT', path: '/score', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: '{"a": 1.0}' },
    { method: 'POST', path: '/predict', headers: { 'content-type': 'application/json', accept: 'application/json' }, file: 'cat.png' },
    { method: 'GET', path: '/info', headers: { accept: 'application/json' } },
  ])
})
