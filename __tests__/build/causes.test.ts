import { describe, expect, test } from '@jest/globals'
import { findCause, knownCauses } from '../../src/build/causes.ts'

const failed = (command: string, code = 1) => [
  `[2/3] RUN ${command}: process "/bin/sh -c ${command}" did not complete successfully: exit code: ${code}`,
]
const metadata = (image: string, error: string) => [`[internal] load metadata for ${image}: ${error}`]
const pip = failed('pip install -r requirements.txt')

/** What the tools really write, by the name of the cause; the last lines first come last. */
const cases: readonly (readonly [name: string, errors: readonly string[], output: readonly string[], says?: RegExp])[] = [
  ['several-nodes', ['ERROR: failed to build: oci for multi-node builds currently not supported'], [], /joins only in a registry/],
  ['no-space', pip, ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device']],
  ['no-space', ['[2/2] COPY model.bin /: failed to copy: write /var/lib/docker/x: no space left on device'], []],
  ['out-of-memory', failed('python train.py', 137), ['Killed']],
  ['out-of-memory', pip, ['c++: fatal error: Killed signal terminated program cc1plus', "error: command 'g++' failed with exit code 1"]],
  ['wrong-architecture', failed('/app/tool'), ['exec /bin/sh: exec format error']],

  [
    'base-rate-limit',
    metadata(
      'docker.io/library/python:3.11-slim',
      'failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/x: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit.',
    ),
    [],
    /docker\.io\/library\/python:3\.11-slim allows no more/,
  ],
  [
    'base-rate-limit',
    [`[1/3] FROM docker.io/library/a:1@sha256:${'0'.repeat(64)}: failed to copy: 429 Too Many Requests`],
    [],
    / docker\.io\/library\/a:1 /,
  ],
  [
    'base-unauthorized',
    metadata(
      'docker.io/acme/base:1',
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
    [],
    /docker\.io\/acme\/base:1/,
  ],
  [
    'base-unauthorized',
    metadata('ghcr.io/acme/base:1', 'failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized'),
    [],
  ],
  [
    'base-unauthorized',
    ['ghcr.io/a/b:1: failed to resolve source metadata for ghcr.io/a/b:1: unexpected status from HEAD request: 403 Forbidden'],
    [],
  ],
  ['base-platform', metadata('docker.io/library/a:1', 'no match for platform in manifest: not found'), []],
  [
    'base-outdated-format',
    metadata('docker.io/a/b:1', 'media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported'),
    [],
  ],
  [
    'base-not-found',
    metadata('docker.io/nvidia/cuda:11.0-base', 'docker.io/nvidia/cuda:11.0-base: not found'),
    [],
    /no image docker\.io\/nvidia\/cuda:11\.0-base\./,
  ],
  [
    'base-unreachable',
    metadata(
      'docker.io/nosuch/base:1',
      'failed to do request: Head "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host',
    ),
    [],
  ],

  [
    'gated-model',
    failed('python get.py'),
    ['requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://huggingface.co/meta/x/config.json'],
  ],
  [
    'private-index',
    pip,
    [
      'WARNING: 401 Error, Credentials not correct for https://pypi.acme.com/simple/iris/',
      'ERROR: No matching distribution found for iris==1',
    ],
  ],
  [
    'private-index',
    pip,
    ['Looking in indexes: https://pypi.acme.com', 'User for pypi.acme.com: ERROR: Exception:', 'EOFError: EOF when reading a line'],
  ],
  ['private-index', failed('uv sync'), ['  hint: HTTP status client error (403 Forbidden) for url (https://pypi.acme.com/simple/iris/)']],
  [
    'untrusted-index',
    pip,
    [
      'WARNING: The repository located at pypi.local is not a trusted or secure host and is being ignored.',
      'ERROR: No matching distribution found for iris',
    ],
    / pypi\.local out/,
  ],
  ['private-download', failed('curl -f x', 22), ['curl: (22) The requested URL returned error: 403']],
  ['private-git', pip, ["fatal: could not read Username for 'https://github.com': No such device or address"]],
  [
    'certificate',
    pip,
    ["Could not fetch URL x: (SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))"],
  ],
  ['rate-limit', failed('python get.py'), ['requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://x']],
  [
    'network',
    pip,
    [
      'WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError: [Errno -3] Temporary failure in name resolution',
      'ERROR: Could not find a version that satisfies the requirement torch==2 (from versions: none)',
    ],
  ],
  [
    'network',
    failed('apt-get update', 100),
    ['Err:1 http://packages.example bookworm InRelease', "  Temporary failure resolving 'packages.example'"],
  ],

  ['sklearn-package', pip, ["      The 'sklearn' PyPI package is deprecated, use 'scikit-learn'", '  error: subprocess-exited-with-error']],
  ['python-version', pip, ["ERROR: Package 'iris' requires a different Python: 3.11.2 not in '>=3.12'"], /3\.11\.2/],
  [
    'missing-wheel',
    pip,
    [
      'ERROR: Ignored the following versions that require a different python version: 1.21.2 Requires-Python >=3.7,<3.11',
      'ERROR: Could not find a version that satisfies the requirement no-such-package-xyz==9 (from versions: none)',
      'ERROR: No matching distribution found for no-such-package-xyz==9',
    ],
    /fits \(no-such-package-xyz==9\)/,
  ],
  [
    'missing-wheel',
    failed('uv sync'),
    ['  × No solution found when resolving dependencies:', '  ╰─▶ Because there is no version of iris==9 and you require iris==9'],
    /iris==9/,
  ],
  ['conflicting-requirements', pip, ['ERROR: ResolutionImpossible: for help visit https://pip.pypa.io']],
  ['hash-mismatch', pip, ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.']],
  ['externally-managed', pip, ['error: externally-managed-environment']],
  ['missing-compiler', failed('gcc x.c', 127), ['/bin/sh: 1: gcc: not found']],
  ['missing-compiler', pip, ["  error: command 'gcc' failed: No such file or directory", '  ERROR: Failed building wheel for hdbscan']],
  ['missing-compiler', pip, ["ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]", 'error: metadata-generation-failed']],
  [
    'missing-header',
    pip,
    ['src/x.c:4:10: fatal error: Python.h: No such file or directory', "error: command '/usr/bin/gcc' failed with exit code 1"],
    /Python\.h/,
  ],
  ['missing-header', pip, ['Error: pg_config executable not found.', 'error: subprocess-exited-with-error'], /pg_config/],
  ['failed-compilation', pip, ['x.c:9: error: too few arguments', "error: command '/usr/bin/gcc' failed with exit code 1"]],

  ['apt-mirror', failed('apt-get update', 100), ['E: Failed to fetch http://packages.example/x  Hash Sum mismatch']],
  [
    'apt-outdated',
    failed('apt-get update', 100),
    ["E: The repository 'http://packages.example/debian buster Release' does not have a Release file."],
  ],
  [
    'apt-outdated',
    failed('apt-get install x', 100),
    ['E: Failed to fetch http://packages.example/pool/x.deb  404  Not Found [IP: 1.2.3.4 80]'],
  ],
  ['apt-package', failed('apt-get install libgl1-mesa', 100), ['E: Unable to locate package libgl1-mesa'], /libgl1-mesa/],
  ['line-endings', failed('./run.sh', 126), ['/bin/sh: 1: ./run.sh: /bin/bash^M: bad interpreter']],
  ['not-executable', failed('./run.sh', 126), ['/bin/sh: 1: ./run.sh: Permission denied']],
  [
    'not-allowed',
    failed('pip install x'),
    ["ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/x'"],
  ],

  ['lfs-pointer', failed('python check.py'), ["_pickle.UnpicklingError: invalid load key, 'v'."]],
  ['lfs-pointer', failed('python check.py'), ['safetensors_rust.SafetensorError: Error while deserializing header: HeaderTooLarge']],
  ['numpy-versions', failed('python check.py'), ['ValueError: numpy.dtype size changed, may indicate binary incompatibility.']],
  ['missing-module', failed('python train.py'), ["ModuleNotFoundError: No module named 'pandas'"], /module pandas is/],
  [
    'missing-file',
    failed('python train.py'),
    ["FileNotFoundError: [Errno 2] No such file or directory: 'data/iris.csv'"],
    /data\/iris\.csv/,
  ],

  [
    'not-in-stage',
    ['[2/2] COPY --from=train /m.pkl /: failed to calculate checksum of ref a::b: "/m.pkl": not found'],
    [],
    /^\/m\.pkl is not in train/,
  ],
  ['not-in-stage', ['[2/2] COPY --from=train /m.pkl /: lstat /m.pkl: no such file or directory'], [], /^\/m\.pkl is not in train/],
  [
    'not-in-context',
    ['[2/2] COPY m.pkl /: failed to calculate checksum of ref a::b: "/m.pkl": not found'],
    [],
    /^\/m\.pkl is not in the build context/,
  ],
  ['missing-secret', ['[2/2] RUN --mount=type=secret,id=tok cat x: secret tok: not found'], []],
  ['missing-ssh', ['[2/2] RUN --mount=type=ssh git clone x: unset ssh forward key default'], []],
  ['entitlement', ['granting entitlement security.insecure is not allowed by build daemon configuration'], []],
  ['syntax', ['dockerfile parse error on line 2: unknown instruction: COPI (did you mean COPY?)'], []],
  ['missing-program', failed('curl x', 127), ['/bin/sh: 1: curl: not found'], /\(curl\)/],
  ['missing-program', failed('x | y', 127), [], /not in the image\.$/],
]

describe('a known cause is found in what the tools write', () => {
  test.each(cases)('%s', (name, errors, output, says = /./) => {
    const found = findCause(errors, output)
    expect(found).toMatchObject({ name, cause: expect.stringMatching(says), fix: expect.any(String) })
    expect([...errors, ...output.map((line) => line.trim())].some((line) => line.startsWith(found?.line ?? '-'))).toBe(true)
  })
  test('for each there is an example', () =>
    expect(new Set(cases.map(([name]) => name))).toEqual(new Set(knownCauses.map(({ name }) => name))))
})

test('what is not known has no cause', () => {
  expect(findCause(failed('make all', 2), ['AssertionError: 1 != 2', 'make: *** [all] Error 1'])).toBeUndefined()
  expect(findCause([], [])).toBeUndefined()
})

test('what only BuildKit says is not believed of a step', () =>
  expect(findCause(failed('echo'), ['[internal] load metadata for x: 429 toomanyrequests', '"/x": not found.'])).toBeUndefined())

test('colours and line breaks do not hide a cause', () => {
  const output = ['\u001b[31mERROR: No matching distribution\u001b[0m found for \u001b[1miris==9\u001b[0m']
  expect(findCause(pip, output)).toMatchObject({ line: 'ERROR: No matching distribution found for iris==9' })
  expect(findCause(['[1/1] FROM docker.io/a/b:1: failed\n  429 Too Many\n Requests'], [])?.name).toBe('base-rate-limit')
})

test('names are unique, no sentence has a hole, and no pattern is slow', () => {
  expect(new Set(knownCauses.map(({ name }) => name)).size).toBe(knownCauses.length)
  for (const { name, cause, fix } of knownCauses) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect([cause, fix].filter((text) => !/^\S.*[^.]\.$/s.test(text))).toEqual([])
  }
  const began = performance.now()
  findCause([], Array(200).fill(`fatal error: ${'load metadata for x '.repeat(100)}`))
  findCause([], Array(200).fill('('.repeat(2_000)))
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('of two lines that tell it the later one is shown', () =>
  expect(findCause(pip, ['No matching distribution found for a', 'No matching distribution found for b'])?.line).toMatch(/b$/))
