import type { Inputs } from '../../src/inputs/inputs.ts'
import type { TestReport } from '../../src/test/junit.ts'
import type { TestSession } from '../../src/test/session.ts'
import type { FakeHost } from '../fake-host.ts'

export const xml = (cases: string) => `<testsuites><testsuite name="pytest">${cases}</testsuite></testsuites>`
export const greenXml = xml('<testcase name="a"/>')
export const redXml = (message: string) => xml(`<testcase name="a"><failure message="${message}"/></testcase>`)

type KeptSession = Readonly<{ session: TestSession; reports: readonly TestReport[]; background: readonly Promise<void>[] }>

/** A run of the tests whose lines go to the host, and whose reports and later work are kept. */
export function createSession(host: FakeHost, inputs: Inputs, signal = new AbortController().signal): KeptSession {
  const reports: TestReport[] = []
  const background: Promise<void>[] = []
  const log = { line: (text: string) => void host.lines.push(text), close: () => {} }
  const session: TestSession = {
    host,
    inputs,
    log,
    signal,
    onReport: (report) => void reports.push(report),
    background: (work) => void background.push(work),
  }
  return { session, reports, background }
}
