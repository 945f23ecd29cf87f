import { type Problem, problemText } from '../inputs/inputs.ts'
import { type Access, loginFor } from './access.ts'
import { ecrPlace, isAzure, isGoogle } from './clouds.ts'
import { dockerHub, type ImageName, isLoopback, nameText } from './image-name.ts'
import type { Naming } from './plan.ts'
import type { PushDecision } from './push-policy.ts'
import type { Tag } from './tags.ts'

/** What to give for a registry that nobody logs in to. */
function loginExample(registry: string): readonly [input: string, example: string] {
  if (registry === 'ghcr.io') return ['github-token', 'github-token: ${{ github.token }}']
  if (ecrPlace(registry)) return ['password', 'uses: aws-actions/configure-aws-credentials in a step before this one']
  if (isGoogle(registry)) return ['password', 'uses: google-github-actions/auth in a step before this one']
  if (isAzure(registry)) return ['password', 'AZURE_CLIENT_ID and AZURE_TENANT_ID in env, and permissions: id-token: write']
  return ['password', 'password: ${{ secrets.REGISTRY_TOKEN }}']
}

function missingLogins(access: ReadonlyMap<string, Access>, inputs: Naming): readonly Problem[] {
  return [...access].flatMap(([registry, asked]) => {
    const { kind } = loginFor(asked, 'push')
    if (kind === 'dockerhub-oidc' && inputs.credentials.clouds?.idToken !== true) {
      const reason = 'is not granted to this job, and the login to Docker Hub by DOCKERHUB_OIDC_CONNECTIONID needs it'
      return [{ input: 'permissions', value: 'id-token', reason, example: 'permissions: {id-token: write}' }]
    }
    if (kind !== 'anonymous' || isLoopback(registry)) return []
    const [input, example] = loginExample(registry)
    return [{ input, value: '', reason: `and the job has no login to ${registry}, which the image would be pushed to`, example }]
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

function missingTags(tags: readonly Tag[], inputs: Naming): readonly Problem[] {
  if (tags.length > 0) return []
  const own = inputs.tags.length > 0
  const reason = own
    ? 'gives no tag on this event, and push is true'
    : 'and neither the commit nor the ref is known, so there is no tag to push'
  const example = `tags: ${own ? 'type=defaults' : 'type=raw,value=v1'}`
  return [{ input: 'tags', value: inputs.tags.map(({ line }) => line).join(' '), reason, example }]
}

/** What a push needs and there is not, to be told before anything is run. */
export function missingForPush(inputs: Naming, access: ReadonlyMap<string, Access>, tags: readonly Tag[] | undefined): readonly Problem[] {
  return [...missingLogins(access, inputs), ...officialNames(inputs.images), ...(tags ? missingTags(tags, inputs) : [])]
}

/** A dry run needs none of it; a run would. */
export function wouldBeRefused(problem: Problem): string {
  return `A run would be refused. ${problemText(problem)}.`
}

/** Where `push: auto` finds no tag to push under, it does not push: other events may have one. */
export function withTags(push: PushDecision, tags: readonly Tag[], inputs: Naming): PushDecision {
  if (!push.push || inputs.push !== 'auto' || inputs.tags.length === 0 || tags.length > 0) return push
  return { push: false, reason: `${push.reason}, but no line of tags gives a tag on this event` }
}

/** Names that registries do not take as they were written. */
export function loweredNames(names: readonly ImageName[]): readonly string[] {
  return names
    .filter((name) => name.given !== nameText(name))
    .map((name) => `The image is called ${nameText(name)}, not ${name.given}: registries take lower case only.`)
}
