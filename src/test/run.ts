import { join } from 'node:path'
import { childEnvironment } from '../host/environment.ts'
import { bounded, longestOutput, sanitiseLine } from '../host/sanitise.ts'
import { failed, type Outcome, skipped, tail } from '../outcome.ts'
import { pytestOptions, reportPath, testArgv } from './command.ts'
import { conclude, withoutTests } from './conclude.ts'
import { changedFiles, contextState, dirtyWarning } from './context-changes.ts'
import { saveDependencies } from './dependency-cache.ts'
import { hasPytestFiles } from './find.ts'
import { withHints } from './hints.ts'
import { prepareTests } from './prepare.ts'
import { mismatchWarning } from './python.ts'
import type { TestSession } from './session.ts'
import type { TestVerdict } from './verdict.ts'

/** Runs the tests of the project on this machine. */
export async function runTests(session: TestSession): Promise<Outcome<TestVerdict>> {
  const { host, inputs, log, signal, background } = session
  const { test, workingDirectory: cwd, build } = inputs
  if (!test.run) return skipped(test.leftOut ?? 'test: false')
  if (test.command === undefined && !hasPytestFiles(host.files, cwd))
    return withoutTests(inputs, 'There is no test_*.py or *_test.py in the working directory.')
  const prepared = session.prepared ?? prepareTests(host, inputs, signal)
  const { folder } = prepared
  try {
    prepared.follow(log.line)
    const environment = await prepared.environment
    const print = bounded((line) => log.line(sanitiseLine(line)))
    if (environment.kind !== 'passed') return environment
    const { variables, python, how, version, cache } = environment.value
    log.line(`environment: ${how}`)
    const mismatch = mismatchWarning(version, build)
    if (mismatch) host.log.warning(mismatch)

    const env = childEnvironment('code', host.env, {
      ...variables,
      // Nothing is written into the folder that is being sent as the build context.
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      COVERAGE_FILE: join(folder, 'coverage'),
      ...test.env,
      PYTEST_ADDOPTS: pytestOptions(folder, test.env['PYTEST_ADDOPTS']),
    })
    const report = reportPath(test, folder, cwd)
    // A report of an earlier run must not speak for this one.
    if (!report.startsWith(folder) && host.files.kind(report) === 'file') host.files.remove(report)
    const before = test.first ? undefined : contextState(host.files, build.context)
    const last = tail(60, print)
    const ended = await host.stream(
      { argv: testArgv(test.command, python), env, cwd },
      {
        signal,
        timeoutMs: test.timeoutMs,
        mostBytes: longestOutput,
        onLine: last.push,
      },
    )
    const dirty = before && dirtyWarning(changedFiles(before, contextState(host.files, build.context)))
    if (dirty) host.log.warning(dirty)
    const changed = host.changedCommandFiles()
    if (changed.length > 0) return failed('runner-files-changed', `The tests changed ${changed.join(', ')}.`)
    const { outcome, report: found } = conclude(session, ended, report, last.lines)
    if (outcome.kind === 'passed' && cache) background(saveDependencies(host, cache.cache, cache.restored, host.log.notice))
    if (outcome.kind !== 'failed') return outcome
    const output = [...last.lines, ...(found?.failures.map(({ message }) => message) ?? [])].join('\n')
    return { kind: 'failed', red: withHints(outcome.red, output, build.dockerfile, host.env, env) }
  } finally {
    // Thousands of files, which nobody need wait for.
    background(prepared.dispose())
  }
}
