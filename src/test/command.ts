import { join, resolve } from 'node:path'

const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** argv of the tests: pytest as a module, so that the project's folder is importable; else the user's line by bash. */
export function testArgv(command: string | undefined, python: string): readonly string[] {
  return command === undefined ? [python, '-m', 'pytest'] : ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command]
}

/** Options by which any pytest, however it is started, writes a report and leaves nothing in the project. */
export function pytestOptions(folder: string, users: string | undefined, cache = join(folder, 'cache')): string {
  // Ours come last: with pytest the last word counts.
  return [users ?? '', `--junitxml=${shellQuote(join(folder, 'junit.xml'))}`, `-o cache_dir=${shellQuote(cache)}`].join(' ').trim()
}

/** Whether a command runs pytest: by name, as a module, or behind a tool that runs things in an environment. */
export function runsPytest(command: string | undefined): boolean {
  return command === undefined || /(^|[\s;&|(/])(pytest|py\.test)([\s;&|)]|$)/.test(command)
}

/** Whether a command is pytest and nothing else: then a report must come of it. */
export function startsPytest(command: string | undefined): boolean {
  return command === undefined || /^\s*(?:(?:uv|poetry|pipenv)\s+run\s+)?(?:python[\d.]*\s+-m\s+)?pytest(?:\s[^|;&\n]*)?$/.test(command)
}

/** Where the report will be: `test-report`, or a file that the command names itself, which has the last word with pytest. */
export function reportPath(test: Readonly<{ command?: string; report?: string }>, folder: string, cwd: string): string {
  const [, given] = /--junit-?xml[= ]['"]?([^\s'"]+)/.exec(test.command ?? '') ?? []
  const named = test.report ?? given
  return named === undefined ? join(folder, 'junit.xml') : resolve(cwd, named)
}
