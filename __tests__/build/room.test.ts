import { describe, expect, test } from '@jest/globals'
import { estimateRoom, largeLayers, roomFor } from '../../src/build/room.ts'
import { createInputs } from '../builders.ts'
import { createFiles } from '../memory-files.ts'

const slim = 'FROM python:3.11-slim\n'

describe('the room that a build may take (GB)', () => {
  test.each<readonly [string, string, readonly string[], number, readonly string[]]>([
    ['of a small service', `${slim}RUN pip install fastapi scikit-learn\n`, ['fastapi==1\nscikit-learn\n'], 3, []],
    ['with torch', slim, ['fastapi\ntorch==2.4.0\n'], 11, ['torch with CUDA']],
    ['with torch for CPUs', slim, ['--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n'], 5, ['torch for CPUs']],
    ['with torch in a step', `${slim}RUN a && \\\n  pip install \\\n  "torch>=2"\n`, [], 11, ['torch with CUDA']],
    ['with torch in pyproject.toml', slim, ['[project]\ndependencies = [\n  "torch>=2",\n]\n'], 11, ['torch with CUDA']],
    ['with tensorflow', slim, ['tensorflow==2.17\n'], 6, ['tensorflow']],
    ['with tensorflow for GPUs', slim, ['tensorflow[and-cuda]\n'], 10, ['tensorflow with CUDA']],
    ['the largest counts, what it requires comes with it', slim, ['torch\nvllm\n'], 18, ['vllm or sglang']],
    ['on CUDA', 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\n', [], 15, ['nvidia/cuda:12.4.1-devel-ubuntu22.04']],
    [
      'on CUDA with torch',
      'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\n',
      ['torch\n'],
      18,
      ['nvidia/cuda:12.4.1-runtime-ubuntu22.04', 'torch with CUDA'],
    ],
    ['on CUDA without more', 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\n', [], 3, []],
    ['by a build argument', 'ARG BASE=python:3.11\nFROM $BASE\n', [], 10, ['pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime']],
    ['of words that are no packages', `${slim}RUN echo torch\n# pip install torch\n`, ['# torch\nmytorch\n'], 3, []],
  ])('%s', (name, dockerfile, requirements, gigabytes, because) => {
    const args = name.endsWith('argument') ? { BASE: 'pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime' } : {}
    expect(estimateRoom(dockerfile, args as Readonly<Record<string, string>>, requirements)).toEqual({ bytes: gigabytes * 1e9, because })
  })
})

test('what is for tests alone does not count', () => {
  const { build } = createInputs()
  const room = (name: string) => roomFor(createFiles({ [`/repo/${name}`]: 'torch\n' }), build).because
  expect([room('requirements-serve.txt'), room('requirements-dev.txt'), room('notes.txt')]).toEqual([['torch with CUDA'], [], []])
})

test.each([
  ['torch\n', 'torch with CUDA'],
  ['tensorflow\n', undefined],
  ['fastapi\n', undefined],
])('layers with %j are too large for every stage of them to be cached: %p', (requirements, large) => {
  const { build } = createInputs({ build: { dockerfile: slim } })
  expect(largeLayers(createFiles({ '/repo/requirements.txt': requirements }), build)).toBe(large)
})
