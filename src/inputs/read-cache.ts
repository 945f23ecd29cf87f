import { parseImageName } from '../plan/image-name.ts'
import type { CacheInputs } from './inputs.ts'
import { Invalid, oneOf } from './parse.ts'
import { parseRecords } from './parse-records.ts'
import type { Reader } from './reader.ts'

const tag = /^[\w][\w.-]{0,127}$/

function parseScope(value: string): string {
  if (!/^[A-Za-z0-9._/-]{1,128}$/.test(value)) throw new Invalid('holds other characters than letters, digits, . _ / -')
  return value
}

/** A name, or a name with a tag. */
function parseCacheImage(value: string): string {
  const [, name = value, given] = /^(.*[^/]):([^/:]*)$/.exec(value) ?? []
  parseImageName(name)
  if (given !== undefined && !tag.test(given)) throw new Invalid(`has "${given}" where a tag belongs`)
  return given === undefined ? name.toLowerCase() : `${name.toLowerCase()}:${given}`
}

/** Entries as build-push-action takes them: one a line, or in quotes. */
function parseEntries(text: string): readonly string[] {
  const entries = parseRecords(text)
  const bad = entries.find((entry) => !/^"?(type=)?[\w.:/@-]+/.test(entry) || (entry.includes('=') && !/(^|,)"?type=\w/.test(entry)))
  if (bad !== undefined) throw new Invalid(`has "${bad.slice(0, 40)}", which is neither type=… with attributes nor an image`)
  return entries
}

const parseLayers = oneOf('auto', 'min', 'max')

/** `auto`, `min` or `max`, and `mounts` beside it or alone. */
function parseMode(text: string): Pick<CacheInputs, 'mode' | 'mounts'> {
  const words = text.split(',').map((word) => word.trim())
  const [mode = 'auto', ...more] = words.filter((word) => word !== 'mounts')
  if (more.length > 0) throw new Invalid('is not one of auto, min, max, and mounts beside it')
  return { mode: parseLayers(mode), ...(words.includes('mounts') ? { mounts: true } : {}) }
}

/** The inputs of the layer cache. */
export function readCache(reader: Reader): CacheInputs {
  const scope = reader.parsed('cache-scope', parseScope)
  const image = reader.parsed('cache-image', parseCacheImage)
  const from = reader.parsed('cache-from', parseEntries) ?? []
  const to = reader.parsed('cache-to', parseEntries) ?? []
  const kind = reader.required('cache', oneOf('auto', 'gha', 'registry', 'local', 'none'))
  const raw = from.length > 0 || to.length > 0
  if (kind === 'registry' && reader.text('cache-image') === undefined && !raw)
    reader.complain('cache-image', 'and cache is registry, which needs an image to keep it as')
  if (image !== undefined && (kind === 'gha' || kind === 'local' || kind === 'none'))
    reader.complain('cache-image', `is for cache: registry or auto, and cache is ${kind}`)
  return {
    kind,
    ...reader.required('cache-mode', parseMode),
    ...(scope === undefined ? {} : { scope }),
    ...(image === undefined ? {} : { image }),
    from,
    to,
  }
}
