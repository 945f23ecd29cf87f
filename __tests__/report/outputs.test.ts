import { describe, expect, test } from '@jest/globals'
import { declaredOutputs } from '../../src/report/declared-outputs.ts'
import { buildOutputs, endingOutputs, planOutputs, reportOutputs } from '../../src/report/outputs.ts'
import { failureReport } from '../../src/report/report.ts'
import {
  configDigest,
  createEnding,
  createImage,
  createPlan,
  createReport,
  createSmokeReport,
  createTestReport,
  digest,
} from '../builders.ts'

test('of the plan: tags, labels, annotations and version, one a line and as JSON', () => {
  expect(planOutputs(createPlan({ labels: { a: '1', b: 'x=y' } }))).toEqual({
    tags: 'ghcr.io/acme/iris:sha-1f2e3d4\nghcr.io/acme/iris:latest',
    'tag-names': 'sha-1f2e3d4\nlatest',
    labels: 'a=1\nb=x=y',
    annotations: 'manifest:a=1\nmanifest:b=x=y',
    version: 'sha-1f2e3d4',
    json: '{"tags":["ghcr.io/acme/iris:sha-1f2e3d4","ghcr.io/acme/iris:latest"],"tag-names":["sha-1f2e3d4","latest"],"labels":{"a":"1","b":"x=y"},"annotations":["manifest:a=1","manifest:b=x=y"]}',
    pushed: 'false',
  })
})

describe('of the build', () => {
  test('on the containerd store its digest is that of the registry', () => {
    expect(buildOutputs(createImage())).toEqual({
      digest,
      'cache-hits': '{"hit":3,"total":4}',
      'image-size': '61400000',
    })
  })
  test('on the classic store the digest comes with the push', () => {
    const { compressedBytes: _, ...classic } = createImage({ store: 'classic', digest: configDigest })
    expect(Object.keys(buildOutputs(classic)).toSorted()).toEqual(['cache-hits'])
  })
  test('its configuration and what buildx says of it come with its end', () => {
    expect(endingOutputs(createEnding({ metadata: '{"a":1}' }))).toEqual({ imageid: configDigest, metadata: '{"a":1}' })
  })
})

describe('of the end', () => {
  test('a push', () => {
    expect(reportOutputs(createReport())).toEqual({
      result: 'passed',
      'failed-stage': '',
      'failure-code': '',
      pushed: 'true',
      'pushed-tags': 'ghcr.io/acme/iris:sha-1f2e3d4\nghcr.io/acme/iris:latest',
      tests: JSON.stringify(createTestReport()),
      smoke: JSON.stringify(createSmokeReport()),
      digest,
      image: `ghcr.io/acme/iris@${digest}`,
      'image-size': '61400000',
    })
  })
  test('of an image for several platforms the size is that of the largest', () => {
    const size = { platform: 'linux/arm64', bytes: 7, layers: [] }
    expect(reportOutputs(createReport({ size }))).toMatchObject({ 'image-size': '7' })
    expect(reportOutputs(createReport({ size: { bytes: 7, layers: [] } }))).toMatchObject({ 'image-size': '61400000' })
  })
  test('a merge', () => {
    const { image: _, tests: __, smoke: ___, ...rest } = createReport()
    const outputs = reportOutputs({ ...rest, merged: { digest, parts: [] } })
    expect(outputs).toMatchObject({ digest, image: `ghcr.io/acme/iris@${digest}`, pushed: 'true' })
    expect(reportOutputs({ ...rest, pushed: false, merged: { digest: '', parts: [] } })).not.toHaveProperty('digest')
  })
  test('a failure', () => {
    const failure = failureReport('smoke', { code: 'not-listening', message: 'x', evidence: [] })
    const outputs = reportOutputs(createReport({ result: 'failed', failure, pushed: false, pushedTags: [] }))
    expect(outputs).toMatchObject({
      result: 'failed',
      'failed-stage': 'smoke',
      'failure-code': 'not-listening',
      pushed: 'false',
      'pushed-tags': '',
    })
    expect([outputs.image, outputs.digest]).toEqual([undefined, undefined])
  })
  test('of many failed tests fifty are told', () => {
    const tests = createTestReport({ failures: Array(999).fill({ name: 'a', message: 'b' }) })
    expect(JSON.parse(reportOutputs(createReport({ tests })).tests ?? '')).toHaveProperty('failures.length', 50)
  })
})

test('every declared output but the path of the report and the plan of a dry run comes from one of them', () => {
  const ofBuild = { ...buildOutputs(createImage()), ...endingOutputs(createEnding()) }
  const made = {
    ...planOutputs(createPlan()),
    ...ofBuild,
    ...reportOutputs(createReport({ metrics: { file: 'm.json', metrics: { f1: 0.9 }, requirements: [] } })),
  }
  expect(Object.keys(declaredOutputs).filter((name) => !(name in made))).toEqual(['plan', 'report'])
})
