import { describe, expect, test } from '@jest/globals'
import { movingTagsLabel, runLabel, workflowLabel } from '../../src/plan/labels.ts'
import { ownPedigree, readPedigree } from '../../src/publish/pedigree.ts'
import { commit, createEvent } from '../builders.ts'

const revision = 'org.opencontainers.image.revision'
const workflow = 'acme/iris/.github/workflows/image.yml'

describe('what an image says of itself', () => {
  test('all there is', () => {
    const labels = {
      [revision]: commit,
      'org.opencontainers.image.version': '1.4.2',
      [movingTagsLabel]: '1.4 latest',
      [workflowLabel]: workflow,
      [runLabel]: '7',
    }
    expect(readPedigree(labels)).toEqual({
      revision: commit,
      version: '1.4.2',
      movingTags: ['1.4', 'latest'],
      run: { workflow, number: 7 },
    })
  })
  test('nothing', () => expect(readPedigree({})).toEqual({ movingTags: [] }))
  test.each([
    { [revision]: 'main' },
    { [revision]: commit.slice(0, 7) },
    { [revision]: `${commit}; rm -rf` },
    // What ubuntu:22.04 hands down to all that is built on it.
    { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': '22.04' },
  ])('no commit, so nothing that could be told from its base: %j', (labels) =>
    expect(readPedigree({ [movingTagsLabel]: 'latest', ...labels })).toEqual({ movingTags: [] }),
  )
  test.each([
    { [workflowLabel]: workflow },
    { [runLabel]: '7' },
    { [workflowLabel]: workflow, [runLabel]: 'seven' },
    { [workflowLabel]: workflow, [runLabel]: '9'.repeat(30) },
  ])('no run: %j', (labels) => expect(readPedigree({ [revision]: commit, ...labels })).toEqual({ revision: commit, movingTags: [] }))
  test.each<readonly [string | undefined, string | undefined, boolean]>([
    ['https://github.com/acme/iris', 'https://github.com/acme/iris', true],
    ['https://github.com/Acme/Iris', 'https://github.com/acme/iris', true],
    ['https://github.com/acme/base', 'https://github.com/acme/iris', false],
    [undefined, 'https://github.com/acme/iris', true],
    ['https://github.com/acme/iris', undefined, true],
  ])('from %s, where ours is %s: taken for its own %s', (said, ours, isOwn) => {
    const labels = { [revision]: commit, ...(said === undefined ? {} : { 'org.opencontainers.image.source': said }) }
    expect(readPedigree(labels, ours).revision).toBe(isOwn ? commit : undefined)
  })
})

test('of its own image a run knows which run it is, though the label does not say it', () => {
  const event = createEvent({ run: { workflow, number: 7 } })
  expect(ownPedigree({ [revision]: commit }, event)).toEqual({ revision: commit, movingTags: [], run: { workflow, number: 7 } })
  expect(ownPedigree({}, createEvent())).toEqual({ movingTags: [] })
})
