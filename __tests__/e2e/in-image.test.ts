import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { createJob, docker, example, fixture, leftovers, type Ran } from './action.ts'

const kept = { push: 'false', smoke: 'false' }

function forget(name: string): void {
  docker('image', 'rm', `${name}:sha-1f2e3d4`, `${name}:latest`)
}

function green(ran: Ran): void {
  expect({ exitCode: ran.exitCode, log: ran.exitCode === 0 ? '' : ran.log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  expect(leftovers(ran.state)).toEqual([])
}

describe('tests where the model is', () => {
  test.each([
    { name: 'iris-sklearn', inImage: 10, pinned: 'scikit-learn' },
    { name: 'churn-fastapi', inImage: 16, pinned: 'scikit-learn' },
  ])('$name in the image and as a stage: green, the same image as ever, nothing installed twice', async ({ name, inImage, pinned }) => {
    using job = createJob(example(name))
    const images = { images: `localhost:1/acme/${name}`, ...kept }
    // On the runner first: that is what fills models/ for the churn example.
    green(await job.main({ ...images, 'test-first': 'true' }))
    const layers = () => docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', `${images.images}:latest`)
    green(await job.main(images))
    const onRunner = layers()
    const before = readdirSync(job.workspace, { recursive: true }).sort()
    const ran = await job.main({ ...images, 'test-in': 'image' })
    green(ran)
    const inIt = layers()
    expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests: inImage, failed: 0, errors: 0 })
    expect(ran.log).not.toContain(`+ ${pinned}==`)
    expect(ran.log).toContain('│  + pytest==')
    const asStage = await job.main({ ...images, 'test-in': 'target:test' })
    green(asStage)
    // Not a byte of its files depends on where its tests ran; what was asked for is in the label input-hash.
    expect([inIt, layers()]).toEqual([onRunner, onRunner])
    expect(readdirSync(job.workspace, { recursive: true }).sort()).toEqual(before)
    forget(`localhost:1/acme/${name}`)
  })

  test('the version in the image is what the tests see, also without pip and without root', async () => {
    using job = createJob(fixture('in-image'))
    const ran = await job.main({ images: 'localhost:1/acme/lean', ...kept, 'test-in': 'image', 'test-command': 'pytest -s tests' })
    green(ran)
    expect(ran.log).toContain('six is 1.15.0, user is 10001')
    expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests: 4, failed: 0 })
    const here = await job.main({ images: 'localhost:1/acme/lean', ...kept, 'test-command': 'python -m pytest -s tests' })
    green(here)
    expect(here.log).toContain('six is 1.16.0')
    forget('localhost:1/acme/lean')
  })

  test('red in the image: named as the tests, nothing left', async () => {
    using job = createJob(fixture('in-image'))
    const ran = await job.main({ images: 'localhost:1/acme/lean', ...kept, 'test-in': 'image', 'test-env': 'VERDICT=red' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test', 'failure-code': 'tests-failed' } })
    expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ failed: 1 })
    expect(leftovers(ran.state)).toEqual([])
  })

  test.each([
    { verdict: 'green', code: '', exitCode: 0 },
    { verdict: 'red', code: 'tests-failed', exitCode: 1 },
  ])('a stage of files alone hands over its report: $verdict', async ({ verdict, code, exitCode }) => {
    using job = createJob(fixture('in-image'))
    const ran = await job.main({
      images: 'localhost:1/acme/stage',
      ...kept,
      'test-in': 'target:report',
      'build-args': `VERDICT=${verdict}`,
    })
    expect({ exitCode: ran.exitCode, code: ran.outputs['failure-code'] }).toEqual({ exitCode, code })
    expect(JSON.parse(ran.outputs['tests'] ?? '')).toMatchObject({ tests: 4, failed: verdict === 'red' ? 1 : 0 })
    expect(leftovers(ran.state)).toEqual([])
    if (exitCode === 0) forget('localhost:1/acme/stage')
  })

  test('a stage that hangs is stopped after test-timeout, and told as the tests', async () => {
    using job = createJob(fixture('in-image'))
    const hung = { 'test-in': 'target:strict', 'build-args': 'VERDICT=hung', 'test-timeout': '4s' }
    const ran = await job.main({ images: 'localhost:1/acme/stage', ...kept, ...hung })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test', 'failure-code': 'tests-timeout' } })
    expect(ran.log).toMatch(/^::error .*still at \[test strict .* after 4 s/m)
    expect(leftovers(ran.state)).toEqual([])
  })

  test('a stage that fails stops the build, and is told as the tests', async () => {
    using job = createJob(fixture('in-image'))
    const ran = await job.main({ images: 'localhost:1/acme/stage', ...kept, 'test-in': 'target:strict', 'build-args': 'VERDICT=red' })
    expect(ran).toMatchObject({ exitCode: 1, outputs: { 'failed-stage': 'test', 'failure-code': 'tests-failed' } })
  })
})
