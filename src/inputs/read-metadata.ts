import { type ImageName, parseImageName } from '../plan/image-name.ts'
import { plainSettings, type Settings } from '../plan/tags/facts.ts'
import { isTag, sanitised } from '../plan/tags/fit.ts'
import { addFlavor, type Flavor, latestText, plainFlavor } from '../plan/tags/flavor.ts'
import { templatesOf } from '../plan/tags/libraries.ts'
import { parseTagRule, type TagRule } from '../plan/tags/rule.ts'
import { faultOf, literalText } from '../plan/tags.ts'
import type { InputName } from './declared.ts'
import { type ImageEntry, parseImageEntries } from './image-entry.ts'
import type { Inputs } from './inputs.ts'
import { Invalid } from './parse.ts'
import type { Reader } from './reader.ts'
import { listRecords, unquotedFields } from './records.ts'

type MetadataInputs = Pick<Inputs, 'images' | 'imageTexts' | 'tags' | 'flavor' | 'labels' | 'annotations' | 'settings' | 'notices'>

/** Runs `parse`; what it finds wrong is a problem of `line`. */
function tried<T>(reader: Reader, name: string, line: string, parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    reader.complain(name, error.message, line === '' ? ' ' : line)
    return undefined
  }
}

function recordsOf(reader: Reader, name: InputName): readonly string[] {
  return reader.parsed(name, listRecords) ?? []
}

function readImages(reader: Reader): Readonly<{ images: readonly ImageName[]; texts: readonly string[]; notices: readonly string[] }> {
  const records = recordsOf(reader, 'images')
  const entries = parseImageEntries(records, (record, parse) => tried(reader, 'images', record, parse))
  const enabled = entries.filter(({ enabled }) => enabled)
  const named = enabled.flatMap((entry: ImageEntry) => {
    const image = tried(reader, 'images', entry.record, () => {
      try {
        return parseImageName(entry.name)
      } catch (error) {
        throw error instanceof Invalid && entry.name !== entry.record ? new Invalid(`has "${entry.name}", which ${error.message}`) : error
      }
    })
    return image ? [{ image, text: entry.name.toLowerCase() }] : []
  })
  if (reader.text('images') === undefined) reader.complain('images', 'and is required')
  else if (enabled.length === 0 && !reader.problems.some(({ input }) => input === 'images'))
    reader.complain('images', 'leaves no image enabled')
  return {
    images: named
      .map(({ image }) => image)
      .filter((image, index, all) => all.findIndex((other) => other.registry === image.registry && other.path === image.path) === index),
    texts: named.map(({ text }) => text),
    notices: entries.flatMap(({ unused, record, name }) =>
      unused.map((one) => `images: "${one}" of the line "${record}" does not count, only ${name}: give each name a line of its own.`),
    ),
  }
}

function readFlavor(reader: Reader): Flavor {
  let flavor = plainFlavor
  for (const line of recordsOf(reader, 'flavor')) {
    flavor = tried(reader, 'flavor', line, () => addFlavor(flavor, line)) ?? flavor
    checkTemplates(reader, 'flavor', line, [flavor.prefix, flavor.suffix])
  }
  const latest = latestText(flavor)
  if (!latest.includes('{{') && !isTag(sanitised(latest))) reader.complain('flavor', faultOf(latest) ?? '')
  return flavor
}

const levelPattern = /^(index|manifest|index-descriptor|manifest-descriptor)(\[[a-z0-9/]+\])?$/
const yes = /^(1|t|T|TRUE|true|True)$/
const no = /^(0|f|F|FALSE|false|False)$/

/** The variables of docker/metadata-action; what is wrong with one is told as with an input. */
function readSettings(reader: Reader, annotated: boolean): Settings {
  const { env } = reader
  const complain = (name: string, reason: string, like: string) => reader.complain(name, reason, env[name], `${name}: ${like}`)
  const length = env['DOCKER_METADATA_SHORT_SHA_LENGTH'] || undefined
  if (length !== undefined && Number.isNaN(Number(length)))
    complain('DOCKER_METADATA_SHORT_SHA_LENGTH', 'is not a number of characters', '7')
  const levels = (env['DOCKER_METADATA_ANNOTATIONS_LEVELS'] || 'manifest').split(',')
  const odd = annotated ? levels.find((level) => !levelPattern.test(level)) : undefined
  if (odd !== undefined)
    complain(
      'DOCKER_METADATA_ANNOTATIONS_LEVELS',
      `has the level "${odd}", which is none of manifest, index, manifest-descriptor, index-descriptor`,
      'manifest',
    )
  const exported = env['DOCKER_METADATA_SET_OUTPUT_ENV'] || 'true'
  if (!yes.test(exported) && !no.test(exported)) complain('DOCKER_METADATA_SET_OUTPUT_ENV', 'is neither true nor false', 'false')
  return {
    pullHeadSha: /true/i.test(env['DOCKER_METADATA_PR_HEAD_SHA'] ?? ''),
    shortSha: length === undefined ? plainSettings.shortSha : Number(length),
    annotationLevels: levels,
    exported: yes.test(exported),
  }
}

/** The first text of `templates` that is none becomes a problem of `line`. */
function checkTemplates(reader: Reader, name: InputName, line: string, templates: readonly string[]): void {
  const fault = templates.map((text) => reader.templateFault?.(text)).find((found) => found !== undefined)
  if (fault !== undefined) reader.complain(name, fault, line)
}

function readTags(reader: Reader, flavor: Flavor): readonly TagRule[] {
  return recordsOf(reader, 'tags').flatMap((line) => {
    const rules = tried(reader, 'tags', line, () => parseTagRule(line)) ?? []
    for (const rule of rules) {
      const text = literalText(rule, flavor)
      const fault = text === undefined ? undefined : faultOf(text)
      if (fault !== undefined) reader.complain('tags', fault, line)
      if (rule.enable !== 'false') checkTemplates(reader, 'tags', line, templatesOf(rule))
    }
    return rules
  })
}

function readLines(reader: Reader, name: 'labels' | 'annotations'): readonly string[] {
  const lines = recordsOf(reader, name)
  for (const line of lines) checkTemplates(reader, name, line, [line])
  return lines
}

function lostQuotes(reader: Reader): readonly string[] {
  return (['tags', 'flavor'] as const).flatMap((name) => {
    const text = reader.text(name)
    // What cannot be read is told where it is read.
    const fields = text === undefined || reader.problems.some(({ input }) => input === name) ? [] : unquotedFields(text)
    return fields.map((field) => `${name}: "${field}" is parted at its comma: quote the whole line, and the field with "" in it.`)
  })
}

/** The inputs that docker/metadata-action has, too, by its grammar: every bad line is a problem of its own. */
export function readMetadata(reader: Reader): MetadataInputs {
  const { images, texts, notices } = readImages(reader)
  const flavor = readFlavor(reader)
  const tags = readTags(reader, flavor)
  const labels = readLines(reader, 'labels')
  const annotations = readLines(reader, 'annotations')
  const settings = readSettings(reader, annotations.length > 0)
  return { images, imageTexts: texts, tags, flavor, labels, annotations, settings, notices: [...notices, ...lostQuotes(reader)] }
}
