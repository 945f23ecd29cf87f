import { describe, expect, test } from '@jest/globals'
import { painter } from '../../src/host/colour.ts'
import { parseReportWords, type ReportOrder, renderReport, reportFrom } from '../../src/report/command.ts'
import { refusalOf } from '../../src/report/refusal.ts'
import { createReport } from '../builders.ts'

const style = { paint: painter(false), width: 80 }

describe('ml-image-action report', () => {
  test.each<readonly [readonly string[], ReportOrder]>([
    [['r.json'], { file: 'r.json', format: 'text' }],
    [['r.json', '--format', 'markdown'], { file: 'r.json', format: 'markdown' }],
    [['--format=html', 'r.json'], { file: 'r.json', format: 'html' }],
    [['r.json', '--output', 'a/R.HTML'], { file: 'r.json', format: 'html', output: 'a/R.HTML' }],
    [['r.json', '--output=r.md'], { file: 'r.json', format: 'markdown', output: 'r.md' }],
    [['r.json', '--output', 'r.txt'], { file: 'r.json', format: 'text', output: 'r.txt' }],
    [['r.json', '--output', 'r.html', '--format', 'text'], { file: 'r.json', format: 'text', output: 'r.html' }],
  ])('%j', (words, order) => expect(parseReportWords(words)).toEqual(order))
  test.each([
    [[], 'report needs the path of a report file'],
    [['--format', 'html'], 'report needs the path of a report file'],
    [['a.json', 'b.json'], 'report takes one file, not also "b.json"'],
    [['a.json', '--format', 'pdf'], '--format is "pdf", and takes text, markdown, html'],
    [['a.json', '--format'], '--format needs a value'],
    [['a.json', '--output='], '--output needs a value'],
    [['a.json', '--color', 'x'], 'report has no flag --color: it takes --format and --output'],
  ])('%j: %s', (words, reason) => expect(() => parseReportWords(words)).toThrow(reason))
})

describe('a report is shown', () => {
  const beginnings = { text: '✓ pushed ghcr.io', markdown: '### ML image: pushed ghcr', html: '<!doctype html>' } as const
  test.each(Object.entries(beginnings))('as %s', async (format, beginning) => {
    const order = { file: 'r.json', format: format as keyof typeof beginnings }
    const text = await reportFrom(JSON.stringify(createReport()), order, style)
    expect(text.slice(0, beginning.length)).toBe(beginning)
    expect(text.endsWith('\n')).toBe(true)
  })
  test('not where it cannot be read', async () =>
    await expect(reportFrom(undefined, { file: 'r.json', format: 'text' }, style)).rejects.toThrow('r.json cannot be read'))
})

describe('a run that was refused', () => {
  const refusal = refusalOf([{ input: 'port', value: '0', reason: 'is no port', example: 'port: 8080' }])
  test('has a text and a summary', async () => {
    expect(await renderReport(refusal, 'text', style)).toContain('✗ port: "0" is no port')
    expect(await renderReport(refusal, 'markdown', style)).toMatch(/^### ML image: 1 problem with the inputs, nothing was run\n\n- port: /)
  })
  test('has no page', async () => await expect(renderReport(refusal, 'html', style)).rejects.toThrow('nothing was run'))
})
