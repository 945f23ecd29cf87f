import type { Advice, Gain } from '../../advice/advice.ts'
import type { Attested } from '../../attest/attest.ts'
import type { CacheReport } from '../../build/cache/figures.ts'
import type { Check } from '../../build/checks.ts'
import type { StepReport } from '../../build/progress.ts'
import type { SourceLine } from '../../build/source-line.ts'
import type { LeakReport, LeftOut } from '../../inspect/report.ts'
import type { LayerSize, SizeReport } from '../../inspect/size/size.ts'
import type { ImageReport, MergeReport, PromotionReport } from '../report.ts'
import { byKind, count, exactly, listOf, number, object, optional, said, text, wordOf, yesOrNo } from './shape.ts'

export const sourceLine = said('A path from the workspace, and a line from 1.', object<SourceLine>({ file: text, line: count }))

const cache = object<CacheReport>({
  kind: wordOf<CacheReport['kind']>({ gha: 0, registry: 0, local: 0, image: 0, given: 0, none: 0 }),
  because: text,
  scope: optional(text),
  importMs: optional(number),
  exportMs: optional(number),
  downloadedBytes: optional(count),
  uploadedBytes: optional(count),
  trouble: optional(text),
})

export const image = object<ImageReport>({
  digest: said('As the engine names it; after a push, as the registry does.', text),
  imageid: said('The digest of its configuration; empty where the image is an index.', text),
  store: wordOf({ containerd: 0, classic: 0 }),
  compressedBytes: optional(count),
  steps: object({ hit: count, total: count }),
  stepList: said(
    'Each step of the Dockerfile; times in ms.',
    listOf(object<StepReport>({ name: text, cached: yesOrNo, ms: optional(number) })),
  ),
  cache: optional(cache),
  inputHash: text,
})

export const size = object<SizeReport>({
  platform: optional(text),
  bytes: count,
  layers: listOf(
    object<LayerSize>({
      digest: text,
      bytes: count,
      instruction: text,
      own: yesOrNo,
      at: optional(sourceLine),
      isNew: optional(yesOrNo),
    }),
  ),
  previous: optional(object<NonNullable<SizeReport['previous']>>({ reference: text, digest: text, bytes: count })),
})

export const leaks = object<LeakReport>({
  layers: count,
  files: count,
  bytes: count,
  leftOut: listOf(object<LeftOut>({ layer: text, why: text })),
  before: optional(count),
  advice: listOf(text),
  ignored: listOf(text),
})

export const check = object<Check>({ rule: text, message: text, url: optional(text), at: optional(sourceLine) })

const gain = byKind<Gain>({
  size: object<Extract<Gain, { kind: 'size' }>>({ kind: exactly('size'), bytes: optional(number) }),
  time: object<Extract<Gain, { kind: 'time' }>>({ kind: exactly('time'), ms: optional(number) }),
  risk: object<Extract<Gain, { kind: 'risk' }>>({ kind: exactly('risk'), text }),
})

export const advice = object<Advice>({ rule: text, message: text, why: text, at: optional(sourceLine), fix: optional(text), gain })

const gate = wordOf({ passed: 0, skipped: 0 })

export const merged = object<MergeReport>({
  digest: text,
  parts: listOf(object<MergeReport['parts'][number]>({ platform: text, digest: text, tests: gate, smoke: gate })),
})

export const promoted = object<PromotionReport>({ digest: text, found: text, revision: text, run: optional(text) })

export const attested = object<Attested>({
  about: wordOf({ tests: 0, smoke: 0 }),
  subject: text,
  url: optional(text),
  logIndex: optional(text),
})
