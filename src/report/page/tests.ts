import { count, timeText } from '../../amounts.ts'
import type { FailedTest, TestReport } from '../../test/junit.ts'
import { bars } from './bars.ts'
import { block, clipped, type Html, html, leftText, listed, nothing, section } from './html.ts'
import { shareOf } from './scale.ts'

const mostFailures = 50
const longestName = 160

function failure({ name, message, file, line }: FailedTest): Html {
  const at = file === undefined ? nothing : html` <code>${file}${line === undefined ? '' : `:${line}`}</code>`
  return html`<li><p><span class="failed">\u2717</span> <span class="strong">${name}</span>${at}</p>${block([message])}</li>`
}

/** The tests that failed, each with its message; then the slowest. */
export function testsSection(tests: TestReport | undefined): Html {
  if (!tests || (tests.failures.length === 0 && tests.slowest.length === 0)) return nothing
  const { shown, left } = listed(tests.failures, mostFailures, failure)
  const longest = Math.max(0, ...tests.slowest.map((test) => test.seconds))
  const slowest = tests.slowest.map((test) => ({
    ...{ label: clipped(test.name, longestName), code: true, kind: 'own' as const },
    ...{ value: timeText(test.seconds * 1_000), share: shareOf(test.seconds, longest) },
  }))
  return section('tests', tests.failures.length > 0 ? 'Failed tests' : 'Slowest tests', [
    html`<p>${count(tests.tests, 'test')} in ${timeText(tests.seconds * 1_000)}.</p>`,
    shown.length > 0 ? html`<ul class="plain">${shown}</ul>` : nothing,
    leftText(left, 'failed tests'),
    ...(slowest.length > 0 ? [tests.failures.length > 0 ? html`<h3>Slowest</h3>` : nothing, ...bars(slowest, 10, 'tests')] : []),
  ])
}
