import { bytesText, someOf } from '../../../amounts.ts'
import { contextCopies, type Taken, takenAlong, takenBy } from '../../copies.ts'
import { newFileDiff, unifiedDiff } from '../../diff.ts'
import type { ContextSubject, Finding, Rule } from '../../rule.ts'
import { type LeftIn, leftIn } from './left-in.ts'

/** What everybody leaves out; what is found besides is added to it. */
const usual = ['.git', '.github', '.env', '.env.*', '**/__pycache__', '**/*.py[co]', '.venv', 'venv', 'tests', '**/*.ipynb']

type Found = Readonly<{ named: readonly string[]; bytes: number; more: boolean; copy: Taken }>

/** More files are told, and not weighed: it would take longer than it is worth. */
const mostWeighed = 2_000

const known = new WeakMap<ContextSubject, ReadonlyMap<string, Found>>()

/** What of each kind the image takes, looked up once for all rules. */
function findAll(subject: ContextSubject): ReadonlyMap<string, Found> {
  const found = known.get(subject) ?? look(subject)
  known.set(subject, found)
  return found
}

/** Each kind has what those before it in the table have left. */
function look(subject: ContextSubject): ReadonlyMap<string, Found> {
  const copies = contextCopies(subject.dockerfile).filter(({ ships }) => ships)
  const found = new Map<string, { named: Set<string>; bytes: number; more: boolean; copy: Taken }>()
  if (copies.length === 0) return new Map()
  const all = [
    ...subject.aside.map(({ path, bytes, more = false }) => ({ path, bytes: () => bytes, more })),
    ...subject.sent.paths.map((path) => ({ path, bytes: () => subject.sent.bytes(path), more: false })),
  ]
  let left = mostWeighed
  const kinds = leftIn.filter(({ id }) => !(id === 'tests-in-image' && subject.testsInImage))
  for (const { path, bytes, more } of all) {
    const by = takenBy(copies, path)
    // What COPY names is meant.
    const kind = by && kinds.find((one) => one.is(path, bytes) && (one.always || takenAlong(copies, one.named(path))))
    if (!kind) continue
    const sum = found.get(kind.id) ?? { named: new Set(), bytes: 0, more: false, copy: by }
    sum.named.add(kind.named(path))
    const weighed = left-- > 0
    if (weighed) sum.bytes += bytes()
    sum.more ||= more || !weighed
    found.set(kind.id, sum)
  }
  return new Map([...found].map(([id, { named, ...rest }]) => [id, { ...rest, named: [...named] }]))
}

/** The diff that puts lines at the end of `.dockerignore`, or makes it. */
function leaveOut({ file, text, sent }: ContextSubject, lines: readonly string[]): string {
  if (sent.ignoreFile === undefined) return newFileDiff(file, lines)
  const count = text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0)
  return unifiedDiff(file, text, [{ line: count + 1, remove: 0, insert: lines }])
}

const atCopy = ({ dockerfile }: ContextSubject, { instruction }: Taken) => ({ file: dockerfile.file, line: instruction.line })
const isThere = ({ sent }: ContextSubject) => sent.ignoreFile !== undefined

const ruleOf = (kind: LeftIn): Rule<ContextSubject> => ({
  id: kind.id,
  look: (subject): readonly Finding[] => {
    // Without a .dockerignore one advice says all.
    if (!isThere(subject) && !kind.always) return []
    const found = findAll(subject).get(kind.id)
    if (!found || found.bytes < kind.from) return []
    const patterns = [...new Set(found.named.map(kind.pattern))].slice(0, 20)
    const weight = kind.risk ? '' : ` (${found.more ? 'more than ' : ''}${bytesText(found.bytes)})`
    return [
      {
        message: `${found.copy.instruction.text.slice(0, 80)} takes ${kind.what} into the image: ${someOf(found.named)}${weight}.`,
        why: kind.why,
        at: atCopy(subject, found.copy),
        fix: leaveOut(subject, patterns),
        gain: kind.risk ? { kind: 'risk', text: kind.risk } : { kind: 'size', bytes: found.bytes },
      },
    ]
  },
})

const noIgnoreFile: Rule<ContextSubject> = {
  id: 'no-dockerignore',
  look: (subject) => {
    if (isThere(subject)) return []
    const whole = contextCopies(subject.dockerfile).find(({ sources }) => sources.includes(''))
    if (!whole) return []
    const all = findAll(subject)
    const kinds = leftIn.filter(({ id, from }) => (all.get(id)?.bytes ?? -1) >= from)
    const found = kinds.flatMap(({ id }) => all.get(id) ?? [])
    const bytes = found.reduce((sum, one) => sum + one.bytes, 0)
    const patterns = kinds.flatMap(({ id, pattern }) => (all.get(id)?.named ?? []).map(pattern))
    const kept = subject.testsInImage ? usual.filter((line) => line !== 'tests') : usual
    const names = found.flatMap(({ named }) => named)
    return [
      {
        message: `${whole.instruction.text} takes all of the folder, and there is no .dockerignore${names.length > 0 ? `: ${someOf(names)} (${bytesText(bytes)}) goes along` : ''}.`,
        why: 'All that lies beside the code is sent to the build, and a change of any of it builds the layer anew; a .env, a .git and data end up in the image.',
        at: atCopy(subject, whole),
        fix: leaveOut(subject, [...new Set([...kept, ...patterns])]),
        gain: { kind: 'risk', text: 'What lies beside the code, today or tomorrow, is published with it.' },
      },
    ]
  },
}

/** What the image takes from its build context and has no use for. */
export const contextRules: readonly Rule<ContextSubject>[] = [noIgnoreFile, ...leftIn.map(ruleOf)]
