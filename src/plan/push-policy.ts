import { type LayoutPlace, placeText } from '../handover/place.ts'
import { type Event, onDefaultBranch } from './event.ts'

export type PushInput = 'auto' | 'true' | 'false' | 'digest' | LayoutPlace

/**
 * Whether the image is pushed once its gates are green, and why. `only`: without its tags, which are set by a merge.
 * `layout`: to no registry, but into that folder, for another job to publish.
 */
export type PushDecision = Readonly<{ push: boolean; reason: string; only?: 'digest'; layout?: LayoutPlace }>

const no = (reason: string): PushDecision => ({ push: false, reason })
const yes = (reason: string): PushDecision => ({ push: true, reason })

/** Types of the event `release` that come when it becomes public; the others come with a draft, an edit, a removal. */
const published: ReadonlySet<string> = new Set(['published', 'released', 'prereleased'])

function ofAuto(event: Event): PushDecision {
  if (event.source === 'git') return no('a run by hand pushes only with push: true')
  const onDefault = onDefaultBranch(event)
  const branch = event.ref.kind === 'branch' ? event.ref.name : ''
  const called = event.defaultBranchGuessed
    ? `${branch} (taken for the default branch, as nothing says which it is)`
    : `the default branch ${branch}`
  switch (event.name) {
    case 'push':
      if (event.sha === '') return no('push without a commit, as of a ref that was deleted')
      if (event.ref.kind === 'tag') return yes(`push of the tag ${event.ref.name}`)
      if (onDefault) return yes(`push to ${called}`)
      return no(`push to ${branch || 'no branch'}, which is not the default branch (push: true would)`)
    case 'release':
      return event.action === undefined || published.has(event.action)
        ? yes(event.action === 'prereleased' ? 'a published pre-release' : 'a published release')
        : no(`release ${event.action}, not published`)
    case 'schedule':
      return yes('schedule, which runs on the default branch')
    case 'workflow_dispatch':
    case 'repository_dispatch':
      return onDefault ? yes(`dispatch on ${called}`) : no('dispatch on another ref than the default branch (push: true would)')
    default:
      return no(`${event.name || 'no event'}: auto pushes on the default branch, tags, releases, schedule and dispatch only`)
  }
}

/** The rules of the input `push`; what is not, or may not be, the repository's own code is never pushed, whatever it says. */
export function decidePush(input: PushInput, event: Event): PushDecision {
  if (input === 'false') return no('push is false')
  // A folder needs no credentials: whose code it is matters to the job that publishes it.
  if (typeof input === 'object') return { ...no(`push is ${placeText(input)}, a folder for another job to publish`), layout: input }
  if (event.origin === 'fork') return no('the code comes from a fork, which gets no credentials')
  if (event.origin === 'dependabot') return no('the run is by Dependabot, which gets no credentials')
  if (event.origin === 'unknown') return no(`nothing says whose code ${event.name} is about`)
  if (event.name === 'merge_group') return no('a merge group is not merged yet')
  if (input === 'digest') return { ...yes('push is digest'), only: 'digest' }
  return input === 'true' ? yes('push is true') : ofAuto(event)
}
