import { describe, expect, test } from '@jest/globals'
import { extracting, findCacheMounts, injecting } from '../../../src/build/cache/mounts.ts'

const find = (text: string, args = {}) => findCacheMounts(text, args)

describe('the cache mounts of a Dockerfile', () => {
  test.each([
    ['by its target', 'RUN --mount=type=cache,target=/root/.cache/pip pip install x', [{ id: '/root/.cache/pip', owner: [] }]],
    ['without what says nothing', 'RUN --mount=type=cache,target=/root/.cache/ x', [{ id: '/root/.cache', owner: [] }]],
    ['by its id', 'RUN --mount=type=cache,id=pip,target=/x x', [{ id: 'pip', owner: [] }]],
    [
      'with its owner, in any order, beside others',
      'RUN --network=none --mount=type=bind,target=/b --mount=target=/c,gid=7,type=cache,uid=1000,mode=0755,sharing=locked x',
      [{ id: '/c', owner: ['uid=1000', 'gid=7', 'mode=0755'] }],
    ],
    [
      'over several lines',
      'RUN --mount=type=cache,target=/a \\\n  --mount=type=cache,dst=/b x',
      [
        { id: '/a', owner: [] },
        { id: '/b', owner: [] },
      ],
    ],
    ['each once', 'RUN --mount=type=cache,target=/a x\nRUN --mount=type=cache,target=/a y', [{ id: '/a', owner: [] }]],
    ['with ARGs put in', 'ARG HOME=/root\nRUN --mount=type=cache,target=$HOME/.cache x', [{ id: '/root/.cache', owner: [] }]],
  ])('%s', (_, run, mounts) => expect(find(`FROM python:3.11-slim\n${run}\n`)).toEqual({ base: 'python:3.11-slim', mounts }))

  test.each([
    ['none', 'RUN pip install x'],
    ['of another type', 'RUN --mount=type=bind,target=/x x'],
    ['with contents of their own', 'RUN --mount=type=cache,from=base,target=/x x'],
    ['whose name a variable of the image holds', 'ENV HOME=/root\nRUN --mount=type=cache,target=$HOME/.cache x'],
    ['that is part of the command', 'RUN echo --mount=type=cache,target=/x'],
  ])('not: %s', (_, run) => expect(find(`FROM a\n${run}\n`)).toBeUndefined())

  test('in the image that the stage comes from', () => {
    const dockerfile = 'ARG V=3.11\nFROM python:${V} AS base\nFROM scratch AS files\nFROM base\nRUN --mount=type=cache,target=/c x\n'
    expect(find(dockerfile, { V: '3.12' })?.base).toBe('python:3.12')
  })
})

const mounts = {
  base: 'python:3.11-slim',
  mounts: [
    { id: '/a', owner: ['uid=7'] },
    { id: 'b', owner: [] },
  ],
}
const flags = '--mount=type=cache,id=/a,target=/ml-image-mounts/0,uid=7 --mount=type=cache,id=b,target=/ml-image-mounts/1'

test('are packed by a build of its own, which is another each time', () => {
  expect(extracting(mounts, 'f00d')).toBe(
    `FROM python:3.11-slim AS mounts\nUSER 0\nRUN --network=none ${flags} mkdir /ml-image-kept && : f00d; tar -cf /ml-image-kept/0.tar -C /ml-image-mounts/0 .; tar -cf /ml-image-kept/1.tar -C /ml-image-mounts/1 .\nFROM scratch\nCOPY --from=mounts /ml-image-kept /\n`,
  )
})
test('and filled by another', () => {
  const lines = injecting(mounts, 'f00d').split('\n')
  expect(lines[2]).toMatch(/^RUN --network=none --mount=type=bind,target=\/ml-image-kept --mount=type=cache,id=\/a,/)
  expect(lines[2]).toContain(': f00d; if [ -f /ml-image-kept/0.tar ]; then tar -xf /ml-image-kept/0.tar -C /ml-image-mounts/0; fi; if ')
})
