import { cellCode, clip, code, escapeMarkdown } from './markdown.ts'
import type { Report } from './report.ts'

/** A file from the workspace, and a line of it. */
export type Place = Readonly<{ file: string; line?: number }>

const repositoryUrl = /^https?:\/\/[\w.:-]+(\/[\w.-]+)+$/
const commit = /^[a-f0-9]{40,64}$/
/** Paths of Linux are not longer (PATH_MAX, bytes). */
const longestPath = 4_096

/** The page of a line in the commit of a run; undefined where the run knows none, or the path would lead elsewhere. */
function sourceUrl(source: Report['source'], { file, line }: Place): string | undefined {
  if (!source || file.length > longestPath || !repositoryUrl.test(source.url) || !commit.test(source.revision)) return undefined
  const parts = file.toWellFormed().split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined
  const path = parts.map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)).join('/')
  return `${source.url}/blob/${source.revision}/${path}${line === undefined ? '' : `#L${line}`}`
}

const placeText = ({ file, line }: Place) => (line === undefined ? clip(file, 500) : `${clip(file, 500)}:${line}`)

/** In a label of a link a bracket is one even in code, and may end it: a text that has any is written in plain letters. */
function linked(text: string, url: string | undefined, shown: typeof code): string {
  const label = url !== undefined && /[[\]]/.test(text) ? escapeMarkdown(text) : shown(text)
  return url === undefined || label === '' ? label : `[${label}](${url})`
}

/** A place as a link in a line of markdown, or as code where there is nothing to link to. */
export function placeLink({ source }: Pick<Report, 'source'>, place: Place): string {
  return linked(placeText(place), sourceUrl(source, place), code)
}

/** The same in a cell of a table. */
export function placeCell({ source }: Pick<Report, 'source'>, place: Place | undefined): string {
  return place ? linked(placeText(place), sourceUrl(source, place), cellCode) : ''
}
