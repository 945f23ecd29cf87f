import semver from 'semver'
import type { TagVersion } from '../plan/tags.ts'

/** How the version of one image stands to that of another. */
export type VersionOrder = 'higher' | 'lower' | 'same'

/** Compares two texts that hold a version each: the first to the second. Undefined when one holds none. */
export type CompareVersions = (theirs: string | undefined, ours: string | undefined) => VersionOrder | undefined

/**
 * The version in the text of a label: `v1.4.2`, `model-1.4.2`, or `1.4` where a run has no longer one. A bare number is
 * none: it may as well be a date or the number of a run.
 */
const inText = /(?:^|[^\w.])v?((?:\d+!)?\d+\.\d+.*)$/i
/** What is behind the numbers of so short a version it does not say. */
const partial = /^(\d+)\.(\d+)$/

const sign = (number: number): VersionOrder => (number > 0 ? 'higher' : number < 0 ? 'lower' : 'same')

const beginning = (version: string): readonly number[] => (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)

/** Where one of the two is partial. */
function compareBeginnings(theirs: string, ours: string): VersionOrder {
  const [major = 0, minor = 0] = beginning(theirs)
  const [ourMajor = 0, ourMinor = 0] = beginning(ours)
  return sign(major - ourMajor || minor - ourMinor)
}

async function comparerOf(scheme: TagVersion['scheme']): Promise<(theirs: string, ours: string) => number | undefined> {
  if (scheme === 'semver') {
    return (theirs, ours) => {
      const [one, other] = [theirs, ours].map((text) => semver.parse(text, { loose: true }))
      return one && other ? one.compare(other) : undefined
    }
  }
  const { compare, valid } = (await import('@renovate/pep440')).default
  return (theirs, ours) => (valid(theirs) && valid(ours) ? compare(theirs, ours) : undefined)
}

/** The order of versions by SemVer 2.0 or PEP 440, over the labels and tags of images. */
export async function versionOrder(scheme: TagVersion['scheme']): Promise<CompareVersions> {
  const compare = await comparerOf(scheme)
  return (theirs, ours) => {
    const [one, other] = [theirs, ours].map((text) => inText.exec(text ?? '')?.[1])
    if (one === undefined || other === undefined) return undefined
    if (partial.test(one) || partial.test(other)) return compareBeginnings(one, other)
    const order = compare(one, other)
    return order === undefined ? undefined : sign(order)
  }
}
