import { describe, expect, test } from '@jest/globals'
import { inputsOf, problemsOf, reasonsOf, workspaceFiles } from './reading.ts'

const files = { ...workspaceFiles, '/repo/metrics.json': '{}', '/repo/app/x': '' }
const require = 'accuracy >= 0.95'

describe('where the metrics are', () => {
  test.each([
    ['metrics.json', { kind: 'workspace', path: '/repo/metrics.json', given: 'metrics.json' }],
    ['out/metrics.json', { kind: 'workspace', path: '/repo/out/metrics.json', given: 'out/metrics.json' }],
    ['image:/app/metrics.json', { kind: 'image', path: '/app/metrics.json' }],
  ])('%s', (text, place) => expect(inputsOf({ 'metrics-file': text }, { files }).quality.file).toEqual(place))
  test('a path starts at working-directory', () =>
    expect(inputsOf({ 'metrics-file': '../m.json', 'working-directory': 'app', file: 'Dockerfile' }, { files }).quality.file).toMatchObject(
      { path: '/repo/m.json' },
    ))
  test.each([
    ['image:', 'names no absolute path in the image'],
    ['image:metrics.json', 'names no absolute path in the image'],
    ['image:/app/', 'names a folder of the image, not a file'],
    ['image:/app/../etc/passwd', 'holds . or .. or // in its path in the image'],
    ['image://metrics.json', 'holds . or .. or // in its path in the image'],
    ['https://example.org/m.json', 'is an address; give a path in the workspace, or image:/PATH'],
    ['.', 'is the working directory itself, not a file'],
    ['../m.json', 'leads out of the workspace'],
    ['/etc/passwd', 'leads out of the workspace'],
  ])('%s is refused', (text, reason) => expect(reasonsOf({ 'metrics-file': text }, { files })).toEqual([`metrics-file ${reason}`]))
  test('a file that nothing could write must be there', () => {
    const reason = 'metrics-file is not there, and no test runs here that could write it; for a file of the image write image:/PATH'
    for (const given of [{ test: 'false' }, { 'test-in': 'image' }]) {
      expect(reasonsOf({ ...given, 'metrics-file': 'out.json' }, { files })).toEqual([reason])
      expect(reasonsOf({ ...given, 'metrics-file': 'metrics.json' }, { files })).toEqual([])
    }
  })
})

describe('what they must hold', () => {
  test('one requirement a line, without comments', () =>
    expect(
      inputsOf({ 'metrics-file': 'm.json', require: `# why\n\n${require}\nf1 > 0.1 # so` }, { files }).quality.requirements.map(
        ({ text }) => text,
      ),
    ).toEqual([require, 'f1 > 0.1']))
  test('may be in a file', () =>
    expect(
      inputsOf({ 'metrics-file': 'm.json', require: '@rules' }, { files: { ...files, '/repo/rules': require } }).quality.requirements,
    ).toHaveLength(1))
  test('every wrong line is told, with its number', () =>
    expect(problemsOf({ 'metrics-file': 'm.json', require: `${require}\na => 1\n\nb` }, { files })).toEqual([
      { input: 'require', value: 'a => 1', reason: 'has the operator =>; write >= (line 2)', example: 'require: accuracy >= 0.95' },
      { input: 'require', value: 'b', reason: 'has none of >= <= == != > < (line 4)', example: 'require: accuracy >= 0.95' },
    ]))
  test('without metrics there is nothing to hold', () =>
    expect(reasonsOf({ require }, { files })).toEqual(['require is given without metrics-file: there are no metrics to hold it against']))
})

describe('what is compared, and how long it may take', () => {
  const digest = `sha256:${'ab'.repeat(32)}`
  test.each([
    ['off', { kind: 'off' }],
    ['previous', { kind: 'previous' }],
    ['ghcr.io/acme/iris:1.4', { kind: 'image', name: { registry: 'ghcr.io', path: 'acme/iris' }, reference: '1.4' }],
    ['localhost:5000/iris:a', { kind: 'image', name: { registry: 'localhost:5000', path: 'iris' }, reference: 'a' }],
    [`ghcr.io/acme/iris@${digest}`, { kind: 'image', reference: digest }],
    [`ghcr.io/acme/iris:1.4@${digest}`, { kind: 'image', reference: digest }],
  ])('%s', (text, compare) => expect(inputsOf({ compare: text }).smoke.compare).toMatchObject(compare))
  test.each([
    ['true', 'names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST'],
    ['1.4', 'names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST'],
    ['ghcr.io/acme/iris', 'names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST'],
    ['localhost:5000/iris', 'names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST'],
    [':latest', 'is none of off, previous, or an image such as ghcr.io/acme/iris:1.4'],
    ['ghcr.io/acme/iris@sha256:12', 'is none of off, previous, or an image such as ghcr.io/acme/iris:1.4'],
    ['https://ghcr.io/acme/iris:1', 'starts with a scheme: leave out what is before the host, and ://'],
  ])('%s is refused', (text, reason) => expect(reasonsOf({ compare: text })).toEqual([`compare ${reason}`]))
  test.each([
    ['50', 'is not a duration with a unit (ms, s, m, h)'],
    ['-1s', 'is not a duration with a unit (ms, s, m, h)'],
    ['fast', 'is not a duration with a unit (ms, s, m, h)'],
    ['0ms', 'is no time at all'],
    ['25h', 'is longer than a day'],
  ])('max-latency %s is refused', (text, reason) => expect(reasonsOf({ 'max-latency': text })).toEqual([`max-latency ${reason}`]))
  test('neither can be with an image that is not started', () =>
    expect(reasonsOf({ smoke: 'false', compare: 'previous', 'max-latency': '1s' })).toEqual([
      'compare is given with smoke: false, where no image is started',
      'max-latency is given with smoke: false, where no image is started',
    ]))
})
