import { neededStages } from '../../chain.ts'
import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Rule, Stage } from '../../rule.ts'
import { partsOf, pythonReleases, successor } from './releases.ts'

/** An image reference, taken apart; the tag is empty where there is none. */
type Reference = Readonly<{ name: string; tag: string; digest?: string }>

/** `docker.io/library/python:3.11@sha256:…`, its name without Docker Hub's own. */
export function referenceOf(image: string): Reference {
  const [whole = '', digest] = image.split('@')
  const [, name = whole, tag = ''] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(whole) ?? []
  return { name: name.replace(/^(?:docker\.io\/)?(?:library\/)?/, ''), tag, ...(digest === undefined ? {} : { digest }) }
}

/** The stages that come from an image of somebody else, where it is written out and no variable stands in its place. */
const foreign = (subject: DockerfileSubject): readonly Stage[] =>
  neededStages(subject).filter(({ parent, base }) => !parent && base !== '' && base !== 'scratch')
const written = ({ from, base }: Stage) => from.text.includes(base)

/** Another tag for every stage that starts from this image. */
function retag(subject: DockerfileSubject, base: string, tag: string): { fix?: string } {
  const stages = foreign(subject).filter((stage) => stage.base === base)
  const pattern = /^(FROM\s+(?:--\S+\s+)*)((?:[^\s:/@]+(?::\d+)?\/)*[^\s:/@]+)(?::[^\s@]+)?(?:@\S+)?/i
  return stages.every(written)
    ? fixOf(
        subject,
        stages.map(({ from }) => changed(subject, from, pattern, `$1$2:${tag}`)),
      )
    : {}
}

/** The stages that come from an image of somebody else, the first of each image. */
const firstOfEach = (subject: DockerfileSubject): readonly Stage[] =>
  foreign(subject).filter((stage, index, all) => all.findIndex(({ base }) => base === stage.base) === index)

/** Larger images and what does instead in what ships, with what that saves at least (compressed bytes, by their pages on Docker Hub). */
const large: readonly Readonly<{ name: RegExp; tag: RegExp; instead: (tag: string) => string; bytes: number; because: string }>[] = [
  {
    name: /^python$/,
    tag: /^\d[\w.]*(-(bookworm|bullseye|buster|trixie))?$/,
    instead: (tag) => tag.replace(/^(\d[\w.]*)/, '$1-slim'),
    bytes: 300_000_000,
    because: 'compilers, headers and version control of Debian',
  },
  {
    name: /^nvidia\/cuda$/,
    tag: /-devel\b/,
    instead: (tag) => tag.replace('-devel', '-runtime'),
    bytes: 2_000_000_000,
    because: 'the compiler and static libraries of CUDA',
  },
  {
    name: /^pytorch\/pytorch$/,
    tag: /-devel$/,
    instead: (tag) => tag.replace('-devel', '-runtime'),
    bytes: 2_000_000_000,
    because: 'the compiler and static libraries of CUDA',
  },
  {
    name: /^tensorflow\/tensorflow$/,
    tag: /-jupyter$/,
    instead: (tag) => tag.replace('-jupyter', ''),
    bytes: 100_000_000,
    because: 'Jupyter',
  },
]

/** What ships comes from a large image of which a small one is made, too. */
export const largeBase: Rule<DockerfileSubject> = {
  id: 'large-base',
  look: (subject) => {
    const [root] = subject.lineage
    if (!root) return []
    const { name, tag } = referenceOf(root.base)
    const found = large.find((one) => one.name.test(name) && one.tag.test(tag))
    if (!found) return []
    const instead = found.instead(tag)
    return [
      {
        message: `${name}:${tag} brings ${found.because}; ${name}:${instead} does not.`,
        why: 'What is not needed to serve is pushed, pulled, scanned and patched all the same. What needs a compiler is built in a stage of its own.',
        at: { file: subject.file, line: root.from.line },
        ...retag(subject, root.base, instead),
        gain: { kind: 'size', bytes: found.bytes },
      },
    ]
  },
}

/** A base image that nobody mends any more. */
export const endOfLifeBase: Rule<DockerfileSubject> = {
  id: 'end-of-life-base',
  look: (subject) =>
    firstOfEach(subject).flatMap((stage) => {
      const { name, tag } = referenceOf(stage.base)
      const dead = partsOf(name, tag).flatMap((part) => {
        const ends = part.all.find((release) => release.name === part.release)?.ends
        return ends !== undefined && Date.parse(ends) <= subject.now ? [{ ...part, ends }] : []
      })
      const [first] = dead
      if (!first) return []
      const next = dead.reduce<string | undefined>((put, part) => {
        const other = successor(part, subject.now)
        return other === undefined || put === undefined ? undefined : put.replace(part.written, other)
      }, tag)
      // A full version of an older line says nothing of the newer: 3.9.18 becomes 3.12.
      const clean = first.what === 'Python' && /(^|\/)python$/.test(name) ? next?.replace(/^(\d+\.\d+)\.\d+/, '$1') : next
      return [
        {
          message: `${name}:${tag} is at its end: ${dead.map(({ what, release, ends }) => `${what} ${release} has had no fixes since ${ends}`).join(', ')}.`,
          why: 'Holes found since then stay open, and packages drop it: new wheels are no longer made for it.',
          at: { file: subject.file, line: stage.from.line },
          ...(clean === undefined ? {} : retag(subject, stage.base, clean)),
          gain: { kind: 'risk', text: 'security holes that nobody mends' },
        },
      ]
    }),
}

/** The Python that the project asks for, or the newest but one that is mended: what is new has few wheels. */
function wantedPython({ sent, now }: DockerfileSubject): string {
  const [pinned] = /^\d+\.\d+/.exec(sent.read('.python-version') ?? '') ?? []
  const alive = pythonReleases.filter(({ ends }) => Date.parse(ends) > now)
  return pinned ?? alive.at(-2)?.name ?? alive.at(-1)?.name ?? '3.13'
}

/** A base image that is another one tomorrow. */
export const unpinnedBase: Rule<DockerfileSubject> = {
  id: 'unpinned-base',
  look: (subject) =>
    firstOfEach(subject).flatMap((stage) => {
      const { name, tag, digest } = referenceOf(stage.base)
      const python = name === 'python' && /^(latest|3|slim|3-slim)?$/.test(tag)
      if (digest !== undefined || (tag !== '' && tag !== 'latest' && !python)) return []
      const shown = tag === '' ? `${name} has no tag` : `${name}:${tag} moves`
      const fix = python ? retag(subject, stage.base, `${wantedPython(subject)}${/slim/.test(tag) ? '-slim' : ''}`) : {}
      return [
        {
          message: `${shown}: the next build may start from another ${name === 'python' ? 'Python' : 'image'}.`,
          why: 'A model is bound to the versions it was made with; a pickle of one Python may not load in the next.',
          at: { file: subject.file, line: stage.from.line },
          ...fix,
          gain: { kind: 'risk', text: 'another Python or CUDA without a change of yours' },
        },
      ]
    }),
}
