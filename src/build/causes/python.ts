import type { KnownCause } from '../causes.ts'

/** Packages of Python cannot be installed. */
export const pythonCauses: readonly KnownCause[] = [
  {
    name: 'sklearn-package',
    pattern: /The 'sklearn' PyPI package is deprecated|No matching distribution found for sklearn\b/i,
    cause: 'The requirements ask for sklearn, which is only the name to import it by: the package is called scikit-learn.',
    fix: 'Write scikit-learn instead of sklearn, also in packages of your own that require it.',
  },
  {
    name: 'python-version',
    pattern:
      /requires a different Python: (\S+)|current Python version \((\S+)\) does not satisfy|your Python version .* is not (?:compatible|allowed)/i,
    cause: 'A package is not made for the Python of the base image ($1$2).',
    fix: 'Take a base image with another Python (FROM python:3.11-slim), or another version of the package.',
  },
  {
    name: 'missing-wheel',
    pattern:
      /No matching distribution found for ([^\s;]+)|satisfies the requirement ([^\s;]+)|Because there (?:is|are) no versions? of (\S+)|no wheels with a matching|Unable to find installation candidates for|PackagesNotFoundError|was not found in the package registry/i,
    cause:
      'The index has nothing that fits ($1$2$3): there is no such version, it is not made for this Python, or it has no wheel for this platform (Alpine and arm64 lack many).',
    fix: 'Check name and version. If they are right, take another Python or a Debian base (python:3.11-slim), or give the index that has it (--extra-index-url, --find-links).',
  },
  {
    name: 'conflicting-requirements',
    pattern: /ResolutionImpossible|conflicting dependencies|No solution found when resolving|version solving failed/i,
    cause: 'The requirements contradict each other.',
    fix: 'Loosen one of the pins named in the lines, or lock them together (uv lock, pip-compile).',
  },
  {
    name: 'hash-mismatch',
    pattern: /PACKAGES DO NOT MATCH THE HASHES|Hash mismatch for `?(\S+)/i,
    cause: 'What was downloaded is not what the requirements have the hash of.',
    fix: 'Make the lock or the hashes anew. If nothing has changed, do not trust the index.',
  },
  {
    name: 'externally-managed',
    pattern: /externally-managed-environment/i,
    cause: 'The Python of the distribution does not let pip install into it (PEP 668).',
    fix: 'Install into a virtual environment (RUN python3 -m venv /opt/venv, ENV PATH=/opt/venv/bin:$PATH), or start from python:3.11-slim.',
  },
  {
    name: 'missing-compiler',
    pattern:
      /(?:^|[\s:/])(gcc|g\+\+|cc|c\+\+|clang|make|cmake|gfortran|nvcc|rustc|cargo): (?:command )?not found|command '?(\S+?)'? failed: No such file|unable to execute '?(\S+?)'?:|Unknown compiler|CMAKE_C(?:XX)?_COMPILER not set|No CMAKE_C(?:XX)?_COMPILER could be found|can't find Rust compiler|Rust toolchain|Microsoft Visual C\+\+|CUDA_HOME environment variable is not set/i,
    cause: 'A package has no wheel for this Python and platform and is to be compiled, and the image has no compiler.',
    fix: 'Take a version with a wheel for this Python, or install what compiles it in a stage before: apt-get install build-essential (Rust: rustc cargo; CUDA: a -devel base).',
  },
  {
    name: 'missing-header',
    pattern:
      /fatal error: (\S+\.h(?:pp)?): No such file|(pg_config|mysql_config|xslt-config|llvm-config) (?:executable )?(?:is )?not found|Package (\S+) was not found in the pkg-config/i,
    cause: 'A package is compiled in the build, and the header or library $1$2$3 that it needs is not in the image.',
    fix: 'Install its -dev package (python3-dev for Python.h, libpq-dev for pg_config), or take a version with a wheel, such as psycopg2-binary.',
  },
  {
    name: 'failed-compilation',
    pattern:
      /Failed building wheel for (\S+)|Could not build wheels for (\S+)|Failed to build installable wheels|Failed to build `?([^\s`]+)|command '?\S*(?:gcc|g\+\+|clang|cc)'? failed with exit (?:status|code)|subprocess-exited-with-error|metadata-generation-failed/i,
    cause: 'A package has no wheel for this Python and platform, and compiling it failed.',
    fix: 'Take a version of it that has a wheel for this Python (pip install --only-binary :all: tells which lack one), or another Python.',
  },
]
