import type { Environment, Host } from '../host/host.ts'

/**
 * What `git status --porcelain=v2 --branch -z` says: the commit, and the paths that are not as the commit has them. Of a
 * rename the new path.
 */
export function parseStatus(text: string): Readonly<{ commit?: string; paths: readonly string[] }> {
  const entries = text.split('\0')
  let commit: string | undefined
  const paths: string[] = []
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? ''
    const [, oid] = /^# branch\.oid ([0-9a-f]{40,64})$/.exec(entry) ?? []
    commit ??= oid
    // So many fields come before the path, by the kind of the entry; a rename has its old path in an entry behind.
    const [, path] = /^(?:1(?: \S+){7}|2(?: \S+){8}|u(?: \S+){9}|\?) (.+)$/s.exec(entry) ?? []
    if (path !== undefined) paths.push(path)
    if (entry.startsWith('2 ')) at++
  }
  return { ...(commit === undefined ? {} : { commit }), paths }
}

/** What Python and pytest leave behind wherever they run. */
const leftBehind = /(^|\/)(__pycache__|\.pytest_cache)\/|\.pyc$/

const asking = ['git', '--no-optional-locks', '-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', 'status']
const told = ['--porcelain=v2', '--branch', '--untracked-files=all', '-z', '--', '.']

/**
 * Why what would be built is not what the commit has, as far as git knows it: another commit is checked out, or files were
 * changed or added that git does not ignore. Those of the model may come from elsewhere: their digest is compared.
 * @param folders those it matters in: project and build context, absolute
 * @param models paths of the model, from the build context
 */
export async function departure(
  host: Pick<Host, 'capture'>,
  [project, context]: readonly [string, string],
  models: readonly string[],
  commit: string,
  env: Environment,
): Promise<string | undefined> {
  const argv = [...asking, ...told, context]
  const { exitCode, stdout } = await host.capture({ argv, cwd: project, env }).catch(() => ({ exitCode: 128, stdout: '' }))
  if (exitCode !== 0) return undefined
  const found = parseStatus(stdout)
  if (found.commit !== undefined && found.commit !== commit)
    return `the commit ${found.commit.slice(0, 7)} is checked out, and the event is about ${commit.slice(0, 7)}`
  const isModel = (path: string) => models.some((model) => path === model || path.endsWith(`/${model}`))
  const [other, ...more] = found.paths.filter((path) => !leftBehind.test(path) && !isModel(path))
  if (other === undefined) return undefined
  return `the commit does not have ${other} as it is here${more.length > 0 ? `, nor ${more.length} more` : ''}`
}
