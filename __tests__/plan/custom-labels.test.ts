import { describe, expect, test } from '@jest/globals'
import { mergePairs, pairLines, renderLines } from '../../src/plan/custom-labels.ts'
import { metadataOf } from '../../src/plan/metadata.ts'
import { plainSettings } from '../../src/plan/tags/facts.ts'
import { plainFlavor } from '../../src/plan/tags/flavor.ts'
import { loadLibraries } from '../../src/plan/tags/libraries.ts'
import { eventOf, type JobName, now } from './payloads.ts'

async function rendered(job: JobName, labels: readonly string[]) {
  const event = eventOf(job)
  const libraries = await loadLibraries({ tags: [], flavor: plainFlavor, labels, annotations: [] }, event)
  return renderLines(labels, event, plainSettings, libraries, now)
}

describe('lines of labels hold expressions', () => {
  test.each<readonly [JobName, string, string]>([
    ['main', 'a={{branch}}', 'a=main'],
    ['feature/a&b', 'a={{branch}}', 'a=feature/a&amp;b'],
    ['feature/a&b', 'a={{{branch}}}', 'a=feature/a&b'],
    ['v1.2.3', 'a={{tag}} on {{base_ref}}', 'a=v1.2.3 on main'],
    ['pull', 'a={{sha}} {{base_ref}}', 'a=90dd603 release/2.x'],
    ['main', '{{branch}}=b', 'main=b'],
    ['main', "a={{commit_date 'YYYY-MM-DDTHH:mm:ss[Z]'}}", 'a=2026-03-04T03:06:07Z'],
    ['main', "a={{date 'X'}}", 'a=1783501811'],
    ['main', 'a={"b":{"c":1}}', 'a={"b":{"c":1}}'],
  ])('%s: %s -> %s', async (job, line, expected) => expect((await rendered(job, [line])).lines).toEqual([expected]))
  test('what is no label is left out, and said', async () => {
    expect((await rendered('main', ['plain'])).notices).toEqual(['"plain" is left out: it is not NAME=VALUE.'])
  })
  test('every line that cannot be evaluated is a problem', async () => {
    const { problems } = await rendered('main', ['a={{date}}', 'b=1', 'c={{> x}}'])
    expect(problems.map(({ line }) => line)).toEqual(['a={{date}}', 'c={{> x}}'])
  })
})

test('the last of a name wins, values keep their =, and all are sorted as the locale sorts', () => {
  const pairs = mergePairs({ b: '1', Z: '2' }, ['a=x=y', 'b=3', 'none', 'c=', 'ä=4', '=v', 'b=4', 'A=5'])
  expect(pairLines(pairs)).toEqual(['=v', 'a=x=y', 'A=5', 'ä=4', 'b=4', 'c=', 'Z=2'])
})

test('the outputs are those of docker/metadata-action', () => {
  const metadata = metadataOf(['acme/iris', 'docker.io/acme/iris'], ['1.2', 'latest'], [['a', '1\n2']], [['b', '2']], ['manifest', 'index'])
  const tags = ['acme/iris:1.2', 'acme/iris:latest', 'docker.io/acme/iris:1.2', 'docker.io/acme/iris:latest']
  const annotations = ['manifest:b=2', 'index:b=2']
  expect(metadata).toEqual({
    version: '1.2',
    tags,
    tagNames: ['1.2', 'latest'],
    labels: ['a=1\n2'],
    annotations,
    json: JSON.stringify({ tags, 'tag-names': ['1.2', 'latest'], labels: { a: '1' }, annotations }),
  })
  expect(metadataOf(['a/b'], [], [], [], ['manifest'])).toMatchObject({ version: '', tags: [], tagNames: [] })
})
