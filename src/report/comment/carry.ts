import { join } from 'node:path'
import type { Environment, Host } from '../../host/host.ts'
import type { Plan } from '../../plan/plan.ts'
import { findPrevious, previousOf } from '../../previous/find.ts'
import type { Report } from '../report.ts'
import { type CarriedFigures, type Figures, figuresOf, parseFigures } from './figures.ts'
import type { Identity } from './identity.ts'

/**
 * Figures of what was published travel by GitHub's cache service from the run on a branch to the pull requests into it:
 * that is who may read them, and nothing is written to a registry for it.
 */
const prefixOf = ({ figures }: Identity) => `ml-image-figures-1-${figures}-`

/** The same path in every run: it is part of what a cache is found by. */
function folderOf({ env }: Pick<Host, 'env'>, identity: Identity): string | undefined {
  const temp = env['RUNNER_TEMP']
  return temp && join(temp, prefixOf(identity).slice(0, -1))
}

const fileName = 'figures.json'

/** The figures of the last run that published. Undefined where there are none to be had, for whatever reason. */
async function restoreFigures(host: Host, identity: Identity): Promise<CarriedFigures | undefined> {
  const folder = folderOf(host, identity)
  if (!host.packageCache || !folder) return undefined
  try {
    host.leave({ kind: 'folder', path: folder })
    const prefix = prefixOf(identity)
    // No run has this very key: the newest that begins like it is taken.
    const key = await host.packageCache.restore(folder, `${prefix}of-none`, [prefix])
    return key === undefined ? undefined : parseFigures(host.files.readText(join(folder, fileName)) ?? '')
  } catch {
    return undefined
  } finally {
    host.files.remove(folder)
  }
}

/** Keeps the figures of a run that published. Never throws. */
export async function saveFigures(host: Host, identity: Identity, report: Report, revision: string): Promise<void> {
  const folder = folderOf(host, identity)
  const { image, pushed, promoted } = report
  // What was promoted was measured by another run.
  if (!host.packageCache || !folder || !image || !pushed || promoted || report.failure) return
  const carried: CarriedFigures = { ...figuresOf(report), version: 1, digest: image.digest, revision }
  const run = `${host.env['GITHUB_RUN_ID'] ?? host.runId}.${host.env['GITHUB_RUN_ATTEMPT'] ?? '1'}`
  try {
    host.leave({ kind: 'folder', path: folder })
    host.files.makeFolder(folder)
    host.files.writePrivate(join(folder, fileName), JSON.stringify(carried))
    await host.packageCache.save(folder, `${prefixOf(identity)}${run}`)
  } catch {
    // The next run that publishes keeps its own.
  } finally {
    host.files.remove(folder)
  }
}

type ManifestJson = Readonly<{
  config?: Readonly<{ size?: number }>
  layers?: readonly Readonly<{ size?: number }>[]
  manifests?: readonly Readonly<{ digest?: string; platform?: Readonly<{ os?: string }> }>[]
}>

const parse = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body)) as ManifestJson

/** The image before this one, and its compressed bytes where it is one image and not several. */
export type Weighed = Readonly<{ reference: string; digest: string; bytes?: number }>

/** Asks the registry; nothing is pulled. Undefined where it has none, or does not show it to us. */
async function weighPrevious(host: Host, plan: Plan, env: Environment): Promise<Weighed | undefined> {
  try {
    const sought = await findPrevious(host, plan, previousOf(plan), env)
    if (sought.kind !== 'found') return undefined
    const { reference, digest, manifest, client } = sought.image
    let json = parse(manifest.body)
    const images = json.manifests?.filter(({ platform }) => platform?.os !== 'unknown') ?? []
    const only = images.length === 1 ? images[0]?.digest : undefined
    if (only !== undefined) json = parse((await client.getManifest(only))?.body ?? new TextEncoder().encode('{}'))
    const bytes = json.layers ? [json.config, ...json.layers].reduce((sum, part) => sum + (part?.size ?? 0), 0) : undefined
    return { reference, digest, ...(bytes ? { bytes } : {}) }
  } catch {
    return undefined
  }
}

/** What a run is compared with. The size is that of the image itself, where a registry tells it. */
export type Baseline = Readonly<{ figures: Figures; reference?: string; digest?: string; revision?: string }>

export const nothingBefore: Baseline = { figures: {} }

export async function readBaseline(host: Host, plan: Plan, identity: Identity, env: Environment): Promise<Baseline> {
  const [carried, weighed] = await Promise.all([restoreFigures(host, identity), weighPrevious(host, plan, env)])
  const { version: _, digest, revision, ...figures } = carried ?? { version: 1 }
  return {
    figures: { ...figures, ...(weighed?.bytes === undefined ? {} : { bytes: weighed.bytes }) },
    ...(weighed ? { reference: weighed.reference, digest: weighed.digest } : digest === undefined ? {} : { digest }),
    ...(revision ? { revision } : {}),
  }
}
