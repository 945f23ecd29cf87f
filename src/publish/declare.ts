import type { Host, StageLog } from '../host/host.ts'
import { nameText } from '../plan/image-name.ts'
import type { Arrived } from './set-tags.ts'

type Listed = Readonly<{ subjects?: readonly Readonly<{ name?: unknown; digest?: unknown }>[] }>

/** What the steps before this one have declared, by name (GITHUB_ARTIFACTS_LIST; empty where the runner does not do that). */
export function declaredBefore(text: string | undefined): ReadonlyMap<string, string> {
  try {
    const subjects = (JSON.parse(text ?? '{}') as Listed | null)?.subjects
    return new Map((Array.isArray(subjects) ? subjects : []).map(({ name, digest }) => [String(name), String(digest)]))
  } catch {
    return new Map()
  }
}

/**
 * Hands the digest of each name over to what attests the build: actions/attest finds it without being told. The runner
 * ends a step that gives a name another digest than a step before it, as variants of an image in one job would.
 */
export function declareArtifacts(
  host: Pick<Host, 'declareArtifact' | 'env' | 'files'>,
  arrived: readonly Pick<Arrived, 'name' | 'image'>[],
  log: Pick<StageLog, 'line'>,
): void {
  const path = host.env['GITHUB_ARTIFACTS_LIST']
  const before = declaredBefore(path ? host.files.readText(path) : undefined)
  for (const { name, image } of arrived) {
    const held = before.get(nameText(name)) ?? image.digest
    if (held === image.digest) host.declareArtifact(`oci://${nameText(name)}@${image.digest}`)
    else log.line(`${nameText(name)} is not declared to the runner: a step before this one has done so, with ${held}`)
  }
}
