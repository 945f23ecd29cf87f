import { isAbsolute, normalize, relative, resolve } from 'node:path'
import { parseRequirement, type Requirement } from '../quality/requirement.ts'
import type { MetricsPlace, QualityInputs, TestInputs } from './inputs.ts'
import { Invalid } from './parse.ts'
import type { Reader } from './reader.ts'

/** Where the metrics are: `image:/PATH`, or a path that stays in the workspace. */
function parsePlace(reader: Reader, workingDirectory: string): (text: string) => MetricsPlace {
  return (text) => {
    const [, inImage] = /^image:(.*)$/s.exec(text) ?? []
    if (inImage !== undefined) {
      if (!isAbsolute(inImage)) throw new Invalid('names no absolute path in the image')
      if (inImage.endsWith('/')) throw new Invalid('names a folder of the image, not a file')
      if (normalize(inImage) !== inImage || /[\n\r]/.test(inImage)) throw new Invalid('holds . or .. or // in its path in the image')
      return { kind: 'image', path: inImage }
    }
    if (/^[a-z][a-z+.-]*:\/\//i.test(text)) throw new Invalid('is an address; give a path in the workspace, or image:/PATH')
    const path = resolve(workingDirectory, text)
    if (path === workingDirectory) throw new Invalid('is the working directory itself, not a file')
    const away = relative(reader.workspace, path)
    if (reader.kind === 'runner' && (away === '..' || away.startsWith('../') || !reader.inside(path)))
      throw new Invalid('leads out of the workspace')
    return { kind: 'workspace', path, given: text }
  }
}

function readRequire(reader: Reader, workingDirectory: string): readonly Requirement[] {
  const lines = (reader.content('require', workingDirectory) ?? '').split(/\r\n|\r|\n/)
  return lines.flatMap((line, index) => {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) return []
    try {
      return [parseRequirement(text)]
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      reader.complain('require', `${error.message} (line ${index + 1})`, text)
      return []
    }
  })
}

/** The quality gate: where the metrics are, and what they are held against. */
export function readQuality(reader: Reader, workingDirectory: string, test: TestInputs): QualityInputs {
  const asked = reader.text('metrics-file') !== undefined
  const file = reader.parsed('metrics-file', parsePlace(reader, workingDirectory))
  const requirements = readRequire(reader, workingDirectory)
  if (!asked && reader.text('require') !== undefined)
    reader.complain('require', 'is given without metrics-file: there are no metrics to hold it against')
  const testsMayWrite = test.run && test.place?.kind === 'runner'
  if (file?.kind === 'workspace' && !testsMayWrite && reader.files.kind(file.path) === undefined)
    reader.complain('metrics-file', 'is not there, and no test runs here that could write it; for a file of the image write image:/PATH')
  return { ...(file === undefined ? {} : { file }), requirements }
}
