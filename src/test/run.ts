import { join, resolve } from 'node:path'
import { childEnvironment, withheldNames } from '../host/environment.ts'
import type { Host, StageLog } from '../host/host.ts'
import { bounded, sanitiseLine } from '../host/sanitise.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { failed, type Outcome, skipped, tail } from '../outcome.ts'
import { jobEnvironment, makeEnvironment, type PythonEnvironment } from './environment.ts'
import { findRequirements, hasPytestFiles } from './find.ts'
import { parseJunit, type TestReport } from './junit.ts'
import { judgeTests, type TestVerdict } from './verdict.ts'

const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** argv of the tests: pytest as a module, so that the project's folder is importable; else the user's line by bash. */
export function testArgv(command: string | undefined, python: string): readonly string[] {
  return command === undefined ? [python, '-m', 'pytest'] : ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command]
}

/** Options by which any pytest, however it is started, writes a report and leaves nothing in the project. */
export function pytestOptions(folder: string, users: string | undefined): string {
  return [`--junitxml=${shellQuote(join(folder, 'junit.xml'))}`, `-o cache_dir=${shellQuote(join(folder, 'cache'))}`, users ?? '']
    .join(' ')
    .trim()
}

/** Where the report will be: a command that names a file itself has the last word with pytest. */
export function reportPath(command: string | undefined, folder: string, cwd: string): string {
  const [, given] = /--junit-?xml[= ]['"]?([^\s'"]+)/.exec(command ?? '') ?? []
  return given === undefined ? join(folder, 'junit.xml') : resolve(cwd, given)
}

/** Runs the tests of the project on this machine. `onReport` gets what the runner reported, also when it is red. */
export async function runTests(
  host: Host,
  inputs: Inputs,
  log: StageLog,
  signal: AbortSignal,
  onReport: (report: TestReport) => void,
): Promise<Outcome<TestVerdict>> {
  const { test, workingDirectory: cwd } = inputs
  if (!test.run) return skipped('test: false')
  const acceptNone = inputs.accept.has('no-tests')
  if (test.command === undefined && !hasPytestFiles(host.files, cwd)) {
    return acceptNone
      ? skipped('no tests, which accept: no-tests permits')
      : failed('tests-not-found', 'There is no test_*.py or *_test.py in the working directory.')
  }
  const folder = host.files.makeTemp('test')
  host.leave({ kind: 'folder', path: folder })
  try {
    const print = bounded((line) => log.line(sanitiseLine(line)))
    const requirements = test.requirements ?? findRequirements(host.files, cwd)
    const environment: Outcome<PythonEnvironment> =
      requirements === 'none'
        ? { kind: 'passed', value: jobEnvironment() }
        : await makeEnvironment(host, { folder, cwd, requirements }, print, signal)
    if (environment.kind !== 'passed') return environment
    const { variables, python, how } = environment.value
    log.line(`environment: ${how}`)

    const env = childEnvironment('code', host.env, {
      ...variables,
      // Nothing is written into the folder that is being sent as the build context.
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      COVERAGE_FILE: join(folder, 'coverage'),
      ...test.env,
      PYTEST_ADDOPTS: pytestOptions(folder, test.env['PYTEST_ADDOPTS']),
    })
    const last = tail(60)
    const ended = await host.stream(
      { argv: testArgv(test.command, python), env, cwd },
      {
        signal,
        timeoutMs: test.timeoutMs,
        onLine: (line) => {
          last.push(line)
          print(line)
        },
      },
    )
    const xml = host.files.readText(reportPath(test.command, folder, cwd))
    const report = xml === undefined ? undefined : parseJunit(xml)
    if (report) onReport(report)
    const pytest = test.command === undefined || /\bpytest\b/.test(test.command)
    const outcome = judgeTests(
      { ended, report, pytest, mustReport: test.command === undefined, timeoutMs: test.timeoutMs, lastLines: last.lines.slice(-20) },
      acceptNone,
    )
    if (outcome.kind !== 'failed') return outcome
    const output = [...last.lines, ...(report?.failures.map(({ message }) => message) ?? [])].join('\n')
    const missed = withheldNames(host.env, env).filter((name) => name.length > 3 && new RegExp(`\\b${name}\\b`).test(output))
    if (missed.length === 0) return outcome
    const hint = `The tests do not see ${missed.join(', ')} of the job: name what they need in test-env.`
    return { kind: 'failed', red: { ...outcome.red, evidence: [...outcome.red.evidence, hint] } }
  } finally {
    host.files.remove(folder)
  }
}
