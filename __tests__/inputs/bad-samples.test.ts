import { describe, expect, test } from '@jest/globals'
import { main } from '../../src/main.ts'
import { createEvent } from '../builders.ts'
import { createWorld, givenFor } from '../whole-run.ts'

type Files = Readonly<Record<string, string>>

/** What the annotation says of a samples file, a problem a line, when nothing was started, asked or written for it. */
async function refusals(name: string, text: string | undefined, files: Files = {}): Promise<readonly string[]> {
  const { host } = createWorld({ files: { ...files, ...(text === undefined ? {} : { [`/repo/${name}`]: text }) } })
  const given = givenFor({ images: 'ghcr.io/acme/iris', username: '', password: '', 'github-token': 'token', samples: name })
  const { exitCode } = await main(host, given, createEvent(), new AbortController().signal)
  const started = host.argvs().filter((argv) => !argv.startsWith('git '))
  expect([exitCode, host.annotations.length, started, host.requests]).toEqual([2, 1, [], []])
  const lines = host.annotations[0]?.message.split('\n').slice(0, -1) ?? []
  return lines.map((line) => {
    expect(line.endsWith('. Example: samples: tests/golden.json')).toBe(true)
    return line.replace(/\. Example: samples: tests\/golden\.json$/, '')
  })
}

describe('a file that holds no samples is refused', () => {
  test.each<readonly [string, string | undefined, string]>([
    ['golden.json', undefined, 'cannot be read'],
    ['../golden.json', undefined, 'cannot be read'],
    ['golden.json', '', 'is an empty file'],
    ['golden.yaml', ' \n', 'is an empty file'],
    ['golden.json', '[{]', "is not JSON (Expected property name or '}' in JSON at position 2 (line 1 column 3))"],
    [
      'golden.yaml',
      'a: [1',
      'is not YAML (Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6)',
    ],
    ['golden.yaml', 'a: 1\na: 2', 'is not YAML (Map keys must be unique at line 2, column 1)'],
    ['golden.yaml', '- request: {body: .nan}', 'has NaN at [0].request.body, which no JSON holds'],
    ['golden.jsonl', '{"request": {}}\n{"request": ', 'is not JSON in line 2 (Unexpected end of JSON input)'],
    ['golden.json', '"golden"', 'holds no samples: write a list of {name, request, expect}'],
    ['golden.json', '{"features": [1]}', 'holds no samples: write a list of {name, request, expect}'],
    ['golden.json', '{"samples": {}}', 'has samples that are no list'],
    ['golden.json', '{"samples": [], "version": 2}', 'has "version" beside samples, which is not known here'],
    ['golden.json', '[]', 'at samples: is empty: there is nothing to ask'],
    ['golden.txt', '[]', 'is no samples file by its name: .json, .jsonl, .yaml or .yml'],
  ])('%s %j %s', async (name, text, reason) => expect(await refusals(name, text)).toEqual([`samples: "${name}" ${reason}`]))
})

const request = { body: { features: [1] } }

