import { someOf } from '../../../amounts.ts'
import { type Requirement, requirementsIn } from '../../requirement.ts'
import type { RequirementsSubject, Rule } from '../../rule.ts'
import { commandsOf, systemPackages } from '../../shell.ts'
import { at, renamed, without } from './edits.ts'
import { deskTools, isTestTool, withWindows } from './tables.ts'

/** What a package weighs in the image, where that is known. */
const weightOf = ({ installed }: RequirementsSubject, found: readonly Requirement[]) => {
  const bytes = found.reduce((sum, { name }) => sum + (installed?.get(name)?.bytes ?? 0), 0)
  return { kind: 'size' as const, ...(bytes > 0 ? { bytes } : {}) }
}

export const testing: Rule<RequirementsSubject> = {
  id: 'test-tools-in-image',
  look: (subject) => {
    const found = requirementsIn(subject).filter(({ name }) => isTestTool(name))
    const [first] = found
    if (!first) return []
    return [
      {
        message: `${subject.file} has the image install ${someOf(found.map(({ name }) => name))}, which only tests need.`,
        why: 'They and what they need are in every pull of the image. The tests install requirements-test.txt beside it.',
        at: at(subject, first),
        ...without(subject, found),
        gain: weightOf(subject, found),
      },
    ]
  },
}

export const desk: Rule<RequirementsSubject> = {
  id: 'desk-tools-in-image',
  look: (subject) => {
    const named = requirementsIn(subject).filter(({ name }) => Object.hasOwn(deskTools, name))
    if (named.length === 0) return []
    const imported = subject.imports()
    const found = named.filter(({ name }) => !(deskTools[name] ?? []).some((module) => imported.has(module)))
    const [first] = found
    if (!first) return []
    return [
      {
        message: `${subject.file} has the image install ${someOf(found.map(({ name }) => name))}, which none of its code imports.`,
        why: 'Notebooks, plots and trackers of experiments bring many packages along, and a service has no use for them.',
        at: at(subject, first),
        ...without(subject, found),
        gain: weightOf(subject, found),
      },
    ]
  },
}

export const windows: Rule<RequirementsSubject> = {
  id: 'opencv-with-windows',
  look: (subject) => {
    const { base, chain } = subject.dockerfile
    if (!/slim|alpine|minbase|distroless/.test(base)) return []
    const installed = chain.flatMap(commandsOf).flatMap((command) => systemPackages(command) ?? [])
    if (installed.some((name) => /^(libgl1|libgl1-mesa|libgl1-mesa-glx|mesa-gl|ffmpeg|libopencv)/.test(name))) return []
    return requirementsIn(subject)
      .filter(({ name }) => withWindows.test(name))
      .map((one) => ({
        message: `${one.name} needs libGL to be imported, which ${base} does not have.`,
        why: 'It brings the parts that open windows on a screen; opencv-python-headless is the same without them, and smaller.',
        at: at(subject, one),
        ...renamed(subject, one, `${one.name}-headless`),
        gain: { kind: 'risk' as const, text: 'The service ends with "libGL.so.1: cannot open shared object file".' },
      }))
  },
}
