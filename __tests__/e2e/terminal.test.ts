import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { fixture, repositoryRoot } from './action.ts'
import { expectReport } from './schema.ts'
import { inTerminal } from './terminal.ts'

const given = ['--images', 'ghcr.io/acme/terminal', '--github-token', 'ghs_terminal0123456789']

function createProject() {
  const folder = mkdtempSync(join(tmpdir(), 'ml-image-laptop-'))
  cpSync(fixture('service'), folder, { recursive: true })
  return {
    folder,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    write: (name: string, text: string) => writeFileSync(join(folder, name), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Lines that are wider than the terminal though they have a place to be broken at. */
const broken = (lines: readonly string[], columns: number) =>
  lines.filter((line) => [...line].length > columns && line.replace(/^[│✓✗ -]+/, '').includes(' '))
/** A mark in a colour, however tmux tells it. */
const marked = (mark: string, code: number) => new RegExp(`\\u001b\\[(0;)?${code}m(\\u001b\\[49m)?${mark}`)
const escapes = /\u001b\[[\d;]*m/

describe('a run in a terminal of 80 columns', () => {
  test('that is green has its marks in green, and ends with the result', () => {
    using project = createProject()
    const { exitCode, text, coloured, written } = inTerminal(project.folder, [...given, '--report-file', 'out/report.json'])
    expect(exitCode).toBe(0)
    expect(text).toMatch(/^✓ Test: 2 passed \(/m)
    expect(text).toMatch(/^✓ Build: sha256:[a-f0-9]{12}, [\d.]+ MB, \d of 2 steps cached \(/m)
    const [, end = ''] = /\n\n(✓ gates passed in .*)$/s.exec(text) ?? []
    expect(end).toMatch(
      /^✓ gates passed in [\d.]+ s, ghcr\.io\/acme\/terminal not pushed: a run by hand\s+pushes\s+only with push: true\n\n/,
    )
    for (const stage of ['Test', 'Build', 'Inspect', 'Smoke']) expect(end).toMatch(new RegExp(`^ {2}✓ ${stage} +[\\d.]+ m?s {2}\\S`, 'm'))
    expect(end).toMatch(/^ {2}- Publish +skipped: a run by hand pushes only with push: true$/m)
    for (const mark of coloured.split('\n').filter((line) => /✓/.test(line))) expect(mark).toMatch(marked('✓', 32))
    expect(coloured).not.toMatch(marked('', 31))
    expect(broken(written, 80)).toEqual([])
    expect(expectReport(project.read('out/report.json'))).toMatchObject({ result: 'passed', pushed: false })
  })

  test('that is red has its proof below the stage, the cause in red, and what to do', () => {
    using project = createProject()
    const words = [...given, '--run-env', 'MODE=exits', '--report-file', 'report.json']
    const { exitCode, text, coloured, written } = inTerminal(project.folder, words)
    expect(exitCode).toBe(1)
    expect(text).toMatch(/^✗ Smoke: [a-z-]+: .*(\n {2}.*)*\n(│ .*\n)*│ FileNotFoundError: model\/classifier\.joblib$/m)
    expect(coloured).toMatch(marked('✗.*Smoke', 31))
    const [, end = ''] = /\n\n(✗ stopped at smoke .*)$/s.exec(text) ?? []
    expect(end).toMatch(/^✗ stopped at smoke \([a-z-]+\), nothing was pushed\n/)
    expect(end).toContain('FileNotFoundError: model/classifier.joblib')
    expect(end).toMatch(/^ {2}Next {3}\S/m)
    expect(end).toMatch(/^ {2}- Publish +not run$/m)
    expect(broken(written, 80)).toEqual([])
    expect(expectReport(project.read('report.json'))).toMatchObject({ result: 'failed', failure: { stage: 'smoke' } })
  })

  test('has no colour where NO_COLOR says so', () => {
    using project = createProject()
    const { exitCode, text, coloured } = inTerminal(project.folder, [...given, '--smoke=false', '--test-env', 'VERDICT=red'], {
      env: { NO_COLOR: '1' },
    })
    expect([exitCode, escapes.test(coloured)]).toEqual([1, false])
    expect(text).toContain('✗ stopped at test (tests-failed), nothing was pushed')
    expect(text).toMatch(/^ {2}✗ tests\/test_service\.py:\d+ /m)
  })
})

describe('a run into a pipe', () => {
  test('is plain: no colours, no marks in the log, its last line the result; while it waits for the model it says so', () => {
    using project = createProject()
    const words = [...given, '--test', 'false', '--run-env', 'MODE=deaf', '--start-timeout', '17s']
    const { exitCode } = inTerminal(project.folder, words, { around: '% > out.txt 2> log.txt' })
    expect(exitCode).toBe(1)
    const [out, log] = [project.read('out.txt'), project.read('log.txt')]
    expect([escapes.test(out), escapes.test(log)]).toEqual([false, false])
    expect(log).toMatch(/^│ waiting for the model: 15\.\d s of at most 17\.0 s; nothing answers on port 8000/m)
    expect(log).toMatch(/^Build: sha256:[a-f0-9]{64}, /m)
    expect(log).toMatch(/^Smoke: [a-z-]+: /m)
    expect(log.trimEnd().split('\n').at(-1)).toMatch(/^Result: failed\. stopped at smoke /)
    expect(out).toMatch(/^\n✗ stopped at smoke /)
  })

  test('with --json has the report and nothing else on stdout, and can be shown again', () => {
    using project = createProject()
    const words = [...given, '--test', 'false', '--json']
    expect(inTerminal(project.folder, words, { around: '% > report.json' }).exitCode).toBe(0)
    const text = project.read('report.json')
    expect(expectReport(text)).toMatchObject({ result: 'passed', smoke: { health: { path: '/health', status: 200 } } })
    expect(text).not.toContain('ghs_terminal0123456789')

    const shown = inTerminal(project.folder, ['report', 'report.json'])
    expect(shown.exitCode).toBe(0)
    expect(shown.text).toMatch(/^✓ gates passed in /)
    expect(shown.coloured).toMatch(marked('✓', 32))
    expect(broken(shown.written, 80)).toEqual([])
    expect(inTerminal(project.folder, ['report', 'report.json', '--output', 'report.html']).exitCode).toBe(0)
    expect(project.read('report.html')).toMatch(/^<!doctype html>/i)
    expect(inTerminal(project.folder, ['report', 'report.json', '--format', 'markdown'], { around: '% > report.md' }).exitCode).toBe(0)
    expect(project.read('report.md')).toMatch(/^### ML image: gates passed /)
  })
})

describe('without a run', () => {
  test('refused input is JSON, too: --json, and the report file', () => {
    using project = createProject()
    const words = [...given, '--port', '0', '--pish', 'true', '--json', '--report-file', 'report.json']
    expect(inTerminal(project.folder, words, { around: '% > out.json' }).exitCode).toBe(2)
    expect(expectReport(project.read('out.json'))).toMatchObject({
      failure: { code: 'bad-input' },
      problems: [{ input: 'pish' }, { input: 'port', value: '0' }],
    })
    expect(project.read('report.json')).toBe(project.read('out.json'))
    const flag = inTerminal(project.folder, ['nonsense', '--json'], { around: '% > out.json' })
    expect([flag.exitCode, expectReport(project.read('out.json'))['result']]).toEqual([2, 'failed'])
  })

  test('a dry run is JSON, too', () => {
    using project = createProject()
    expect(inTerminal(project.folder, [...given, '--dry-run', '--json'], { around: '% > out.json' }).exitCode).toBe(0)
    expect(JSON.parse(project.read('out.json'))).toMatchObject({ version: 1, result: 'passed', plan: { push: { push: false } } })
  })

  test.each([
    ['of another version', '{"version": 2}', 'is a report of version 2, and this program reads 1'],
    ['that is cut off', '{"version": 1, "result": "pa', 'is no report: it is not JSON'],
    ['that is something else', '{"name": "ml-image-action"}', 'is no report of this action: it has no version'],
  ])('a report %s is refused with the reason', (_, text, reason) => {
    using project = createProject()
    project.write('r.json', text)
    const { exitCode, written } = inTerminal(project.folder, ['report', 'r.json'])
    expect([exitCode, written.join(' ').includes(reason.slice(0, 40))]).toEqual([2, true])
  })

  test.each([40, 80, 200])('the help fits %d columns, and its words are those of action.yml', (columns) => {
    const { exitCode, text, written } = inTerminal(repositoryRoot, ['--help'], { columns })
    expect(exitCode).toBe(0)
    expect(
      broken(
        written.filter((line) => !/^(usage:| {7}ml-image-action)/.test(line)),
        columns,
      ),
    ).toEqual([])
    expect(text).toContain('--report-file')
  })

  test('the version is that of the package', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }
    expect(inTerminal(repositoryRoot, ['--version']).text).toBe(version)
  })
})
