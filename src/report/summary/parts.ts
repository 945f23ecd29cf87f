import { cellCode, table } from '../markdown.ts'
import { andMore, firstOf, type Section } from './section.ts'

const most = 50

/** The images of a merge. */
export const parts: Section = ({ merged }) => {
  if (!merged) return []
  const { shown, more } = firstOf(merged.parts, most)
  const rows = shown.map(({ platform, digest, tests, smoke }) => [cellCode(platform), tests, smoke, cellCode(digest)])
  return [`${table([{ name: 'Platform' }, { name: 'Test' }, { name: 'Smoke' }, { name: 'Image' }], rows)}${andMore(more)}`]
}
