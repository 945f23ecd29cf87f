import { describe, expect, test } from '@jest/globals'
import { excerptReader, lineOfStep, placeOf } from '../../src/build/source-line.ts'

const rule = '-'.repeat(20)
const read = (...lines: readonly string[]) => {
  const reader = excerptReader()
  return lines.map(reader).at(-1)
}

describe('the excerpt that buildx prints tells the line', () => {
  test.each<readonly [string, readonly string[], unknown]>([
    ['of a step', ['Dockerfile:7', rule, '   6 |     env FOO bar', '   7 | >>> RUN echo hi \\'], { name: 'Dockerfile', line: 7 }],
    ['of a file with blanks', ['my Dockerfile:12', rule], { name: 'my Dockerfile', line: 12 }],
    ['the first counts', ['Dockerfile:7', rule, '  7 | >>> RUN x', rule, 'other:9', rule], { name: 'Dockerfile', line: 7 }],
    ['however long it is', ['Dockerfile:3', rule, ...Array(99).fill('  4 | >>>  x')], { name: 'Dockerfile', line: 3 }],
    ['no rule', ['Dockerfile:7', 'ERROR: x'], undefined],
    ['no line', ['something', rule], undefined],
  ])('%s', (_, lines, excerpt) => expect(read(...lines)).toEqual(excerpt))
})

describe('a step is found in the Dockerfile by its name', () => {
  const dockerfile = 'FROM a AS base\nRUN echo 1 \\\n  # why\n  && echo 2\nCOPY x y\n\nFROM base\nCOPY x y\nRUN sleep 9\n'
  test.each<readonly [string, number | undefined]>([
    ['[base 2/3] RUN echo 1   && echo 2', 2],
    ['[stage-1 3/3] RUN sleep 9', 9],
    ['[base 3/3] COPY x y', undefined],
    ['exporting to image', undefined],
  ])('%s', (step, line) => expect(lineOfStep(dockerfile, step)).toBe(line))
})

describe('an annotation stands in the workspace', () => {
  const build = { file: '/repo/service/Dockerfile', dockerfile: 'FROM a\nRUN b\n' }
  test.each<readonly [string, ReturnType<typeof placeOf>, unknown]>([
    ['by the excerpt', placeOf('/repo', build, { name: 'Dockerfile', line: 5 }, '[2/2] RUN b'), { file: 'service/Dockerfile', line: 5 }],
    ['by the step', placeOf('/repo', build, undefined, '[2/2] RUN b'), { file: 'service/Dockerfile', line: 2 }],
    ['not of another file', placeOf('/repo', build, { name: 'bake.json', line: 5 }, '[2/2] RUN b'), undefined],
    ['not outside', placeOf('/repo', { ...build, file: '/tmp/Dockerfile' }, { name: 'Dockerfile', line: 5 }, undefined), undefined],
    ['not without a line', placeOf('/repo', build, undefined, undefined), undefined],
  ])('%s', (_, place, expected) => expect(place).toEqual(expected))
})
