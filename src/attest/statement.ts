/** What is attested, by its digest (in-toto: ResourceDescriptor). */
export type Subject = Readonly<{ name: string; digest: Readonly<{ gitCommit: string }> | Readonly<{ sha256: string }> }>

/** The workflow that ran the tests: its file, where it is, and the commit it was read from. */
export type Configuration = Readonly<{ name: string; uri: string; digest?: Readonly<{ gitCommit: string }> }>

/**
 * What came of one run of a test suite, with names as that suite has them. Names beyond `mostNames` of a kind are left
 * out, and `mlImage_leftOut` says how many. Fields with that prefix are ours: verifiers pass over what they do not know.
 */
export type TestResult = Readonly<{
  result: 'PASSED' | 'WARNED' | 'FAILED'
  configuration: readonly Configuration[]
  url?: string
  passedTests: readonly string[]
  warnedTests: readonly string[]
  failedTests: readonly string[]
  mlImage_leftOut?: number
}> &
  Readonly<Record<`mlImage_${string}`, unknown>>

/** in-toto Statement v1 about a test result (https://github.com/in-toto/attestation, spec/predicates/test-result.md). */
export type Statement = Readonly<{
  _type: 'https://in-toto.io/Statement/v1'
  subject: readonly Subject[]
  predicateType: 'https://in-toto.io/attestation/test-result/v0.1'
  predicate: TestResult
}>

const testResultType = 'https://in-toto.io/attestation/test-result/v0.1'

/** GitHub takes 16 MB of a statement; names of this number and length stay far below. */
export const mostNames = 5_000
const longestName = 300

/** The run that a statement is made in, as it is known from the variables of the runner. */
export type Circumstances = Readonly<{ configuration: readonly Configuration[]; url?: string }>

/** How a suite came out: nothing failed, or there would be nothing to attest. */
export type Suite = Readonly<{ passed: readonly string[]; warned: readonly string[]; more: Readonly<Record<`mlImage_${string}`, unknown>> }>

const bounded = (names: readonly string[]) => names.slice(0, mostNames).map((name) => name.slice(0, longestName))

/** The statement that a suite came out so on these subjects. */
export function testResult(subject: readonly Subject[], { passed, warned, more }: Suite, { configuration, url }: Circumstances): Statement {
  const leftOut = Math.max(0, passed.length - mostNames) + Math.max(0, warned.length - mostNames)
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: testResultType,
    predicate: {
      result: warned.length > 0 ? 'WARNED' : 'PASSED',
      configuration,
      ...(url === undefined ? {} : { url }),
      passedTests: bounded(passed),
      warnedTests: bounded(warned),
      failedTests: [],
      ...(leftOut > 0 ? { mlImage_leftOut: leftOut } : {}),
      ...more,
    },
  }
}

type Variables = Readonly<Record<string, string | undefined>>

/** The workflow and the run, from the variables of the runner (docs.github.com, "Variables reference"). */
export function circumstancesOf(env: Variables, serverUrl: string): Circumstances {
  const [, repository = '', file = '', ref = ''] = /^([^/]+\/[^/]+)\/(.+?)@(.+)$/.exec(env['GITHUB_WORKFLOW_REF'] ?? '') ?? []
  const sha = env['GITHUB_WORKFLOW_SHA'] ?? ''
  const [own = '', run, attempt = '1'] = [env['GITHUB_REPOSITORY'], env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT']]
  const described = { name: file, uri: `git+${serverUrl}/${repository}@${ref}`, ...(sha === '' ? {} : { digest: { gitCommit: sha } }) }
  return {
    configuration: file === '' ? [] : [described],
    ...(own !== '' && run ? { url: `${serverUrl}/${own}/actions/runs/${run}/attempts/${attempt}` } : {}),
  }
}

/** The commit whose tests were run. */
export function commitSubject(serverUrl: string, repository: string, commit: string): Subject {
  return { name: `git+${serverUrl}/${repository}`, digest: { gitCommit: commit } }
}

/** The image that was started, as `registry/path` and its digest. */
export function imageSubject(name: string, digest: string): Subject {
  return { name, digest: { sha256: digest.replace(/^sha256:/, '') } }
}
