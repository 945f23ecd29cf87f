import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Event } from '../../src/plan/event.ts'
import { decidePush, type PushInput } from '../../src/plan/push-policy.ts'
import { createEvent } from '../builders.ts'

const main = { kind: 'branch', name: 'main' } as const
const topic = { kind: 'branch', name: 'topic' } as const
const tag = { kind: 'tag', name: 'v1' } as const
const pull = { kind: 'pull', number: 7 } as const
const none = { kind: 'none' } as const

describe('a folder is no push: it needs no credentials, whose code it is matters later', () => {
  const layout = { kind: 'layout', folder: '/repo/image', given: 'image' } as const
  test.each(['own', 'fork', 'dependabot', 'unknown'] as const)('of %s', (origin) =>
    expect(decidePush(layout, createEvent({ origin }))).toEqual({ push: false, reason: expect.stringContaining('oci:image'), layout }),
  )
})

describe('auto pushes on the default branch, tags, published releases, schedule and dispatch; true on what is our own; false never', () => {
  const rows: readonly (readonly [Partial<Event>, auto: string | false, always: string | false])[] = [
    [{ name: 'push', ref: main }, 'push to the default branch main', 'push is true'],
    [{ name: 'push', ref: main, defaultBranchGuessed: true }, 'push to main (taken for the default branch', 'push is true'],
    [{ name: 'push', ref: topic }, false, 'push is true'],
    [{ name: 'push', ref: tag }, 'push of the tag v1', 'push is true'],
    [{ name: 'push', ref: none }, false, 'push is true'],
    [{ name: 'release', action: 'published', ref: tag }, 'a published release', 'push is true'],
    [{ name: 'release', ref: tag }, 'a published release', 'push is true'],
    [{ name: 'release', action: 'created', ref: tag }, false, 'push is true'],
    [{ name: 'schedule', ref: main }, 'schedule, which runs on the default branch', 'push is true'],
    [{ name: 'workflow_dispatch', ref: main }, 'dispatch on the default branch main', 'push is true'],
    [{ name: 'workflow_dispatch', ref: topic }, false, 'push is true'],
    [{ name: 'workflow_dispatch', ref: tag }, false, 'push is true'],
    [{ name: 'pull_request', ref: pull }, false, 'push is true'],
    [{ name: 'pull_request_target', ref: pull }, false, 'push is true'],
    [{ name: 'workflow_run', ref: main }, false, 'push is true'],
    [{ name: 'merge_group', ref: topic }, false, false],
    [{ name: 'issue_comment', ref: main }, false, 'push is true'],
    [{ name: '', ref: none }, false, 'push is true'],
    [{ source: 'git', name: 'local', ref: main }, false, 'push is true'],
  ]
  test.each(rows)('%j', (event, auto, always) => {
    const decide = (input: PushInput) => decidePush(input, createEvent(event))
    expect(decide('auto')).toEqual({ push: auto !== false, reason: expect.stringContaining(auto || '') })
    expect(decide('true')).toEqual({ push: always !== false, reason: expect.stringContaining(always || '') })
    expect(decide('false')).toEqual({ push: false, reason: 'push is false' })
    // As true, and then without tags.
    const only = always === false ? {} : { only: 'digest' }
    expect(decide('digest')).toEqual({
      push: always !== false,
      reason: expect.stringContaining((always && 'push is digest') || ''),
      ...only,
    })
  })
  test.each([
    [{ name: 'push', ref: topic }, 'push to topic, which is not the default branch (push: true would)'],
    [{ name: 'push', ref: none }, 'push to no branch'],
    [{ name: 'release', action: 'created' }, 'release created, not published'],
    [{ name: 'workflow_dispatch', ref: topic }, 'dispatch on another ref than the default branch (push: true would)'],
    [{ name: 'pull_request', ref: pull }, 'pull_request: auto pushes on'],
    [{ name: 'merge_group' }, 'a merge group is not merged yet'],
    [{ name: '' }, 'no event: auto pushes on'],
    [{ source: 'git', name: 'local' }, 'a run by hand pushes only with push: true'],
  ] as const)('the reason not to is told: %j', (event, reason) => {
    expect(decidePush('auto', createEvent(event)).reason).toContain(reason)
  })
})

test('forks and Dependabot never push, on whatever event, whatever is asked', () => {
  const names = fc.constantFrom('push', 'pull_request', 'pull_request_target', 'release', 'schedule', 'workflow_dispatch', 'workflow_run')
  const refs = fc.constantFrom(main, topic, tag, pull, none)
  const inputs = fc.constantFrom<PushInput>('auto', 'true', 'false', 'digest')
  fc.assert(
    fc.property(names, refs, inputs, fc.constantFrom('fork' as const, 'dependabot' as const), (name, ref, input, origin) => {
      const { push, reason } = decidePush(input, createEvent({ name, ref, origin }))
      return !push && (input === 'false' || reason.endsWith('which gets no credentials'))
    }),
  )
})
