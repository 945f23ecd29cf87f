import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { baseOf, dockerfileStages, expandVariables, findStage, instructions } from '../../src/build/dockerfile.ts'

const dockerfile = [
  '# syntax=docker/dockerfile:1',
  'ARG PYTHON=3.11',
  'FROM --platform=linux/amd64 python:${PYTHON}-slim \\',
  '  AS Base',
  '# FROM no AS comment',
  'from base as serve',
  'FROM scratch',
].join('\n')

describe('the stages of a Dockerfile', () => {
  const stages = dockerfileStages(dockerfile)
  test('with arguments put in, over continued lines, without comments', () => {
    expect(stages).toEqual([{ base: 'python:3.11-slim', name: 'Base' }, { base: 'base', name: 'serve' }, { base: 'scratch' }])
    expect(dockerfileStages(dockerfile, { PYTHON: '3.12' })[0]?.base).toBe('python:3.12-slim')
  })
  test.each([
    ['BASE', 'Base'],
    ['serve', 'serve'],
    ['1', 'serve'],
    ['3', undefined],
    ['comment', undefined],
  ])('%s is the stage %s', (wanted, name) => expect(findStage(stages, wanted)?.name).toBe(name))
  test('without a name it is the last', () => expect(findStage(stages, undefined)).toEqual({ base: 'scratch' }))
  test('come from an image in the end', () => {
    expect(stages.map((stage) => baseOf(stages, stage))).toEqual(['python:3.11-slim', 'python:3.11-slim', 'scratch'])
  })
  test('a stage of its own name is the image of that name', () => {
    const own = dockerfileStages('FROM python AS python\nFROM python')
    expect(own.map((stage) => baseOf(own, stage))).toEqual(['python', 'python'])
  })
})

test.each([
  ['a$B-c', 'a1-c'],
  ['${B}.${C}', '1.'],
  ['${C:-x}${B:-y}', 'x1'],
])('%s is %s', (text, expected) => expect(expandVariables(text, { B: '1' })).toBe(expected))

test('any text is read', () => {
  fc.assert(fc.property(fc.string(), (text) => instructions(text).every((line) => line !== '') && Array.isArray(dockerfileStages(text))))
})
