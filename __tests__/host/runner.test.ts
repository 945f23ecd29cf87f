import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { stages } from '../../src/errors.ts'
import { runnerHost, savedTraces, secretForms, stageTitle } from '../../src/host/runner.ts'
import { terminalHost } from '../../src/host/terminal.ts'

describe('every form of a secret that may turn up in a log', () => {
  test.each([
    ['s3cret', ['s3cret']],
    ['a b/c', ['a b/c', 'a%20b%2Fc']],
    ['-----BEGIN\nMIIE\r\nabc', ['-----BEGIN\nMIIE\r\nabc', '-----BEGIN', 'MIIE', '-----BEGIN%0AMIIE%0D%0Aabc']],
    ['abc', []],
    ['', []],
  ])('%j: %j', (secret, forms) => expect(secretForms(secret)).toEqual(forms))
})

test('what main left is what post finds', () => {
  const traces = [{ kind: 'folder', path: '/t' }]
  process.env['STATE_traces'] = JSON.stringify(traces)
  expect(savedTraces()).toEqual(traces)
  delete process.env['STATE_traces']
  expect(savedTraces()).toEqual([])
})

test('every stage has a title of its own', () => expect(new Set(stages.map(stageTitle)).size).toBe(stages.length))

test('on a laptop what is hidden is in no output, and what was left is known', () => {
  const host = terminalHost({ NO_COLOR: '1' })
  host.hide('correct horse')
  host.output('json', '{"a":"correct horse","b":"correct%20horse"}')
  host.leave({ kind: 'folder', path: '/t' })
  expect([...host.outputs]).toEqual([['json', '{"a":"***","b":"***"}']])
  expect(host.traces).toEqual([{ kind: 'folder', path: '/t' }])
  expect(host.runId).toMatch(/^[0-9a-f]{12}$/)
})

test('the summary is in its file at once, as the process may leave right after', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-summary-'))
  const file = join(folder, 'summary')
  writeFileSync(file, 'of an earlier step\n')
  const host = runnerHost({ GITHUB_STEP_SUMMARY: file })
  host.summary('### ours\n')
  expect(readFileSync(file, 'utf8')).toBe('of an earlier step\n### ours\n')
  expect(host.changedCommandFiles()).toEqual([])
  rmSync(folder, { recursive: true })
})
