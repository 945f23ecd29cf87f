import { describe, expect, test } from '@jest/globals'
import { landsInside, misplaced, writeReport } from '../../src/report/file.ts'
import { refusalOf } from '../../src/report/refusal.ts'
import { createReport } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const links = { '/repo/out': '/etc', '/repo/link.json': '/etc/passwd', '/repo/in': '/repo' }
const files = () => createFiles({ '/repo/Dockerfile': 'FROM x', '/etc/passwd': 'root' }, links)
const given = (path: string, more: Readonly<Record<string, string>> = {}) => new Map(Object.entries({ 'report-file': path, ...more }))

describe('in the workspace is', () => {
  test.each([
    ['/repo/report.json', true],
    ['/repo/a/b/report.json', true],
    ['/repo/in/report.json', true],
    ['/repo', false],
    ['/repo/../etc/report.json', false],
    ['/etc/report.json', false],
    ['/repo-2/report.json', false],
    ['/repo/out/report.json', false],
    ['/repo/out/new/report.json', false],
    ['/repo/link.json', false],
  ])('%s: %j', (path, inside) => expect(landsInside(files(), '/repo', path)).toBe(inside))
})

test('a link that leads out is refused as input, and what is replaced leads nowhere', () => {
  const host = createFakeHost({ files: files() })
  expect(misplaced(host, '/repo/link.json', 'refused')).toBe('leads out of the workspace')
  expect(misplaced(host, '/repo/link.json', 'replaced')).toBeUndefined()
  expect(misplaced(host, '/repo/out/new.json', 'replaced')).toBe('leads out of the workspace')
})

test('a folder is no file; on a laptop a file may be anywhere', () => {
  const host = createFakeHost({ files: files() })
  expect(misplaced(host, '/etc', 'refused')).toBe('is a folder, not a file')
  expect(misplaced(host, '/etc/report.json', 'refused')).toBe('leads out of the workspace')
  expect(misplaced({ ...host, kind: 'terminal' }, '/etc/report.json', 'refused')).toBeUndefined()
})

describe('the report is written', () => {
  test.each([
    [given('report.json'), '/repo/report.json'],
    [given('reports/a.json'), '/repo/reports/a.json'],
    [given('a.json', { 'working-directory': 'iris' }), '/repo/iris/a.json'],
    [given('a.json', { context: 'iris' }), '/repo/iris/a.json'],
    [given('/repo/x/a.json', { context: 'iris' }), '/repo/x/a.json'],
  ])('%#', (inputs, path) => {
    const host = createFakeHost({ files: files() })
    expect(writeReport(host, inputs, createReport())).toBe(path)
    expect(JSON.parse(host.files.entries.get(path) ?? '')).toEqual(createReport())
  })
  test('not where nobody asks for it', () => {
    const host = createFakeHost({ files: files() })
    expect(writeReport(host, new Map([['report-file', ' ']]), createReport())).toBeUndefined()
    expect(host.files.entries.size).toBe(2)
  })
  test('without what is hidden', () => {
    const host = createFakeHost({ files: files() })
    host.hide('hunter22')
    writeReport(host, given('a.json'), createReport({ notices: ['it is hunter22'] }))
    expect(host.files.entries.get('/repo/a.json')).not.toContain('hunter22')
  })
  test('in place of a link that the tests have left, which leads nowhere', () => {
    const host = createFakeHost({ files: createFiles({ '/etc/passwd': '' }, { '/repo/a.json': '/etc/passwd' }) })
    writeReport(host, given('a.json'), createReport())
    expect(host.files.entries.get('/etc/passwd')).toBe('')
    expect(host.files.entries.get('/repo/a.json')).toContain('"version": 1')
  })
  test('not out of the workspace, where a folder has become a link: a warning says so', () => {
    const host = createFakeHost({ files: files() })
    expect(writeReport(host, given('out/a.json'), createReport())).toBeUndefined()
    expect(host.lines).toEqual(['The report was not written: /repo/out/a.json leads out of the workspace.'])
  })
  test('also of a run that was refused, but for its very path', () => {
    const host = createFakeHost({ files: files() })
    const refusal = refusalOf([{ input: 'port', value: '0', reason: 'is no port', example: 'port: 8080' }])
    expect(writeReport(host, given('a.json'), refusal)).toBe('/repo/a.json')
    expect(writeReport(host, given('../a.json'), refusal)).toBeUndefined()
    expect(host.lines).toEqual([])
  })
})
