import { parseImageName } from '../../plan/image-name.ts'
import { csvField } from '../csv.ts'
import type { LayerCache } from './choose.ts'

/** What `--cache-from` and `--cache-to` get; bake has the same as lists. */
export type CacheArguments = Readonly<{ from: readonly string[]; to: readonly string[] }>

/** Backends that know ignore-error; `inline` does not (BuildKit, docs of each). */
const forgiving = /(^|,)"?type=(registry|gha|local|s3|azblob)\b/

/** As given, but an export that fails never fails the build. A reference alone is short for a registry cache. */
function givenExport(entry: string): string {
  const whole = entry.includes('=') ? entry : `type=registry,ref=${entry}`
  return forgiving.test(whole) && !/ignore-error=/.test(whole) ? `${whole},ignore-error=true` : whole
}

/** `folders` are those of a local cache: where the last one is, and where this one goes. */
export function cacheArguments(cache: LayerCache, folders?: CacheFolders): CacheArguments {
  switch (cache.kind) {
    case 'none':
      return { from: [], to: [] }
    case 'image':
      return {
        from: cache.references.map((reference) => `type=registry,${csvField(`ref=${reference}`)}`),
        to: cache.write ? ['type=inline'] : [],
      }
    case 'given':
      return { from: cache.from, to: cache.to.map(givenExport) }
    case 'gha': {
      // The limit is for one that answers 429: BuildKit asks again for ten minutes by default.
      const entry = `type=gha,scope=${cache.scope},timeout=30s`
      return {
        from: cache.read ? [entry] : [],
        to: cache.write ? [`${entry},mode=${cache.mode},ignore-error=true,compression=zstd`] : [],
      }
    }
    case 'registry': {
      const entry = `type=registry,${csvField(`ref=${cache.reference}`)}`
      const options = `mode=${cache.mode},image-manifest=true,oci-mediatypes=true,compression=zstd,ignore-error=true`
      return { from: [entry], to: cache.write ? [`${entry},${options}`] : [] }
    }
    case 'local': {
      const { last, next } = folders ?? { last: 'CACHE', next: 'CACHE-NEXT' }
      return {
        from: last === undefined ? [] : [`type=local,${csvField(`src=${last}`)}`],
        to:
          cache.write && next
            ? [`type=local,${csvField(`dest=${next}`)},mode=${cache.mode},oci-mediatypes=true,compression=zstd,ignore-error=true`]
            : [],
      }
    }
  }
}

/** Folders of a local cache: `last` is undefined where there is none yet. */
export type CacheFolders = Readonly<{ last?: string; next?: string }>

/** The registries that the builder reads its cache from by itself. */
export function cacheRegistries(cache: LayerCache): ReadonlySet<string> {
  const references = cache.kind === 'registry' ? [cache.reference] : cache.kind === 'image' ? cache.references : []
  return new Set(references.map((reference) => parseImageName(reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '')).registry))
}
