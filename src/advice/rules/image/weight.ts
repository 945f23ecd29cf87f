import { bytesText, someOf } from '../../../amounts.ts'
import { type InstalledPackage, installedPackages } from '../../packages.ts'
import type { ImageSubject, Rule } from '../../rule.ts'
import { deskTools, isTestTool } from '../requirements/tables.ts'

/** Of a budget so much may be used before it is told. */
const nearBudget = 0.9
/** An image that is pulled in more than a minute at 100 MB/s, unpacked (bytes, compressed). */
const large = 4e9

const largestLayers = ({ layers }: ImageSubject) =>
  layers
    .filter(({ own }) => own)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ instruction, bytes, at }) => `${at ? `line ${at.line}` : instruction.slice(0, 40)} ${bytesText(bytes)}`)

export const heavy: Rule<ImageSubject> = {
  id: 'large-image',
  look: (subject) => {
    const { layers, budget, files } = subject
    const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0)
    const near = budget !== undefined && bytes > budget * nearBudget && bytes <= budget
    if (!near && (budget !== undefined || bytes < large)) return []
    const packages = files
      ? installedPackages(files)
          .slice(0, 5)
          .map(({ name, bytes: weight }) => `${name} ${bytesText(weight)}`)
      : []
    const place = layers.filter(({ own }) => own).toSorted((a, b) => b.bytes - a.bytes)[0]?.at
    return [
      {
        message: near
          ? `The image has ${bytesText(bytes)}, ${Math.round((bytes / budget) * 100)} % of max-image-size (${bytesText(budget)}).`
          : `The image has ${bytesText(bytes)} compressed.`,
        why: `Most of it is in ${someOf(largestLayers(subject))}${packages.length > 0 ? `; of its packages ${someOf(packages, 5)} unpacked` : ''}.`,
        ...(place ? { at: place } : {}),
        gain: near ? { kind: 'risk', text: 'The next package is over the budget, and red.' } : { kind: 'size' },
      },
    ]
  },
}

const unused = (
  id: string,
  what: string,
  why: string,
  least: number,
  is: (found: InstalledPackage, subject: ImageSubject) => boolean,
): Rule<ImageSubject> => ({
  id,
  look: (subject) => {
    const found = subject.files ? installedPackages(subject.files).filter((one) => is(one, subject)) : []
    const bytes = found.reduce((sum, one) => sum + one.bytes, 0)
    if (found.length === 0 || bytes < least) return []
    const names = found.map(({ name, bytes: weight }) => `${name} ${bytesText(weight)}`)
    return [{ message: `The image holds ${what}: ${someOf(names)}.`, why, gain: { kind: 'size', bytes } }]
  },
})

export const packageRules: readonly Rule<ImageSubject>[] = [
  unused(
    'test-tools-in-image',
    'what only tests need',
    'It is in every pull of the image. Put it into requirements-test.txt, which the tests install beside it.',
    1e5,
    ({ name, requested }) => requested === true && isTestTool(name),
  ),
  unused(
    'desk-tools-in-image',
    'what people look at data with',
    'Notebooks and plots bring many packages along, and a service has no use for them.',
    1e6,
    ({ name, requested }, { imports }) =>
      requested === true &&
      Object.hasOwn(deskTools, name) &&
      imports !== undefined &&
      !(deskTools[name] ?? []).some((one) => imports().has(one)),
  ),
  unused(
    'cuda-wheels-on-cpu',
    'the libraries of CUDA, and nothing asks for a GPU',
    'On x86-64 PyPI has torch for CUDA alone; the index https://download.pytorch.org/whl/cpu has it for the CPU. With a GPU say so: run-args: --gpus all, or a CUDA base image.',
    100e6,
    ({ name }, { gpu }) => !gpu && /^(nvidia($|-)|triton$)/.test(name),
  ),
]

export const rootUser: Rule<ImageSubject> = {
  id: 'root-user',
  look: ({ user }) =>
    !/^(|root|0)(:|$)/.test(user)
      ? []
      : [
          {
            message: `The server runs as root: the image has ${user === '' ? 'no USER' : `USER ${user}`}.`,
            why: 'Whoever breaks into the server (a pickle runs code when it is loaded) has all rights in the container, and clusters refuse such pods.',
            gain: { kind: 'risk', text: 'all rights in the container for who breaks in' },
          },
        ],
}
