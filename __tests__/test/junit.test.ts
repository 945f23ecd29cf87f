import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJunit, passedTests } from '../../src/test/junit.ts'

/** As pytest 8 writes it (xunit2), shortened. */
const pytest = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="5" time="0.327" timestamp="2026-01-02T03:04:05.000000+00:00" hostname="runner">
<testcase classname="tests.test_app" name="test_health" time="0.011" />
<testcase classname="tests.test_app" name="test_param[&lt;a&gt; &amp; &quot;b&quot;]" time="0.002" />
<testcase classname="tests.test_app.TestModel" name="test_predict" time="0.120"><failure message="assert 1 == 0">self = &lt;tests.test_app.TestModel object&gt;

    def test_predict(self):
&gt;       assert predict([5.1]) == 0
E       assert 1 == 0
E        +  where 1 = predict([5.1])

tests/test_app.py:7: in helper
    x
tests/test_app.py:12: AssertionError</failure></testcase>
<testcase classname="tests.test_db" name="test_rows" time="0.000"><error message="failed on setup with &quot;KeyError: 'DATABASE_URL'&quot;">    def db():
&gt;       os.environ['DATABASE_URL']
E       KeyError: 'DATABASE_URL'

tests/conftest.py:4: KeyError</error></testcase>
<testcase classname="tests.test_db" name="test_slow" time="0.000"><skipped type="pytest.skip" message="slow">/repo/tests/test_db.py:9: slow</skipped></testcase>
</testsuite></testsuites>`

test('the report of pytest: counts, time, and of what failed the name, the message and the last line of its traceback', () => {
  expect(parseJunit(pytest)).toEqual({
    tests: 5,
    failed: 1,
    errors: 1,
    skipped: 1,
    seconds: 0.327,
    failures: [
      {
        name: 'tests/test_app/TestModel::test_predict',
        message: 'assert 1 == 0',
        file: 'tests/test_app.py',
        line: 12,
      },
      { name: 'tests/test_db::test_rows', message: `failed on setup with "KeyError: 'DATABASE_URL'"`, file: 'tests/conftest.py', line: 4 },
    ],
    slowest: [{ name: 'tests/test_app/TestModel::test_predict', seconds: 0.12 }],
  })
})

const suite = (cases: string, more = 'tests="0"') => `<testsuite ${more}>${cases}</testsuite>`
const failing = (body: string) => suite(`<testcase classname="a" name="b">${body}</testcase>`)

describe('other shapes of a report', () => {
  test('a suite alone at the top (xunit1)', () => {
    expect(parseJunit(suite('<testcase name="a"/>', 'time="2"'))).toMatchObject({ tests: 1, failed: 0, seconds: 2, failures: [] })
  })
  test('no test at all', () => expect(parseJunit(`<testsuites>${suite('')}</testsuites>`)).toMatchObject({ tests: 0 }))
  test('suites inside and beside each other', () => {
    const nested = `<testsuites>${suite(suite('<testcase name="a"/>') + suite('<testcase name="b"/>'))}${suite('<testcase name="c"/>')}</testsuites>`
    expect(parseJunit(nested)).toMatchObject({ tests: 3 })
  })
  test('a test that failed and broke in its teardown counts once', () => {
    expect(parseJunit(failing('<failure message="a"/><error message="b"/>'))).toMatchObject({ tests: 1, failed: 1, errors: 0 })
  })
  test('a failure without a message is told by its last line', () => {
    expect(parseJunit(failing('<failure type="x">first\nlast\n</failure>'))?.failures).toEqual([{ name: 'a::b', message: 'last' }])
  })
  test('no test at all, by a runner that then writes no suite', () => {
    expect(parseJunit('<testsuites tests="0" failures="0"></testsuites>')).toMatchObject({ tests: 0 })
  })
  test('a module that cannot be imported is told by its reason, not as "collection failure"', () => {
    const text = "ImportError while importing test module '/repo/test_a.py'.\nTraceback:\nE   ModuleNotFoundError: No module named 'torch'"
    const report = parseJunit(failing(`<error message="collection failure">${text}</error>`))
    expect(report?.failures[0]?.message).toContain("ModuleNotFoundError: No module named 'torch'")
  })
  test('a failure without any attribute is told too', () => {
    expect(parseJunit(failing('<failure>first\nlast\n</failure>'))?.failures).toEqual([{ name: 'a::b', message: 'last' }])
  })
  test('a message of several lines, as pytest writes it, is read as several', () => {
    expect(parseJunit(failing('<failure message="assert 1 == 0&#10;  + where 1 = f(&#9;)"/>'))?.failures[0]?.message).toBe(
      'assert 1 == 0\n  + where 1 = f(\t)',
    )
  })
  test('entities of XML are read, hundreds of thousands of them too', () => {
    const body = '&lt;&amp;&gt;'.repeat(100_000)
    expect(parseJunit(failing(`<failure message="m">${body}</failure>`))).toMatchObject({ failed: 1 })
  })
  test('a long message is cut', () => {
    expect(parseJunit(failing(`<failure message="${'x'.repeat(9_999)}"/>`))?.failures[0]?.message).toHaveLength(2_000)
  })
})

test('the five slowest are told, slowest first, but none that is quick', () => {
  const times = [0.05, 3, 0.2, 0.1, 7, 0.3, 0.4]
  const report = parseJunit(suite(times.map((time) => `<testcase name="t${time}" time="${time}"/>`).join('')))
  expect(report?.slowest.map(({ seconds }) => seconds)).toEqual([7, 3, 0.4, 0.3, 0.2])
})

describe('what is no report is none', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
  test.each([
    ['', ''],
    ['text', 'all tests passed'],
    ['cut off', pytest.slice(0, 600)],
    ['HTML', '<html><body></body></html>'],
    ['other XML', '<?xml version="1.0"?><coverage/>'],
    ['tags that cross', '<testsuite><testcase></testsuite></testcase>'],
    ['an entity bomb', `${bomb}${failing('<failure message="&b;"/>')}`],
    ['a document type', `<!doctype html>${suite('')}`],
    ['an external entity', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${failing('<failure message="&e;"/>')}`],
  ])('%s', (_, xml) => expect(parseJunit(xml)).toBeUndefined())
})

