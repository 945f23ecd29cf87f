import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import type { Inputs } from '../inputs/inputs.ts'
import type { Event } from './event.ts'
import type { Tag } from './tags.ts'

/** Our own labels are under this prefix. */
export const labelPrefix = 'io.github.ml-image-action'
export const inputHashLabel = `${labelPrefix}.input-hash`
/** The moving tags that the run of an image was after, with spaces between: by this others know that it wants them. */
export const movingTagsLabel = `${labelPrefix}.moving-tags`
export const workflowLabel = `${labelPrefix}.workflow`
export const runLabel = `${labelPrefix}.run`

/** The commit does not decide the image of such a run: it is there for what has changed elsewhere. */
const decidedByRun: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch'])

/**
 * sha256 (hex) over what decides what is built and what is gated: the commit, the Dockerfile, build and gate inputs;
 * labels and tags are left out. Two runs with the same hash ask the same of the same code.
 */
export function inputHash(inputs: Inputs, event: Event): string {
  const { build, test, smoke, workingDirectory } = inputs
  const expectation = smoke.expectation?.kind === 'pattern' ? String(smoke.expectation.pattern) : smoke.expectation
  const asked = {
    version: 1,
    commit: event.sha,
    dockerfile: build.dockerfile,
    target: build.target ?? '',
    args: Object.entries(build.args).sort(),
    context: relative(workingDirectory, build.context),
    // Values of variables may be secret: their names must do.
    test: test.run && { command: test.command ?? '', requirements: test.requirements ?? '', env: Object.keys(test.env).sort() },
    smoke: smoke.run && { ...smoke, expectation: expectation ?? '', env: Object.keys(smoke.env).sort() },
    accept: [...inputs.accept].sort(),
  }
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

/** The OCI labels that the commit decides, and ours. Nothing here depends on the clock, so that one commit gives one image. */
export function computeLabels(
  inputs: Inputs,
  event: Event,
  tags: readonly Tag[],
  sourceDateEpoch: string | undefined,
): Readonly<Record<string, string>> {
  const epoch = /^\d{1,11}$/.test(sourceDateEpoch ?? '') ? new Date(Number(sourceDateEpoch) * 1000) : undefined
  const created = epoch ?? (event.committed ? new Date(event.committed) : undefined)
  const source = event.repository === '' ? undefined : `${event.serverUrl}/${event.repository}`
  const labels: Readonly<Record<string, string | undefined>> = {
    'org.opencontainers.image.created': created?.toISOString(),
    'org.opencontainers.image.revision': event.sha || undefined,
    'org.opencontainers.image.source': source,
    'org.opencontainers.image.title': event.repository.split('/')[1],
    'org.opencontainers.image.url': source,
    'org.opencontainers.image.version': tags[0]?.name,
    [inputHashLabel]: inputHash(inputs, event),
    // Also where there are none: a base image of ours would hand down its own.
    [movingTagsLabel]: tags.flatMap(({ name, moves }) => (moves ? [name] : [])).join(' '),
    [workflowLabel]: decidedByRun.has(event.name) ? event.run?.workflow : undefined,
    [runLabel]: decidedByRun.has(event.name) ? event.run?.number.toString() : undefined,
  }
  return Object.fromEntries(Object.entries(labels).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
