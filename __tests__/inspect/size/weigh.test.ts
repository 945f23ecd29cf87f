import { describe, expect, test } from '@jest/globals'
import { stepsOf } from '../../../src/inspect/origin.ts'
import { chainOf } from '../../../src/inspect/recipe.ts'
import { type Before, instructionOf, platformOf, weigh } from '../../../src/inspect/size/weigh.ts'

const around = { workspace: '/repo', file: '/repo/docker/Dockerfile' }
const dockerfile = 'FROM python:3.11-slim\nENV A=1\nRUN pip install \\\n  torch\nCOPY . .\nCMD ["serve"]\n'
const history = [
  { created_by: '/bin/sh -c #(nop) ADD file:1 in / ' },
  { created_by: 'ENV PATH=/usr', empty_layer: true },
  { created_by: 'ENV A=1', empty_layer: true },
  { created_by: 'RUN /bin/sh -c pip install   torch # buildkit' },
  { created_by: 'COPY . . # buildkit' },
  { created_by: 'CMD ["serve"]', empty_layer: true },
]
const named = (digest: string, bytes: number) => ({ digest, bytes, mediaType: '' })
const layers = [named('sha256:base', 30), named('sha256:torch', 400), named('sha256:code', 2)]
const image = { platform: 'linux/amd64', layers, steps: stepsOf(history, chainOf(dockerfile, undefined)) }
const earlier = (images: Readonly<Record<string, Before['images'] extends ReadonlyMap<string, infer T> ? T : never>>): Before => ({
  reference: 'ghcr.io/acme/iris:latest',
  digest: 'sha256:before',
  images: new Map(Object.entries(images)),
})

test('each layer has its bytes, its instruction and the line of that', () =>
  expect(weigh(image, undefined, around)).toEqual({
    bytes: 432,
    layers: [
      { digest: 'sha256:base', bytes: 30, instruction: 'ADD file:1 in /', own: false },
      { digest: 'sha256:torch', bytes: 400, instruction: 'RUN pip install torch', own: true, at: { file: 'docker/Dockerfile', line: 3 } },
      { digest: 'sha256:code', bytes: 2, instruction: 'COPY . .', own: true, at: { file: 'docker/Dockerfile', line: 5 } },
    ],
  }))

describe('against the image before', () => {
  test('it is said which layers are new', () => {
    const { previous, layers: weighed } = weigh(
      image,
      earlier({ 'linux/amd64': [layers[0] ?? named('', 0), named('sha256:old', 70)] }),
      around,
    )
    expect(previous).toEqual({ reference: 'ghcr.io/acme/iris:latest', digest: 'sha256:before', bytes: 100 })
    expect(weighed.map(({ isNew }) => isNew)).toEqual([false, true, true])
  })
  test('that is for another platform nothing is said', () => {
    const size = weigh(image, earlier({ 'linux/arm64': [] }), around)
    expect(size).not.toHaveProperty('previous')
    expect(size.layers[0]).not.toHaveProperty('isNew')
  })
  test('an image of which only the sum is known is held against the only one there is', () => {
    const whole = { layers: [], steps: [], bytes: 500 }
    expect(weigh(whole, earlier({ 'linux/arm64': [named('a', 400)] }), around)).toMatchObject({ bytes: 500, previous: { bytes: 400 } })
    expect(weigh(whole, earlier({ a: [], b: [] }), around)).not.toHaveProperty('previous')
  })
})

test('without a Dockerfile all of it is its own', () =>
  expect(weigh({ ...image, steps: stepsOf(history, []) }, undefined, around).layers.map(({ own, at }) => [own, at])).toEqual(
    layers.map(() => [true, undefined]),
  ))
test('a layer that the history does not name is there all the same', () =>
  expect(weigh({ ...image, steps: [] }, undefined, around).layers[1]).toEqual({
    digest: 'sha256:torch',
    bytes: 400,
    instruction: '',
    own: true,
  }))

test.each([
  ['RUN /bin/sh -c pip install torch # buildkit', 'RUN pip install torch'],
  ['RUN |2 TOKEN=s3cret N=1 /bin/sh -c pip install torch # buildkit', 'RUN pip install torch'],
  ['RUN /bin/bash -o pipefail -c curl x | sh # buildkit', 'RUN curl x | sh'],
  ['RUN /bin/bash -euxo pipefail -c a -c b', 'RUN a -c b'],
  ['/bin/sh -c apt-get update', 'RUN apt-get update'],
  ['/bin/sh -c #(nop)  CMD ["python3"]', 'CMD ["python3"]'],
  ['/bin/sh -c #(nop) COPY dir:9 in /app ', 'COPY dir:9 in /app'],
  ["# debian.sh --arch 'amd64' out/ 'trixie'", "# debian.sh --arch 'amd64' out/ 'trixie'"],
  [`RUN /bin/sh -c ${'x'.repeat(200)}`, `RUN ${'x'.repeat(76)}...`],
  ['', ''],
])('%s', (createdBy, instruction) => expect(instructionOf(createdBy)).toBe(instruction))

test.each([
  [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
  [{ os: 'linux', architecture: 'arm64', variant: 'v8' }, 'linux/arm64'],
  [{ os: 'linux', architecture: 'arm', variant: 'v6' }, 'linux/arm/v6'],
  [{ architecture: 'arm' }, 'linux/arm/v7'],
])('%j is for %s', (json, platform) => expect(platformOf(json)).toBe(platform))
