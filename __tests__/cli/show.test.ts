import { describe, expect, test } from '@jest/globals'
import { type Outlet, showEnd } from '../../src/cli/show.ts'
import { painter } from '../../src/host/colour.ts'
import { refusalOf } from '../../src/report/refusal.ts'
import type { Result } from '../../src/report/tell.ts'
import { createReport } from '../builders.ts'

const style = { paint: painter(false), width: 80 }

async function show(result: Result, format: 'text' | 'markdown' | 'json', outIsTerminal = true) {
  const [out, log]: [string[], string[]] = [[], []]
  const outlet: Outlet = {
    out: async (text) => void out.push(text),
    log: (text) => void log.push(text),
    outIsTerminal,
    outStyle: style,
    logStyle: style,
    masked: (text) => text.replaceAll('hunter22', '***'),
    summary: '### the summary\n',
  }
  await showEnd(result, format, outlet)
  return { out: out.join(''), log: log.join('\n') }
}
const green: Result = { exitCode: 0, report: createReport({ notices: ['hunter22'] }) }
const refused: Result = { exitCode: 2, refusal: refusalOf([{ input: 'port', value: '0', reason: 'is no port', example: 'x' }]) }

describe('the result', () => {
  test('stands once in a terminal', async () => {
    const { out, log } = await show(green, 'text')
    expect(out).toMatch(/^\n✓ pushed /)
    expect(log).toBe('')
  })
  test('is the last line of the log, where its text goes elsewhere', async () => {
    const { out, log } = await show(green, 'text', false)
    expect(out).toMatch(/^\n✓ pushed /)
    expect(log).toBe('Result: passed. pushed ghcr.io/acme/iris:sha-1f2e3d4 in 9.3 s')
  })
  test.each([true, false])('as JSON is alone on stdout, without secrets, and as text in the log; a terminal: %j', async (isTerminal) => {
    const { out, log } = await show(green, 'json', isTerminal)
    expect(JSON.parse(out)).toEqual(createReport({ notices: ['***'] }))
    expect(log).toMatch(/^\n✓ pushed /)
  })
  test('as markdown is the job summary', async () => expect((await show(green, 'markdown')).out).toBe('### the summary\n'))
})

describe('of a run without a report', () => {
  test('refused input is JSON, too', async () => expect(JSON.parse((await show(refused, 'json')).out)).toEqual(refused.refusal))
  test('as text it stands in the log alone, where it was told already', async () =>
    expect(await show(refused, 'text')).toEqual({ out: '', log: '' }))
  test('a dry run is what it plans', async () => {
    const rehearsal = { version: 1, result: 'passed', plan: { carry: [] } }
    expect(JSON.parse((await show({ exitCode: 0, rehearsal: rehearsal as never }, 'json')).out)).toEqual(rehearsal)
  })
})
