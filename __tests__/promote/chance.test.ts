import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import type { Event } from '../../src/plan/event.ts'
import type { PushDecision } from '../../src/plan/push-policy.ts'
import { chanceOf } from '../../src/promote/chance.ts'
import { createEvent, createInputs } from '../builders.ts'

const push: PushDecision = { push: true, reason: 'push of the tag v1.2.3' }
const tag: Partial<Event> = { ref: { kind: 'tag', name: 'v1.2.3' } }
const of = (event: Partial<Event>, attempt = 1, inputs: Inputs = createInputs(), decision = push) =>
  chanceOf(inputs, { event: createEvent(event), push: decision }, attempt)

describe('the registries are asked for', () => {
  test.each<readonly [string, Partial<Event>, number]>([
    ['the push of a tag', tag, 1],
    ['a release', { ...tag, name: 'release', action: 'published' }, 1],
    ['the re-run of a push to a branch', {}, 2],
    ['the re-run of a tag', tag, 3],
  ])('%s', (_, event, attempt) => expect(of(event, attempt)).toEqual({ kind: 'ask' }))
  const merge = { merged: 12, tree: '7'.repeat(40) }
  test('a merge, where push: true has published its pull request', () =>
    expect(of(merge, 1, createInputs({ push: 'true' }))).toEqual({ kind: 'ask' }))
  test('and only there', () => expect(of(merge)).toEqual({ kind: 'run' }))
})

describe('nobody waits for a registry at', () => {
  test.each<readonly [string, Partial<Event>, number]>([
    ['the push to a branch', {}, 1],
    ['a schedule', { name: 'schedule' }, 1],
    ['the re-run of a schedule', { name: 'schedule' }, 2],
    ['a dispatch', { name: 'workflow_dispatch' }, 1],
    ['a dispatch on a tag', { ...tag, name: 'workflow_dispatch' }, 1],
    ['the re-run of a dispatch', { name: 'repository_dispatch' }, 2],
    ['a pull request', { name: 'pull_request', ref: { kind: 'pull', number: 7 } }, 2],
    ['a laptop', { ...tag, source: 'git', name: 'local' }, 1],
    ['an attempt that is no number', {}, Number.NaN],
  ])('%s', (_, event, attempt) => expect(of(event, attempt)).toEqual({ kind: 'run' }))
  test('what is not pushed', () => expect(of(tag, 1, createInputs(), { push: false, reason: 'push is false' })).toEqual({ kind: 'run' }))
  test('what is pushed without tags', () => expect(of(tag, 1, createInputs(), { ...push, only: 'digest' })).toEqual({ kind: 'run' }))
  test('an image that is given', () =>
    expect(of(tag, 1, createInputs({ from: { kind: 'engine', reference: 'iris:built' } }))).toEqual({ kind: 'run' }))
  test('answers that are recorded', () => expect(of(tag, 1, createInputs({ smoke: { record: 'golden.json' } }))).toEqual({ kind: 'run' }))
})

describe('and the reason is told where a tag is released', () => {
  test.each<readonly [string, Inputs, string]>([
    ['promote: off', createInputs({ promote: 'off' }), 'promote is off'],
    ['no-cache', createInputs({ build: { options: { noCache: true } } }), 'no-cache asks for a new image'],
    ['no-cache-filters', createInputs({ build: { options: { noCacheFilters: ['serve'] } } }), 'no-cache asks for a new image'],
    ['pull', createInputs({ build: { options: { pull: true } } }), 'pull asks for new base images'],
    ['attest: required', createInputs({ attest: 'required' }), 'attest: required asks for statements of this run'],
  ])('%s', (_, inputs, reason) => expect(of(tag, 1, inputs)).toEqual({ kind: 'run', reason }))
  test('no commit', () => expect(of({ ...tag, sha: '' })).toEqual({ kind: 'run', reason: 'the commit is not known' }))
})
