import { describe, expect, test } from '@jest/globals'
import { type Builder, findBuilder, parseBuilder } from '../../src/build/builder.ts'
import { type CaptureScript, createFakeHost } from '../fake-host.ts'

const container = `Name:          builder-1
Driver:        docker-container
Last Activity: 2026-01-02 03:04:05 +0000 UTC

Nodes:
Name:                  builder-10
Endpoint:              unix:///var/run/docker.sock
Driver Options:        network="host"
Status:                running
BuildKit version:      v0.25.2
Platforms:             linux/amd64*, linux/amd64/v2, linux/386
Labels:
 org.mobyproject.buildkit.worker.executor:         oci
GC Policy rule#0:
 All:            false
`
const second = `
Name:      builder-11
Endpoint:  ssh://arm
Error:     failed to dial: no route
`

const node = { name: 'builder-10', status: 'running', platforms: ['linux/amd64', 'linux/amd64/v2', 'linux/386'] }

describe('what buildx prints of a builder', () => {
  test.each<readonly [string, string, Builder | undefined]>([
    ['one node', container, { name: 'builder-1', driver: 'docker-container', nodes: [node] }],
    [
      'two, of which one is not there',
      container + second,
      {
        name: 'builder-1',
        driver: 'docker-container',
        nodes: [node, { name: 'builder-11', status: '', error: 'failed to dial: no route', platforms: [] }],
      },
    ],
    ['none', 'Name:   k8s\nDriver: kubernetes\n\nNodes:\n', { name: 'k8s', driver: 'kubernetes', nodes: [] }],
    ['no builder at all', '', undefined],
    ['something else', 'Nodes:\nName: x\n', undefined],
  ])('%s', (_, text, builder) => expect(parseBuilder(text)).toEqual(builder))
})

const find = (script: CaptureScript, name?: string) => {
  const host = createFakeHost({ capture: { 'docker buildx inspect': script } })
  return { host, found: findBuilder(host, name, { PATH: '/bin' }) }
}

test('a builder is asked for by its name and started; without one, that of the job', async () => {
  const { host, found } = find({ stdout: container }, 'builder-1')
  expect(await found).toMatchObject({ name: 'builder-1', nodes: [{ status: 'running' }] })
  await find({ stdout: container }).found
  expect(host.commands[0]).toEqual({ argv: ['docker', 'buildx', 'inspect', 'builder-1', '--bootstrap'], env: { PATH: '/bin' } })
})

describe('one that cannot be used is refused', () => {
  test.each<readonly [string, CaptureScript, string]>([
    ['unknown', { exitCode: 1, stderr: 'ERROR: no builder "mine" found\n' }, 'The builder mine cannot be used (no builder "mine" found).'],
    ['with a node that is away', { stdout: container + second }, 'The builder builder-1 does not run (failed to dial: no route).'],
    ['stopped', { stdout: container.replace('running', 'stopped') }, 'The builder builder-1 does not run (builder-10 is stopped).'],
    ['without nodes', { stdout: 'Name: k8s\nDriver: kubernetes\n\nNodes:\n' }, 'The builder k8s does not run (it has no node).'],
  ])('%s', async (_, script, message) => {
    await expect(find(script, 'mine').found).rejects.toMatchObject({ code: 'builder-unavailable', message })
  })
})
