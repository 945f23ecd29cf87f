import { someOf } from '../../../amounts.ts'
import { isPinned, type Requirement, requirementsIn } from '../../requirement.ts'
import type { Finding, RequirementsSubject, Rule } from '../../rule.ts'
import { at, fixOf, goesOn, isList, rawLine, renamed, without } from './edits.ts'
import { misnamed } from './tables.ts'

export const unpinned: Rule<RequirementsSubject> = {
  id: 'unpinned-requirement',
  look: (subject) => {
    // A lock says the versions.
    if (!isList(subject) && subject.locked) return []
    const loose = requirementsIn(subject).filter((one) => !isPinned(one))
    const [first] = loose
    if (!first) return []
    const known = loose.flatMap(({ name, line, specifier }) => {
      const version = subject.installed?.get(name)?.version
      const text = rawLine(subject, line)
      if (version === undefined || goesOn(text)) return []
      const [, head = '', tail = ''] = /^(\s*[\w.-]+\s*(?:\[[^\]]*\])?)\s*[^;#]*?(\s*[;#].*)?$/.exec(text) ?? []
      return head === '' || specifier.startsWith('@') ? [] : [{ line, remove: 1, insert: [`${head.trimEnd()}==${version}${tail}`] }]
    })
    return [
      {
        message: `${someOf(loose.map(({ name, specifier }) => `${name}${specifier}`))} in ${subject.file} ${loose.length === 1 ? 'has' : 'have'} no version.`,
        why: 'The same commit gives another image tomorrow, and a model that was trained with one version of a library may fail or answer otherwise with the next.',
        at: at(subject, first),
        ...(known.length === loose.length ? fixOf(subject, known) : {}),
        gain: { kind: 'risk', text: 'A release of somebody else changes what the service answers.' },
      },
    ]
  },
}

export const twice: Rule<RequirementsSubject> = {
  id: 'duplicate-requirement',
  look: (subject) => {
    const known = new Map<string, Requirement>()
    return requirementsIn(subject).flatMap((one): readonly Finding[] => {
      const key = `${one.name};${one.marker}`
      const before = known.get(key)
      known.set(key, before ?? one)
      if (!before) return []
      const contradicts = before.specifier !== one.specifier
      return [
        {
          message: contradicts
            ? `${one.name} is asked for as ${before.specifier || 'any version'} in line ${before.line} and as ${one.specifier || 'any version'} in line ${one.line} of ${subject.file}.`
            : `${one.name} is in ${subject.file} twice, in lines ${before.line} and ${one.line}.`,
          why: contradicts
            ? 'pip refuses two pins of one package, and of a pin and a range nobody sees which one counts.'
            : 'Who changes one of them leaves the other.',
          at: at(subject, one),
          ...without(subject, [one]),
          gain: {
            kind: 'risk',
            text: contradicts ? 'The build fails, or installs another version than the one that was read.' : 'The two drift apart.',
          },
        },
      ]
    })
  },
}

export const commit: Rule<RequirementsSubject> = {
  id: 'git-requirement-without-commit',
  look: (subject) =>
    requirementsIn(subject).flatMap((one): readonly Finding[] => {
      const [, url = '', ref] = /^@ git\+([a-z+]+:\/\/(?:[^@/\s]+@)?[^@#\s]+)(?:@([^#\s]+))?/.exec(one.specifier) ?? []
      if (url === '' || (ref !== undefined && /^[0-9a-f]{7,40}$/.test(ref))) return []
      // A tag is moved by nobody who means well.
      if (ref !== undefined && /^v?\d+(\.\d+)+([-.+]?[a-z0-9]+)*$/i.test(ref)) return []
      return [
        {
          message: `${one.name} in ${subject.file} is what ${ref ?? 'the default branch'} of ${url.replace(/\/\/[^@/]+@/, '//')} is on the day of the build.`,
          why: 'A branch moves: the layer cache keeps what it was, and a machine without the cache gets what it is.',
          at: at(subject, one),
          gain: { kind: 'risk', text: 'Two builds of one commit differ. Name the commit: git+https://…@1f2e3d4.' },
        },
      ]
    }),
}

export const wrongName: Rule<RequirementsSubject> = {
  id: 'misnamed-package',
  look: (subject) =>
    requirementsIn(subject).flatMap((one): readonly Finding[] => {
      const known = Object.hasOwn(misnamed, one.name) ? misnamed[one.name] : undefined
      if (!known || one.specifier.startsWith('@')) return []
      const { meant, what } = known
      return [
        {
          message: `${one.written} in ${subject.file} is ${what}: ${meant} is meant.`,
          why: 'The package of that name on PyPI is not the library, and anybody may fill a name that people mistype.',
          at: at(subject, one),
          ...renamed(subject, one, meant),
          gain: { kind: 'risk', text: 'The build fails, or installs what nobody meant.' },
        },
      ]
    }),
}