describe('never a crash', () => {
  const harmless = (xml: string) => {
    const report = parseJunit(xml)
    return report === undefined || Number.isFinite(report.tests + report.seconds)
  }
  test('on arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), harmless))
  })
  test('on XML of the same words in any order', () => {
    const word = fc.constantFrom(
      '<testsuites>',
      '</testsuites>',
      '<testsuite time="x">',
      '</testsuite>',
      '<testcase name="">',
      '</testcase>',
      '<failure/>',
      '<error>',
      '</error>',
      '<__proto__>',
      '&x;',
      '&#0;',
      ']]>',
      '<![CDATA[',
      'a',
    )
    fc.assert(fc.property(fc.array(word, { maxLength: 30 }), (words) => harmless(words.join(''))))
  })
  test('on suites inside each other ten thousand deep', () => {
    expect(harmless('<testsuite>'.repeat(10_000) + '</testsuite>'.repeat(10_000))).toBe(true)
  })
})

describe('the names of the tests that passed', () => {
  test('in the order of the report, without those that failed, broke or were skipped', () => {
    const cases = [
      '<testcase classname="tests.test_a" name="test_one[x-1]"/>',
      '<testcase classname="tests.test_a" name="test_red"><failure message="no"/></testcase>',
      '<testcase classname="tests.test_a" name="test_broken"><error message="no"/></testcase>',
      '<testcase classname="tests.test_b" name="test_later"><skipped/></testcase>',
      '<testcase name="alone"><system-out>said</system-out></testcase>',
    ]
    expect(passedTests(`<testsuites><testsuite>${cases.join('')}</testsuite></testsuites>`)).toEqual([
      'tests/test_a::test_one[x-1]',
      'alone',
    ])
  })
  test.each(['', 'no report', '<!DOCTYPE x><testsuite/>'])('%j has none', (xml) => expect(passedTests(xml)).toEqual([]))
})
