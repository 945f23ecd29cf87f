import { describe, expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import type { Event } from '../../src/plan/event.ts'
import { parseImageName } from '../../src/plan/image-name.ts'
import { type Access, makePlan, type Plan } from '../../src/plan/plan.ts'
import { plainSettings } from '../../src/plan/tags/facts.ts'
import { parseTagRule } from '../../src/plan/tags/rule.ts'
import { createEvent, createInputs } from '../builders.ts'

const config = JSON.stringify({
  auths: { 'https://index.docker.io/v1/': { auth: Buffer.from('hubber:hubpass').toString('base64') } },
  credHelpers: { 'eu.gcr.io': 'gcloud' },
})

function planned(inputs: Inputs, event: Partial<Event> = {}, dockerConfig?: string): Plan {
  const planning = makePlan(inputs, createEvent(event), dockerConfig, undefined)
  if (planning.kind === 'problems') throw new Error(JSON.stringify(planning.problems))
  return planning.plan
}

const problemsOf = (inputs: Inputs, event: Partial<Event> = {}, dockerConfig?: string) => {
  const planning = makePlan(inputs, createEvent(event), dockerConfig, undefined)
  return planning.kind === 'problems' ? planning.problems.map(({ input, reason }) => `${input} ${reason}`) : []
}

describe('a registry is asked with what was given for it, else with the login of the job, else with the token of the job', () => {
  const accessTo = (name: string, credentials: Inputs['credentials'], actor = 'octocat'): Access | undefined => {
    const image = parseImageName(name)
    return planned(createInputs({ images: [image], credentials, push: 'false' }), { actor }, config).access.get(image.registry)
  }
  const given = (username: string, password: string, from: string): Access => ({ kind: 'given', credential: { username, password }, from })
  const pair = { username: 'u', password: 'p' }
  test.each<readonly [string, Inputs['credentials'], Access]>([
    ['acme/iris', pair, given('u', 'p', 'username and password')],
    ['acme/iris', {}, { kind: 'job', login: { kind: 'credential', credential: { username: 'hubber', password: 'hubpass' } } }],
    ['eu.gcr.io/acme/iris', {}, { kind: 'job', login: { kind: 'helper', program: 'docker-credential-gcloud', server: 'eu.gcr.io' } }],
    ['ghcr.io/acme/iris', pair, given('u', 'p', 'username and password')],
    ['ghcr.io/acme/iris', { password: 'p' }, given('octocat', 'p', 'username and password')],
    ['ghcr.io/acme/iris', { githubToken: 't' }, given('octocat', 't', 'github-token')],
    ['ghcr.io/acme/iris', { githubToken: 't', username: 'u' }, given('u', 't', 'github-token')],
    ['ghcr.io/acme/iris', { ...pair, registry: 'quay.io', githubToken: 't' }, given('octocat', 't', 'github-token')],
    ['quay.io/acme/iris', { githubToken: 't' }, { kind: 'anonymous' }],
    ['quay.io/acme/iris', { ...pair, registry: 'ghcr.io' }, { kind: 'anonymous' }],
    ['localhost:5000/iris', {}, { kind: 'anonymous' }],
  ])('%s with %j', (name, credentials, access) => expect(accessTo(name, credentials)).toEqual(access))
  test('a password is for the registry of the images, not for that of a cache or of base images', () => {
    const auths = [{ registry: 'corp.example', transport: { plainHttp: true } }] as const
    const cache = { kind: 'auto', mode: 'auto', image: 'quay.io/acme/cache', from: [], to: [] } as const
    const { access } = planned(createInputs({ credentials: { username: 'u', password: 'p', auths }, cache }))
    expect([...access].map(([registry, { kind }]) => `${registry} ${kind}`)).toEqual([
      'ghcr.io given',
      'corp.example anonymous',
      'quay.io anonymous',
    ])
  })
  test('GHCR wants a name, whichever, also where nobody is known', () => {
    expect(accessTo('ghcr.io/acme/iris', { githubToken: 't' }, '')).toEqual(given('github', 't', 'github-token'))
  })
  test('GHCR wants a name also beside a password', () => {
    expect(accessTo('ghcr.io/acme/iris', { password: 'p' }, '')).toEqual(given('github', 'p', 'username and password'))
  })
})

describe('a run that would push without a login, or without a tag, is refused before anything is done', () => {
  const hub = [parseImageName('acme/iris')]
  test.each<readonly [string, Inputs, Partial<Event>, readonly string[]]>([
    ['no login', createInputs({ images: hub }), {}, ['password and the job has no login to docker.io']],
    [
      'no login to one of two',
      createInputs({ images: [...hub, parseImageName('quay.io/a/b')], credentials: { password: 'p', registry: 'docker.io' } }),
      {},
      ['password and the job has no login to quay.io'],
    ],
    [
      'no tag',
      createInputs({ images: [parseImageName('localhost:5000/a')], push: 'true' }),
      { ref: { kind: 'none' }, sha: '' },
      ['tags and neither the commit nor the ref is known'],
    ],
    ['no login to GHCR', createInputs(), {}, ['github-token and the job has no login to ghcr.io']],
    [
      'an official image',
      createInputs({ images: [parseImageName('iris')], credentials: { username: 'u', password: 'p' } }),
      {},
      ['images is an official image of Docker Hub, which Docker alone can push'],
    ],
    [
      'no tag of those that are wanted',
      createInputs({ images: [parseImageName('localhost:5000/a')], push: 'true', tags: parseTagRule('type=ref,event=tag') }),
      {},
      ['tags gives no tag on this event, and push is true'],
    ],
    ['a dry run needs no login', createInputs({ images: hub, dryRun: true }), {}, []],
    ['a run that does not push needs no login', createInputs({ images: hub, push: 'false' }), {}, []],
    ['a fork needs no login', createInputs({ images: hub }), { origin: 'fork' }, []],
    ['a run that does not push needs no tag', createInputs({ images: hub }), { source: 'git', ref: { kind: 'none' }, sha: '' }, []],
    ['a registry on the loopback needs no login', createInputs({ images: [parseImageName('localhost:5000/a')] }), {}, []],
  ])('%s', (_, inputs, event, problems) => expect(problemsOf(inputs, event)).toEqual(problems.map((text) => expect.stringContaining(text))))
})

test('a dry run tells what a run would be refused for', () => {
  const images = ['acme/iris', 'localhost:5000/Iris'].map(parseImageName)
  expect(planned(createInputs({ images, dryRun: true })).notices).toEqual([
    'The image is called localhost:5000/iris, not localhost:5000/Iris: registries take lower case only.',
    'A run would be refused. password: is empty and the job has no login to docker.io, which the image would be pushed to. Example: password: ${{ secrets.REGISTRY_TOKEN }}.',
  ])
})

describe('no line of tags may give a tag on an event', () => {
  const lines = { images: [parseImageName('localhost:5000/a')], tags: parseTagRule('type=semver,pattern={{version}}') }
  test('push: auto does not push then, and says why', () =>
    expect(planned(createInputs(lines)).push).toEqual({
      push: false,
      reason: 'push to the default branch main, but no line of tags gives a tag on this event',
    }))
  test('push: true is refused', () =>
    expect(problemsOf(createInputs({ ...lines, push: 'true' }))).toEqual(['tags gives no tag on this event, and push is true']))
})

describe('labels and annotations', () => {
  const settings = { ...plainSettings, annotationLevels: ['manifest', 'index', 'index-descriptor[linux/amd64]', 'manifest-descriptor'] }
  const of = (annotations: readonly string[]) =>
    planned(createInputs({ push: 'false', labels: ['a={{branch}}', 'org.opencontainers.image.title=Own'], annotations, settings }))
  test('of the user win over ours', () =>
    expect(of([]).labels).toMatchObject({
      a: 'main',
      'org.opencontainers.image.title': 'Own',
      'org.opencontainers.image.version': 'sha-1f2e3d4',
    }))
  test('are told as docker/metadata-action tells them, and built in only where the user gave some', () => {
    expect(of([]).annotations).toEqual([])
    expect(of([]).metadata.annotations).toContain('index:org.opencontainers.image.title=iris')
    expect(of(['x=1']).annotations).toEqual([
      ...of(['x=1']).metadata.annotations.filter((line) => line.startsWith('manifest:')),
      ...of(['x=1']).metadata.annotations.filter((line) => line.startsWith('manifest-descriptor:')),
    ])
  })
  test('without the labels that are of this action alone', () =>
    expect(of([]).metadata.annotations.filter((line) => line.includes('io.github'))).toEqual([]))
  test('of an index are left out, and that is said', () => {
    expect(of(['x=1']).notices).toEqual(['Annotations of an index are left out: this image is a single manifest.'])
    expect(of([]).notices).toEqual([])
  })
  test('that cannot be evaluated are problems, together with those of tags', () => {
    const bad = { tags: parseTagRule('a,enable={{branch}}'), labels: ['x=1'], annotations: ['y=1'], push: 'false' as const }
    expect(problemsOf(createInputs(bad))).toEqual(['tags has enable={{branch}}, which comes out as "main", neither true nor false'])
  })
})

test('images are told as they are written', () => {
  const images = ['docker.io/acme/iris'].map(parseImageName)
  const plan = planned(createInputs({ images, imageTexts: ['docker.io/acme/iris'], push: 'false' }))
  expect(plan.metadata.tags).toEqual(['docker.io/acme/iris:sha-1f2e3d4', 'docker.io/acme/iris:latest'])
  expect(plan.references).toEqual(plan.metadata.tags)
})

test('every name gets every tag, and the first tag is the version', () => {
  const plan = planned(createInputs({ images: ['acme/iris', 'localhost:5000/iris'].map(parseImageName), push: 'false' }))
  expect(plan.references).toEqual([
    'acme/iris:sha-1f2e3d4',
    'acme/iris:latest',
    'localhost:5000/iris:sha-1f2e3d4',
    'localhost:5000/iris:latest',
  ])
  expect(plan.version).toBe('sha-1f2e3d4')
  expect(plan.labels['org.opencontainers.image.version']).toBe('sha-1f2e3d4')
  expect(plan.push).toEqual({ push: false, reason: 'push is false' })
})

test('a name that is lowered is told with both', () => {
  const names = ['ghcr.io/Acme/Iris', 'acme/iris', 'GHCR.io/acme/churn'].map(parseImageName)
  expect(planned(createInputs({ images: names, push: 'false' })).notices).toEqual([
    'The image is called ghcr.io/acme/iris, not ghcr.io/Acme/Iris: registries take lower case only.',
    'The image is called ghcr.io/acme/churn, not GHCR.io/acme/churn: registries take lower case only.',
  ])
})

describe('the image that a registry cache is kept as', () => {
  const cached = (image: string, more: Partial<Inputs> = {}) =>
    createInputs({ credentials: { password: 'p' }, cache: { kind: 'auto', mode: 'auto', image, from: [], to: [] }, ...more })
  const planned = (inputs: Inputs) => makePlan(inputs, createEvent(), undefined, undefined)
  test.each(['ghcr.io/acme/iris:latest', 'ghcr.io/acme/iris:sha-1f2e3d4'])('is no tag of the image itself: %s', (image) => {
    expect(planned(cached(image))).toMatchObject({
      kind: 'problems',
      problems: [{ input: 'cache-image', value: image, example: 'cache-image: ghcr.io/acme/iris:cache' }],
    })
  })
  test.each(['ghcr.io/acme/iris:cache', 'ghcr.io/acme/iris', 'ghcr.io/acme/iris-cache:latest', 'quay.io/acme/iris:latest'])(
    'may be %s',
    (image) => expect(planned(cached(image)).kind).toBe('plan'),
  )
  test('is logged in to, and a login that is missing there is no reason not to push', () => {
    const planning = planned(cached('quay.io/acme/cache', { credentials: { password: 'p', registry: 'ghcr.io' } }))
    if (planning.kind !== 'plan') throw new Error('there are problems')
    expect([...planning.plan.access].map(([registry, { kind }]) => `${registry} ${kind}`)).toEqual(['ghcr.io given', 'quay.io anonymous'])
  })
})

describe('the registry that an image is taken from', () => {
  const from = (name: string) => ({ kind: 'registry', name: parseImageName(name), digest: `sha256:${'ab'.repeat(32)}` }) as const
  const credentials = { username: 'u', password: 'p' }
  test('is not shown the login for images', () =>
    expect(planned(createInputs({ credentials, from: from('quay.io/acme/iris') })).access.get('quay.io')).toEqual({ kind: 'anonymous' }))
  test('is asked with the login that the job has', () =>
    expect(planned(createInputs({ credentials, from: from('acme/iris') }), {}, config).access.get('docker.io')).toMatchObject({
      kind: 'job',
    }))
  test('is asked with that login where it is the same', () =>
    expect(planned(createInputs({ credentials, from: from('ghcr.io/other/iris') })).access.get('ghcr.io')).toMatchObject({
      credential: credentials,
    }))
})
