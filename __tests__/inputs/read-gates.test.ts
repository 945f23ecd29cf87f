import { describe, expect, test } from '@jest/globals'
import type { TestPlace } from '../../src/inputs/inputs.ts'
import { inputsOf, reasonsOf, workspaceFiles } from './reading.ts'

const dockerfile = 'FROM python:3.11 AS base\nFROM base AS Tested\nFROM scratch AS test-report\nFROM base\n'
const files = { ...workspaceFiles, '/repo/Dockerfile': dockerfile }

describe('where the tests run', () => {
  test.each<readonly [string, TestPlace]>([
    ['runner', { kind: 'runner' }],
    ['image', { kind: 'image' }],
    ['target:Tested', { kind: 'target', stage: 'Tested' }],
    ['target:tested', { kind: 'target', stage: 'tested' }],
    ['target:test-report', { kind: 'target', stage: 'test-report' }],
    ['target:3', { kind: 'target', stage: '3' }],
    [' ', { kind: 'runner' }],
  ])('%s', (text, place) => expect(inputsOf({ 'test-in': text }, { files }).test.place).toEqual(place))
  test.each(['Runner', 'container', 'target', 'target:', 'target: tested', 'target:a b', 'image,runner'])('%s is no place', (text) =>
    expect(reasonsOf({ 'test-in': text }, { files })).toEqual(['test-in is none of runner, image, target:STAGE']),
  )
  test.each(['nope', '4', 'python', 'test'])('target:%s is no stage', (stage) =>
    expect(reasonsOf({ 'test-in': `target:${stage}` }, { files })).toEqual([
      'test-in is no stage of the Dockerfile; its stages are base, Tested, test-report',
    ]),
  )
  test('a Dockerfile that is not there is the one problem', () => {
    const reasons = reasonsOf({ 'test-in': 'target:tested', file: 'nope' }, { files })
    expect(reasons).toEqual([expect.stringMatching(/^file is not there/)])
  })
})

describe('what cannot be together with where the tests run is refused', () => {
  const first = 'test-first cannot be with tests that need the build: use test-in: runner'
  const command = 'test-command is not run with test-in: target, where the stage itself runs the tests'
  test.each<readonly [Readonly<Record<string, string>>, readonly string[]]>([
    [{ 'test-in': 'image', 'test-first': 'true' }, [first]],
    [{ 'test-in': 'target:tested', 'test-first': 'true' }, [first]],
    [{ 'test-in': 'target:tested', 'test-command': 'make test' }, [command]],
    [{ 'test-in': 'target:tested', 'test-first': 'true', 'test-command': 'make' }, [first, command]],
    [{ 'test-in': 'runner', 'test-first': 'true', 'test-command': 'make' }, []],
    [{ 'test-in': 'image', 'test-first': 'false', 'test-command': 'make' }, []],
  ])('%j', (given, reasons) => expect(reasonsOf(given, { files })).toEqual(reasons))
  test.each<Readonly<Record<string, string>>>([
    { 'test-in': 'image', 'test-report': 'junit.xml' },
    { 'test-in': 'target:tested', 'test-report': 'junit.xml' },
    { 'test-in': 'target:tested', 'test-env': 'A=1' },
    { 'test-in': 'target:tested', 'test-requirements': 'requirements.txt' },
    { 'test-in': 'image', 'python-version': '3.11' },
  ])('an input that would be left out without a word: %j', (given) => expect(reasonsOf(given, { files })).toHaveLength(1))
})

describe('the Python to test with', () => {
  test.each(['3.11', '3.10', '3.9.20', '4.0'])('%s', (text) => expect(inputsOf({ 'python-version': text }).test.pythonVersion).toBe(text))
  test('is not given where nothing is', () => expect(inputsOf({}).test).not.toHaveProperty('pythonVersion'))
  test.each(['3', '3.x', '>=3.10', 'python3.11', '3.11-dev', 'pypy3.10', '3.11.', '3.11.1.2', '3.11\n3.12'])('not %j', (text) =>
    expect(reasonsOf({ 'python-version': text })).toEqual([
      'python-version is not a version such as 3.11 (quote it in YAML: 3.10 is the number 3.1)',
    ]),
  )
  test('not 3.1, which is what YAML makes of 3.10', () => expect(reasonsOf({ 'python-version': '3.1' })).toHaveLength(1))
})

describe('the report of a command', () => {
  test('is a path from the working directory, as it was given', () => {
    expect(inputsOf({ 'test-report': ' out/junit.xml ' }).test.report).toBe('out/junit.xml')
    expect(inputsOf({}).test).not.toHaveProperty('report')
  })
  test.each(['.', 'tests', '../junit.xml', '/etc/hostname'])('is a file in the workspace: not %s', (path) =>
    expect(reasonsOf({ 'test-report': path })).toHaveLength(1),
  )
})

test('requirements that name no file are told', () => expect(reasonsOf({ 'test-requirements': ',' })).toHaveLength(1))
