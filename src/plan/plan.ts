import type { Inputs, Problem } from '../inputs/inputs.ts'
import { type Credential, findJobLogin, type JobLogin } from '../registry/credential.ts'
import type { Event } from './event.ts'
import { type ImageName, isLoopback, nameText } from './image-name.ts'
import { computeLabels } from './labels.ts'
import { decidePush, type PushDecision } from './push-policy.ts'
import { computeTags, type Tag } from './tags.ts'

/** How a registry is asked: with a login that was given, one the job has, or none. */
export type Access =
  | Readonly<{ kind: 'given'; credential: Credential; from: string }>
  | Readonly<{ kind: 'job'; login: JobLogin }>
  | Readonly<{ kind: 'anonymous' }>

/** What a run will do, decided before anything is done. */
export type Plan = Readonly<{
  event: Event
  names: readonly ImageName[]
  tags: readonly Tag[]
  /** Every `name:tag`, by name. */
  references: readonly string[]
  labels: Readonly<Record<string, string>>
  version: string
  push: PushDecision
  /** What the user should know of it, one sentence each. */
  notices: readonly string[]
  /** By registry host. */
  access: ReadonlyMap<string, Access>
}>

export type Planning = Readonly<{ kind: 'plan'; plan: Plan }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

function accessTo(registry: string, inputs: Inputs, event: Event, dockerConfig: string | undefined): Access {
  const { credentials } = inputs
  const isTheirs = (credentials.registry ?? registry) === registry
  if (isTheirs && credentials.password !== undefined) {
    return {
      kind: 'given',
      credential: { username: credentials.username ?? (event.actor || 'github'), password: credentials.password },
      from: 'username and password',
    }
  }
  const login = findJobLogin(dockerConfig, registry)
  if (login) return { kind: 'job', login }
  if (registry === 'ghcr.io' && credentials.githubToken !== undefined) {
    return {
      kind: 'given',
      credential: { username: credentials.username ?? (event.actor || 'github'), password: credentials.githubToken },
      from: 'github-token',
    }
  }
  return { kind: 'anonymous' }
}

/** Names that registries do not take as they were written. */
function loweredNames(names: readonly ImageName[]): readonly string[] {
  return names
    .filter((name) => name.given !== nameText(name))
    .map((name) => `The image is called ${nameText(name)}, not ${name.given}: registries take lower case only.`)
}

/** Decides the whole run. `dockerConfig` is the text of the job's own config.json. Pure. */
export function makePlan(inputs: Inputs, event: Event, dockerConfig: string | undefined, sourceDateEpoch: string | undefined): Planning {
  const problems: Problem[] = []
  const tags = computeTags(inputs.tags, event)
  const push = decidePush(inputs.push, event)
  const registries = [...new Set(inputs.images.map((image) => image.registry))]
  const access = new Map(registries.map((registry) => [registry, accessTo(registry, inputs, event, dockerConfig)]))
  if (push.push && !inputs.dryRun) {
    for (const [registry, { kind }] of access) {
      if (kind !== 'anonymous' || isLoopback(registry)) continue
      problems.push({
        input: 'password',
        value: '',
        reason: `and the job has no login to ${registry}, which the image would be pushed to`,
        example: 'password: ${{ secrets.REGISTRY_TOKEN }}',
      })
    }
  }
  if (tags.length === 0 && push.push) {
    problems.push({
      input: 'tags',
      value: '',
      reason: 'and neither the commit nor the ref is known, so there is no tag to push',
      example: 'tags: type=raw,value=v1',
    })
  }
  if (problems.length > 0) return { kind: 'problems', problems }
  return {
    kind: 'plan',
    plan: {
      event,
      names: inputs.images,
      tags,
      references: inputs.images.flatMap((name) => tags.map((tag) => `${nameText(name)}:${tag.name}`)),
      labels: computeLabels(inputs, event, tags, sourceDateEpoch),
      version: tags[0]?.name ?? '',
      push,
      notices: loweredNames(inputs.images),
      access,
    },
  }
}
