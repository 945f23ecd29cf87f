import { describe, expect, test } from '@jest/globals'
import type { SizeInputs } from '../../../src/inputs/inputs.ts'
import { parseIncrease, parseSize } from '../../../src/inputs/parse-size.ts'
import { judgeAll, judgeSize } from '../../../src/inspect/size/judge.ts'
import type { LayerSize, SizeReport } from '../../../src/inspect/size/size.ts'

const limits = (most?: string, increase?: string): SizeInputs => ({
  ...(most === undefined ? {} : { most: parseSize(most) }),
  ...(increase === undefined ? {} : { increase: parseIncrease(increase) }),
})
const layer = (bytes: number, more: Partial<LayerSize> = {}): LayerSize => ({
  digest: `sha256:${bytes}`,
  bytes,
  instruction: `RUN ${bytes}`,
  own: true,
  ...more,
})
const sizeOf = (layers: readonly LayerSize[], previous?: number): SizeReport => ({
  bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0),
  layers,
  ...(previous === undefined ? {} : { previous: { reference: 'ghcr.io/acme/iris:latest', digest: 'sha256:0', bytes: previous } }),
})

describe('what keeps the limits and what does not', () => {
  test.each<readonly [number, number | undefined, SizeInputs, string | undefined]>([
    [500, undefined, limits('500B'), undefined],
    [501, undefined, limits('500B'), 'image-too-large'],
    [501, undefined, limits(), undefined],
    [110, 100, limits(undefined, '10%'), undefined],
    [111, 100, limits(undefined, '10%'), 'image-grew'],
    [110, 100, limits(undefined, '10B'), undefined],
    [111, 100, limits(undefined, '10B'), 'image-grew'],
    [100, 100, limits(undefined, '0%'), undefined],
    [101, 100, limits(undefined, '0%'), 'image-grew'],
    [1, 100, limits(undefined, '0%'), undefined],
    [5, 0, limits(undefined, '1000%'), 'image-grew'],
    // Without one before there is nothing to hold it against.
    [999, undefined, limits(undefined, '0%'), undefined],
    [501, 100, limits('500B', '10%'), 'image-too-large'],
    [499, 100, limits('500B', '10%'), 'image-grew'],
  ])('%d bytes, %s before, %j: %s', (bytes, previous, given, code) =>
    expect(judgeSize(sizeOf([layer(bytes)], previous), given)?.code).toBe(code),
  )
})

const at = { file: 'Dockerfile', line: 5 }
const torch = layer(410_200_000, { instruction: 'RUN pip install torch', at })
const code = layer(12_300, { instruction: 'COPY . .', at: { file: 'Dockerfile', line: 12 } })
const base = [layer(30_000_000, { own: false }), layer(17_000_000, { own: false })]

describe('a red one tells', () => {
  test('of one that is too large the value, the limit, and what is in it, the largest first', () => {
    expect(judgeSize(sizeOf([...base, torch, code]), limits('400MB'))).toEqual({
      code: 'image-too-large',
      message:
        'The image weighs 457.2 MB compressed, 57.2 MB more than max-image-size: 400MB. Most of it: RUN pip install torch (Dockerfile:5), 410.2 MB.',
      evidence: [
        '410.2 MB  Dockerfile:5   RUN pip install torch',
        ' 47.0 MB                 the base image (2 layers)',
        ' 12.3 kB  Dockerfile:12  COPY . .',
      ],
      at,
    })
  })
  test('of one that is mostly its base image that', () => {
    const red = judgeSize(sizeOf([...base, code]), limits('40MB'))
    expect(red?.message).toContain('Most of it: the base image (2 layers), 47.0 MB.')
    expect(red?.at).toEqual({ file: 'Dockerfile', line: 12 })
  })
  test('of one that has grown what is new', () => {
    const old = base.map((one) => ({ ...one, isNew: false }))
    const size = sizeOf([...old, { ...torch, isNew: true }, { ...code, isNew: true }], 60_000_000)
    expect(judgeSize(size, limits(undefined, '10%'))).toEqual({
      code: 'image-grew',
      message:
        'The image weighs 457.2 MB compressed, 397.2 MB (662.0 %) more than ghcr.io/acme/iris:latest with 60.0 MB: more than max-size-increase: 10%, which is 6.0 MB. Most of what is new: RUN pip install torch (Dockerfile:5), 410.2 MB.',
      evidence: [
        '410.2 MB  Dockerfile:5   RUN pip install torch',
        ' 12.3 kB  Dockerfile:12  COPY . .',
        'in place of 13.0 MB of ghcr.io/acme/iris:latest',
      ],
      at,
    })
  })
  test('no more than ten layers', () => {
    const many = Array.from({ length: 40 }, (_, index) => layer(index + 1))
    const evidence = judgeSize(sizeOf(many), limits('1B'))?.evidence ?? []
    expect([evidence.length, evidence.at(-1)]).toEqual([11, '... and 30 more'])
  })
  test('the sum alone where nothing else is known', () =>
    expect(judgeSize({ bytes: 20, layers: [] }, limits('10B'))).toEqual({
      code: 'image-too-large',
      message: 'The image weighs 20 B compressed, 10 B more than max-image-size: 10B.',
      evidence: [],
    }))
})

describe('of several platforms', () => {
  const amd64 = { ...sizeOf([layer(100)], 100), platform: 'linux/amd64' }
  const arm64 = { ...sizeOf([layer(90)], 10), platform: 'linux/arm64' }
  test('the largest is told where none is red', () => expect(judgeAll([arm64, amd64], {})).toEqual({ size: amd64 }))
  test('each is judged, and the message names the one that is red', () => {
    const judged = judgeAll([amd64, arm64], limits(undefined, '10%'))
    expect(judged).toMatchObject({
      size: arm64,
      red: { code: 'image-grew', message: expect.stringMatching(/^The image for linux\/arm64 /) },
    })
  })
  test('none is nothing to judge', () => expect(judgeAll([], limits('1B'))).toBeUndefined())
})
