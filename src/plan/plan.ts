import { type Inputs, type Problem, problemText } from '../inputs/inputs.ts'
import { type Credential, findJobLogin, type JobLogin } from '../registry/credential.ts'
import type { Event } from './event.ts'
import { dockerHub, type ImageName, isLoopback, nameText } from './image-name.ts'
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

function missingLogins(access: ReadonlyMap<string, Access>): readonly Problem[] {
  return [...access].flatMap(([registry, { kind }]) => {
    if (kind !== 'anonymous' || isLoopback(registry)) return []
    const [input, example] =
      registry === 'ghcr.io' ? ['github-token', '${{ github.token }}'] : ['password', '${{ secrets.REGISTRY_TOKEN }}']
    const reason = `and the job has no login to ${registry}, which the image would be pushed to`
    return [{ input, value: '', reason, example: `${input}: ${example}` }]
  })
}

/** `app` alone is `library/app` on Docker Hub. */
function officialNames(names: readonly ImageName[]): readonly Problem[] {
  return names
    .filter(({ registry, path }) => registry === dockerHub && path.startsWith('library/'))
    .map(({ given, path }) => ({
      input: 'images',
      value: given,
      reason: 'is an official image of Docker Hub, which Docker alone can push',
      example: `images: ACCOUNT/${path.slice('library/'.length)}`,
    }))
}

function missingTags(tags: readonly Tag[], inputs: Inputs): readonly Problem[] {
  if (tags.length > 0) return []
  const reason =
    inputs.tags.length > 0
      ? 'and no line of it gives a tag for this event, so there is nothing to push under'
      : 'and neither the commit nor the ref is known, so there is no tag to push'
  return [{ input: 'tags', value: '', reason, example: 'tags: type=raw,value=v1' }]
}

/** With `push: auto`, tags of one's own that give none for an event say that nothing is to be pushed by it. */
function withTags(push: PushDecision, tags: readonly Tag[], inputs: Inputs): PushDecision {
  if (!push.push || inputs.push !== 'auto' || inputs.tags.length === 0 || tags.length > 0) return push
  return { push: false, reason: `${push.reason}, but no line of tags gives a tag for it` }
}

/** A dry run needs no login; a run would. */
function wouldBeRefused(problem: Problem): string {
  return `A run would be refused. ${problemText(problem)}.`
}

/** Names that registries do not take as they were written. */
function loweredNames(names: readonly ImageName[]): readonly string[] {
  return names
    .filter((name) => name.given !== nameText(name))
    .map((name) => `The image is called ${nameText(name)}, not ${name.given}: registries take lower case only.`)
}

/** Decides the whole run. `dockerConfig` is the text of the job's own config.json. Pure. */
export function makePlan(inputs: Inputs, event: Event, dockerConfig: string | undefined, sourceDateEpoch: string | undefined): Planning {
  const tags = computeTags(inputs.tags, event)
  const push = withTags(decidePush(inputs.push, event), tags, inputs)
  const registries = [...new Set(inputs.images.map((image) => image.registry))]
  const access = new Map(registries.map((registry) => [registry, accessTo(registry, inputs, event, dockerConfig)]))
  const missing = push.push ? [...missingLogins(access), ...officialNames(inputs.images), ...missingTags(tags, inputs)] : []
  if (missing.length > 0 && !inputs.dryRun) return { kind: 'problems', problems: missing }
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
      notices: [...loweredNames(inputs.images), ...(inputs.dryRun ? missing.map(wouldBeRefused) : [])],
      access,
    },
  }
}