describe('a bad sample is refused, with its place', () => {
  const batch = { body: { rows: [1, 2] } }
  test.each<readonly [unknown, string]>([
    [3, 'at samples[0]: 3 is no object: it holds name, request, expect'],
    [{}, 'at samples[0].request: is missing'],
    [{ request, expected: {} }, 'at samples[0].expected: is not known here; did you mean expect'],
    [{ request, name: 7 }, 'at samples[0].name: 7 is no text'],
    [{ request: 'x' }, 'at samples[0].request: "x" is no object: it holds method, path, headers ...'],
    [{ request: { method: 'FETCH' } }, 'at samples[0].request.method: "FETCH" is not one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    [{ request: { ...request, method: 'get' } }, 'at samples[0].request.method: "get" carries no body: use POST, or leave method out'],
    [
      { request: { ...request, path: 'predict' } },
      'at samples[0].request.path: "predict" does not start with /: give the path only, not a URL',
    ],
    [
      { request: { ...request, url: '/predict' } },
      'at samples[0].request.url: is not known here: allowed are method, path, headers, body, file',
    ],
    [{ request: { ...request, headers: 'x' } }, 'at samples[0].request.headers: "x" is no object: write {X-API-Key: test}'],
    [
      { request: { ...request, headers: { 'a b': 'c' } } },
      'at samples[0].request.headers: {"a b":"c"} has the header "a b", which is no name of a header',
    ],
    [
      { request: { ...request, headers: { a: 1 } } },
      'at samples[0].request.headers: {"a":1} has for a 1, which is no text: put it in quotes',
    ],
    [
      { request: { ...request, headers: { 'Content-Length': '3' } } },
      'at samples[0].request.headers: {"Content-Length":"3"} has the header Content-Length, which the action sets itself',
    ],
    [
      { request: { ...request, headers: { a: 'b\nc' } } },
      'at samples[0].request.headers: {"a":"b\\nc"} has for a a value with a line break or another character no header may have',
    ],
    [{ request: { body: '@nope.json' } }, 'at samples[0].request.body: "@nope.json" names a file that is not there'],
    [{ request: { file: 'nope.png' } }, 'at samples[0].request.file: "nope.png" names a file that is not there'],
    [
      { request: { ...request, file: 'cat.png' } },
      'at samples[0].request.file: "cat.png" is given beside body: only one of them can be sent',
    ],
    [{ request: { file: '/etc/shadow' } }, 'at samples[0].request.file: "/etc/shadow" names a file outside the workspace'],
    [{ request, expect: [] }, 'at samples[0].expect: [] is no object: it holds status, json, ignore ...'],
    [{ request, expect: { jsn: 1 } }, 'at samples[0].expect.jsn: is not known here; did you mean json'],
    [{ request, expect: { header: {} } }, 'at samples[0].expect.header: is not known here; did you mean headers'],
    [{ request, expect: { sums_to_one: '$' } }, 'at samples[0].expect.sums_to_one: is not known here; did you mean sums-to-one'],
    [{ request, expect: { status: '200' } }, 'at samples[0].expect.status: "200" is no status: write 200, [200, 201], 2xx or 4xx'],
    [{ request, expect: { status: 20 } }, 'at samples[0].expect.status: 20 is no status: write 200, [200, 201], 2xx or 4xx'],
    [{ request, expect: { status: [] } }, 'at samples[0].expect.status: [] is an empty list of statuses'],
    [{ request, expect: { error: 'yes' } }, 'at samples[0].expect.error: "yes" is neither true nor false'],
    [{ request, expect: { error: true, status: 500 } }, 'at samples[0].expect.status: 500 is not 4xx, which error: true expects'],
    [
      { request, expect: { tolerance: 0.1 } },
      'at samples[0].expect.tolerance: 0.1 is no tolerance: write {rtol: 1e-3, atol: 0} or rtol=1e-3,atol=0',
    ],
    [
      { request, expect: { tolerance: '1e-3' } },
      'at samples[0].expect.tolerance: "1e-3" is no tolerance: write {rtol: 1e-3, atol: 0} or rtol=1e-3,atol=0',
    ],
    [
      { request, expect: { tolerance: { rtoll: 1 } } },
      'at samples[0].expect.tolerance: {"rtoll":1} has "rtoll", which is not known; did you mean rtol',
    ],
    [{ request, expect: { tolerance: 'rtol=-1' } }, 'at samples[0].expect.tolerance: "rtol=-1" has rtol -1, which is below 0'],
    [{ request, expect: { tolerance: { atol: 'x' } } }, 'at samples[0].expect.tolerance: {"atol":"x"} has atol "x", which is no number'],
    [
      { request, expect: { regex: '(' } },
      'at samples[0].expect.regex: "(" is not a regular expression (Invalid regular expression: /(/: Unterminated group)',
    ],
    [
      { request, expect: { ignore: ['$a'] } },
      'at samples[0].expect.ignore: ["$a"] is no path (at "a"): write $.scores[0], $.rows[*].ms, or a name alone for any depth',
    ],
    [{ request, expect: { ignore: [''] } }, 'at samples[0].expect.ignore: [""] is empty'],
    [{ request, expect: { argmax: 2 } }, 'at samples[0].expect.argmax: 2 is no object: write {$.probabilities: 2}'],
    [
      { request, expect: { argmax: { $: [1, 2] } } },
      'at samples[0].expect.argmax: {"$":[1,2]} has several places for one: write {$.probabilities: 2}, or use top-k',
    ],
    [
      { request, expect: { 'top-k': { $: [1.5] } } },
      'at samples[0].expect.top-k: {"$":[1.5]} has 1.5, which is neither an index nor a key: write {$.probabilities: [2, 0]}',
    ],
    [
      { request, expect: { shape: { $: 3 } } },
      'at samples[0].expect.shape: {"$":3} has a shape that is no list: write {$.predictions: [3, 2]}',
    ],
    [{ request, expect: { shape: [-1] } }, 'at samples[0].expect.shape: [-1] has the length -1: lengths are whole numbers, null for any'],
    [{ request, expect: { schema: 'x' } }, 'at samples[0].expect.schema: "x" is no schema: write the schema, or @FILE'],
    [{ request, expect: { schema: '@cat.png' } }, expect.stringContaining('"@cat.png" names a file that is not JSON') as never],
    [
      { request, expect: { schema: { type: 'strnig' } } },
      expect.stringContaining('{"type":"strnig"} is no JSON Schema (schema is invalid:') as never,
    ],
    [
      { request, expect: { batch: { request: '$.rows' } } },
      'at samples[0].expect.batch: {"request":"$.rows"} does not name request and answer: write {request: $.instances, answer: $.predictions}',
    ],
    [
      { request: batch, expect: { batch: { request: '$.x', answer: '$' } } },
      'at samples[0].expect.batch: {"request":"$.x","answer":"$"} finds no list of two rows or more at $.x of the request',
    ],
  ])('%j', async (sample, problem) => {
    const files = { '/repo/cat.png': 'no JSON', '/etc/shadow': 'x' }
    const told = await refusals('tests/golden.json', JSON.stringify([sample]), files)
    expect(told).toEqual([typeof problem === 'string' ? `samples: "tests/golden.json" ${problem}` : problem])
  })
})

test('everything wrong with all files is told at once', async () => {
  const bad = JSON.stringify([
    { request, nmae: 'a' },
    { request, expect: { status: 1, tolerance: 'x' } },
  ])
  const told = await refusals('a.json\nb.jsonl', undefined, { '/repo/a.json': bad, '/repo/b.jsonl': '{}\n\n{"request": {"method": 1}}' })
  expect(told.map((line) => line.replace(/: .*/, ''))).toEqual(['samples', 'samples', 'samples', 'samples', 'samples'])
  expect(told.map((line) => /at ([^:]*):/.exec(line)?.[1])).toEqual([
    'samples[0].nmae',
    'samples[1].expect.status',
    'samples[1].expect.tolerance',
    'line 1.request',
    'line 3.request.method',
  ])
})

test('two samples of one name are refused', async () => {
  const twice = JSON.stringify([
    { name: 'a', request },
    { name: 'a', request },
  ])
  expect(await refusals('golden.json', twice)).toEqual(['samples: "golden.json" at samples[1].name: "a" is the name of samples[0] already'])
})

test('of a file with many faults the first are told, and how many more there are', async () => {
  const told = await refusals('golden.json', JSON.stringify(Array.from({ length: 30 }, () => ({}))))
  expect(told).toHaveLength(21)
  expect(told.at(-1)).toBe('samples: "golden.json" has 10 more faults')
})
