import { posix } from 'node:path'
import { givesSecret } from '../../../inspect/leaks/variables.ts'
import { objectOf, textOf } from '../../../smoke/compose/config.ts'
import { type Service, servicesIn } from '../../compose-file.ts'
import { environmentIn } from '../../compose-service.ts'
import { newFileDiff, unifiedDiff } from '../../diff.ts'
import type { ComposeSubject, Finding, Rule } from '../../rule.ts'

/** A user and a password before the host of an address, with the password. */
const inAddress = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:([^\s@/]+)@/i
const isSecret = (name: string, value: string) => {
  const [, password] = inAddress.exec(value) ?? []
  return password === undefined ? givesSecret(name, value) : givesSecret('PASSWORD', password)
}

export const secretInCompose: Rule<ComposeSubject> = {
  id: 'secret-in-compose',
  look: (subject) =>
    servicesIn(subject.text).flatMap((service) =>
      environmentIn(service)
        .filter(({ name, value }) => isSecret(name, value))
        .map(
          ({ name, line }): Finding => ({
            message: `${name} of ${service.name} has its value in ${subject.file}.`,
            why: `Whoever may read the repository has the secret, and it stays in its history. Write ${name}: \${${name}:?} and give the value by the environment, or by a .env that git leaves out; then give the service a new one.`,
            at: { file: subject.file, line },
            // No diff: it would show the secret that it takes out.
            gain: { kind: 'risk', text: 'A secret is in the repository.' },
          }),
        ),
    ),
}

const pathsOf = ({ keys }: Service) => {
  const at = keys.get('env_file')
  if (!at) return []
  const one = (value: unknown, line: number) => ({
    path: typeof value === 'string' ? value : textOf(objectOf(value as never)['path']),
    line,
  })
  return at.items.length > 0 ? at.items.map(({ value, line }) => one(value, line)) : [one(at.value, at.line)]
}

/** Whether git leaves a file out, as far as a plain line of .gitignore says so: gitignore(5). */
export function isLeftOutByGit(gitignore: string, path: string): boolean {
  let out = false
  for (const line of gitignore.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const negated = line.startsWith('!')
    const pattern = line.replace(/^!/, '').replace(/^\//, '')
    const fits = posix.matchesGlob(path, pattern) || (!pattern.includes('/') && posix.matchesGlob(posix.basename(path), pattern))
    if (fits) out = !negated
  }
  return out
}

export const envFile: Rule<ComposeSubject> = {
  id: 'env-file-in-repository',
  look: (subject) => {
    const gitignore = subject.read('.gitignore')
    const seen = new Set<string>()
    return servicesIn(subject.text).flatMap((service) =>
      pathsOf(service).flatMap(({ path, line }): readonly Finding[] => {
        const file = posix.normalize(path)
        const text = seen.has(file) || file.startsWith('..') ? undefined : subject.read(file)
        if (text === undefined || isLeftOutByGit(gitignore ?? '', file)) return []
        seen.add(file)
        const names = text.split(/\r?\n/).flatMap((one) => {
          const [, name = '', value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?(.*?)["']?\s*$/.exec(one) ?? []
          return name !== '' && isSecret(name, value) ? [name] : []
        })
        if (names.length === 0) return []
        const folder = posix.dirname(subject.file) === '.' ? '' : `${posix.dirname(subject.file)}/`
        const count =
          (gitignore ?? '').split('\n').length - (gitignore === undefined || gitignore.endsWith('\n') || gitignore === '' ? 1 : 0)
        const fix =
          gitignore === undefined
            ? newFileDiff(`${folder}.gitignore`, [`/${file}`])
            : unifiedDiff(`${folder}.gitignore`, gitignore, [{ line: count + 1, remove: 0, insert: [`/${file}`] }])
        return [
          {
            message: `${service.name} takes ${names.join(', ')} from ${file}, and no .gitignore beside ${subject.file} leaves ${file} out.`,
            why: 'A file of variables is for one machine. In the repository whoever may read it has the secrets, and they stay in its history: git rm --cached it, and give the services new ones.',
            at: { file: subject.file, line },
            fix,
            gain: { kind: 'risk', text: 'Secrets are in the repository, or will be with the next git add.' },
          },
        ]
      }),
    )
  },
}
