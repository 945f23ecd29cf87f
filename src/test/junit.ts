import { XMLParser } from 'fast-xml-parser'

/** A test that failed, and where: path as pytest prints it (from its root folder), line from 1. */
export type FailedTest = Readonly<{ name: string; message: string; file?: string; line?: number }>

/** A test and how long it took (seconds). */
export type TimedTest = Readonly<{ name: string; seconds: number }>

export type TestReport = Readonly<{
  tests: number
  failed: number
  errors: number
  skipped: number
  seconds: number
  failures: readonly FailedTest[]
  /** The slowest, slowest first; those under 0.1 s are left out. */
  slowest: readonly TimedTest[]
}>

/** Largest report that is read (characters). */
const largest = 64 << 20
const longestMessage = 2_000
const slowestTold = 5
const worthTelling = 0.1

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
const asList = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)
/** Characters given by number: line breaks and tabs of an attribute are, and the parser leaves them. */
const withCharacters = (text: string) =>
  text.replace(/&#(\d{1,7});/g, (reference, code) => (Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : reference))
const attribute = (node: Node, name: string): string =>
  typeof node[`@${name}`] === 'string' ? withCharacters(node[`@${name}`] as string) : ''
const amount = (node: Node, name: string): number => Number(attribute(node, name)) || 0

const ofOthers = /^(\/|\.\.\/)|(^|\/)(site|dist)-packages\//

/**
 * pytest writes no file attribute by default: the traceback ends in `tests/test_x.py:12: AssertionError`. Where that is in a
 * library, the last line of the project is what its people can mend.
 */
function placeOf(text: string): Readonly<{ file?: string; line?: number }> {
  const places = [...text.matchAll(/^([^\s:]+\.py):(\d+): /gm)]
  const [, file, line] = places.findLast(([, path = '']) => !ofOthers.test(path)) ?? places.at(-1) ?? []
  return file && line ? { file, line: Number(line) } : {}
}

function nameOf(testCase: Node): string {
  return [attribute(testCase, 'classname').replaceAll('.', '/'), attribute(testCase, 'name')].filter(Boolean).join('::')
}

function failureOf(testCase: Node): FailedTest | undefined {
  const [given] = [testCase['failure'], testCase['error']].flatMap((value) =>
    Array.isArray(value) ? value : value === undefined ? [] : [value],
  )
  if (given === undefined) return undefined
  const found: Node = isNode(given) ? given : { '#text': given }
  const text = typeof found['#text'] === 'string' ? found['#text'] : ''
  const name = nameOf(testCase)
  const said = attribute(found, 'message')
  // pytest says of a module it cannot import only that: the reason is the last line marked E.
  const reason = text
    .match(/^E\s+.*$/gm)
    ?.at(-1)
    ?.replace(/^E\s+/, '')
  const message = said === 'collection failure' && reason ? reason : said || (text.trim().split('\n').at(-1) ?? '')
  return { name, message: message.slice(0, longestMessage), ...placeOf(text) }
}

/** `<testsuites/>` without a suite: a runner that ran nothing. */
function isEmptyRoot(document: Node): boolean {
  return 'testsuites' in document && asList(document['testsuites']).every((root) => !('testsuite' in root))
}

/** Every test suite in a document, nested ones too. */
function suitesIn(node: Node): readonly Node[] {
  return asList(node['testsuite']).flatMap((suite) => [suite, ...suitesIn(suite)])
}

/** Every suite and test of a report (pytest's xunit1 and xunit2); undefined when the text is none. Entities other than XML's own are not expanded. */
function readCases(xml: string): Readonly<{ suites: readonly Node[]; cases: readonly Node[] }> | undefined {
  if (xml.length > largest || /<!(DOCTYPE|ENTITY)/i.test(xml)) return undefined
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
  })
  let document: unknown
  try {
    document = parser.parse(xml, true)
  } catch {
    return undefined
  }
  if (!isNode(document)) return undefined
  const root = isNode(document['testsuites']) ? document['testsuites'] : document
  const suites = suitesIn(root)
  if (suites.length === 0 && !isEmptyRoot(document)) return undefined
  return { suites, cases: suites.flatMap((suite) => asList(suite['testcase'])) }
}

/**
 * Reads a JUnit XML report.
 * @returns undefined when the text is no such report
 */
export function parseJunit(xml: string): TestReport | undefined {
  const read = readCases(xml)
  if (!read) return undefined
  const { suites, cases } = read
  const having = (element: string) => cases.filter((testCase) => element in testCase).length
  return {
    tests: cases.length,
    failed: having('failure'),
    errors: cases.filter((testCase) => 'error' in testCase && !('failure' in testCase)).length,
    skipped: having('skipped'),
    seconds: suites.reduce((sum, suite) => sum + amount(suite, 'time'), 0),
    failures: cases.flatMap((testCase) => failureOf(testCase) ?? []),
    slowest: cases
      .map((testCase) => ({ name: nameOf(testCase), seconds: amount(testCase, 'time') }))
      .filter(({ seconds }) => seconds >= worthTelling)
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, slowestTold),
  }
}

/** The names of the tests that passed, in the order of the report. */
export function passedTests(xml: string): readonly string[] {
  const passed = (testCase: Node) => !['failure', 'error', 'skipped'].some((element) => element in testCase)
  return (readCases(xml)?.cases ?? []).filter(passed).map(nameOf)
}
