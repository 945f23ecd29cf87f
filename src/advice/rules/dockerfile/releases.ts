/** A line of releases, and the day (UTC) from which on nobody mends it. */
export type Release = Readonly<{ name: string; ends: string }>

/** https://devguide.python.org/versions/ */
export const pythonReleases: readonly Release[] = [
  { name: '2.7', ends: '2020-01-01' },
  { name: '3.5', ends: '2020-09-30' },
  { name: '3.6', ends: '2021-12-23' },
  { name: '3.7', ends: '2023-06-27' },
  { name: '3.8', ends: '2024-10-07' },
  { name: '3.9', ends: '2025-10-31' },
  { name: '3.10', ends: '2026-10-31' },
  { name: '3.11', ends: '2027-10-31' },
  { name: '3.12', ends: '2028-10-31' },
  { name: '3.13', ends: '2029-10-31' },
  { name: '3.14', ends: '2030-10-31' },
]

/** With long-term support: https://wiki.debian.org/LTS */
export const debianReleases: readonly Release[] = [
  { name: 'jessie', ends: '2020-06-30' },
  { name: 'stretch', ends: '2022-06-30' },
  { name: 'buster', ends: '2024-06-30' },
  { name: 'bullseye', ends: '2026-08-31' },
  { name: 'bookworm', ends: '2028-06-30' },
  { name: 'trixie', ends: '2030-06-30' },
]

/** Standard support: https://ubuntu.com/about/release-cycle */
export const ubuntuReleases: readonly Release[] = [
  { name: '16.04', ends: '2021-04-30' },
  { name: '18.04', ends: '2023-05-31' },
  { name: '20.04', ends: '2025-05-31' },
  { name: '22.04', ends: '2027-04-30' },
  { name: '24.04', ends: '2029-05-31' },
]

const debianNumbers: Readonly<Record<string, string>> = {
  '8': 'jessie',
  '9': 'stretch',
  '10': 'buster',
  '11': 'bullseye',
  '12': 'bookworm',
  '13': 'trixie',
}

const ubuntuNames: Readonly<Record<string, string>> = { xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', noble: '24.04' }

/** What an image is made of that comes to an end: the part of its tag that says so, its line, and all lines there are. */
export type Part = Readonly<{ what: 'Python' | 'Debian' | 'Ubuntu'; written: string; release: string; all: readonly Release[] }>

/** Reads an image's name without registry and digest, and its tag. */
export function partsOf(name: string, tag: string): readonly Part[] {
  const parts: Part[] = []
  const [, python] = /(?:^|\/)python$/.test(name) ? (/^(\d+\.\d+)/.exec(tag) ?? []) : (/(?:^|[-_])(?:py|python)-?(\d\.\d+)/.exec(tag) ?? [])
  if (python !== undefined) parts.push({ what: 'Python', written: python, release: python, all: pythonReleases })
  const [debian] = new RegExp(debianReleases.map((release) => release.name).join('|')).exec(tag) ?? []
  if (debian !== undefined) parts.push({ what: 'Debian', written: debian, release: debian, all: debianReleases })
  const [, number] = /(?:^|\/)debian$/.test(name) ? (/^(\d+)\b/.exec(tag) ?? []) : []
  const named = number === undefined ? undefined : debianNumbers[number]
  if (number !== undefined && named !== undefined) parts.push({ what: 'Debian', written: number, release: named, all: debianReleases })
  const [, ubuntu] = /(?:^|\/)ubuntu$/.test(name) ? (/^(\d\d\.\d\d|[a-z]+)/.exec(tag) ?? []) : (/ubuntu-?(\d\d\.\d\d)/.exec(tag) ?? [])
  const release = ubuntu === undefined ? undefined : (ubuntuNames[ubuntu] ?? ubuntu)
  if (ubuntu !== undefined && release !== undefined) parts.push({ what: 'Ubuntu', written: ubuntu, release, all: ubuntuReleases })
  return parts
}

/** The first line behind this one that is mended for another year, in the words it was written in; undefined where none is known. */
export function successor({ release, written, all }: Part, now: number): string | undefined {
  const from = all.findIndex(({ name }) => name === release)
  const next = all.find(({ ends }, index) => index > from && Date.parse(ends) > now + 365 * 86_400_000)
  if (!next || release === written) return next?.name
  const names = { ...debianNumbers, ...ubuntuNames }
  return Object.entries(names).find(([, name]) => name === next.name)?.[0]
}
