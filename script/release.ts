import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `notes TAG`: what the changelog says of a version, after holding the tag against package.json; `moving TAG`: the tags that
 * follow this release, one a line.
 */

type Version = Readonly<{ numbers: readonly [number, number, number]; pre: boolean }>

/** @throws Error for what is no tag of a release */
export function parseTag(tag: string): Version {
  const found = /^v(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/.exec(tag)
  if (!found) throw new Error(`${tag} is no tag of a release: v1.2.3, or v1.2.3-rc.1`)
  return { numbers: [Number(found[1]), Number(found[2]), Number(found[3])], pre: found[4] !== undefined }
}

/** The section of a version in a changelog. @throws Error where it has none, or nothing in it */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.slice(1)
  const sections = changelog.split(/^## /m)
  const section = sections.find((text) => text.startsWith(`[${version}]`))
  const notes = section
    ?.slice(section.indexOf('\n'))
    .replace(/^\[[^\]]+\]: .*$/gm, '')
    .trim()
  if (!notes) throw new Error(`CHANGELOG.md says nothing of ${version}: give it a section "## [${version}] - DATE"`)
  return notes
}

const compare = (one: Version, other: Version) =>
  one.numbers.map((number, at) => number - (other.numbers[at] ?? 0)).find((difference) => difference !== 0) ?? 0

/** v1 and v1.2 for v1.2.3, each only where no later version of it is out; none for a pre-release. */
export function movingTags(tag: string, all: readonly string[]): readonly string[] {
  const version = parseTag(tag)
  if (version.pre) return []
  const [major, minor] = version.numbers
  const later = all
    .filter((name) => /^v\d+\.\d+\.\d+$/.test(name))
    .map(parseTag)
    .filter((other) => compare(other, version) > 0)
  const inMajor = later.filter(({ numbers }) => numbers[0] === major)
  const inMinor = inMajor.filter(({ numbers }) => numbers[1] === minor)
  return [...(inMajor.length === 0 ? [`v${major}`] : []), ...(inMinor.length === 0 ? [`v${major}.${minor}`] : [])]
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const read = (name: string) => readFileSync(join(root, name), 'utf8')
  const [, , what = '', tag = ''] = process.argv
  const lines = (() => {
    switch (what) {
      case 'notes': {
        parseTag(tag)
        const { version } = JSON.parse(read('package.json')) as { version: string }
        if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, package.json says ${version}`)
        return [notesOf(read('CHANGELOG.md'), tag)]
      }
      case 'moving':
        return movingTags(tag, execFileSync('git', ['tag', '--list'], { cwd: root, encoding: 'utf8' }).split('\n'))
      default:
        throw new Error('node script/release.ts notes TAG | moving TAG')
    }
  })()
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
