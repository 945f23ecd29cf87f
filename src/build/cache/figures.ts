import { bytesText, timeText } from '../../amounts.ts'
import type { BuildEnding } from '../image.ts'
import type { CacheTimes, StepCount } from '../progress.ts'
import type { CacheChoice, LayerCache } from './choose.ts'
import type { OpenCache } from './open.ts'

/** What the layer cache of a build was and cost. Bytes are known where the cache service is behind our relay. */
export type CacheReport = CacheTimes &
  Readonly<{
    kind: LayerCache['kind']
    because: string
    scope?: string
    downloadedBytes?: number
    uploadedBytes?: number
    trouble?: string
  }>

export function cacheFigures({ because }: CacheChoice, { cache, door }: OpenCache, { cacheTimes, cacheTrouble }: BuildEnding): CacheReport {
  const trouble = door?.trouble() ?? cacheTrouble
  return {
    kind: cache.kind,
    because,
    ...('scope' in cache ? { scope: cache.scope } : {}),
    ...cacheTimes,
    ...(door ? { downloadedBytes: door.traffic.downloaded, uploadedBytes: door.traffic.uploaded } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  }
}

/** The same in one line of the log. */
export function figuresText(report: CacheReport, { hit, total }: StepCount): string {
  const took = (word: string, ms: number | undefined) => (ms === undefined ? [] : [`${word} in ${timeText(ms)}`])
  const size = (word: string, bytes: number | undefined) => (bytes ? [`${bytesText(bytes)} ${word}`] : [])
  const parts = [
    `${hit} of ${total} steps cached`,
    ...took('looked up', report.importMs),
    ...size('read', report.downloadedBytes),
    ...took('exported', report.exportMs),
    ...size('written', report.uploadedBytes),
  ]
  return `Layer cache: ${parts.join(', ')}.`
}
