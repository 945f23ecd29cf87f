import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../../src/inputs/parse.ts'
import { stackFaults } from '../../../src/smoke/compose/check.ts'
import { closure, findService, type JsonObject, parseConfig, servicePort } from '../../../src/smoke/compose/config.ts'
import { composeProject, type Place } from '../../../src/smoke/compose/project.ts'
import { digest } from '../../builders.ts'
import { createFiles } from '../../memory-files.ts'

const configOf = (services: JsonObject, more: JsonObject = {}) => parseConfig(JSON.stringify({ name: 'app', services, ...more }))
const place: Place = {
  service: 'api',
  image: digest,
  containerName: 'ml-image-f00d',
  labels: { run: 'f00d' },
  port: 8000,
  bind: '127.0.0.1',
  env: {},
  offline: false,
  gpu: true,
}
const projectOf = (services: JsonObject, more: JsonObject = {}, at: Partial<Place> = {}) =>
  composeProject(configOf(services, more), { ...place, ...at }) as Readonly<Record<string, Readonly<Record<string, JsonObject>>>>

describe('what a service needs', () => {
  const a = { image: 'a' }
  test.each<readonly [string, JsonObject, readonly string[]]>([
    ['nothing', { api: a, other: a }, ['api']],
    ['depends_on', { api: { depends_on: { db: {} } }, db: a, other: a }, ['api', 'db']],
    ['depends_on as a list', { api: { depends_on: ['db'] }, db: a }, ['api', 'db']],
    ['what that needs', { api: { depends_on: { db: {} } }, db: { depends_on: { disk: {} } }, disk: a }, ['api', 'db', 'disk']],
    ['in a circle', { api: { depends_on: { db: {} } }, db: { depends_on: { api: {} } } }, ['api', 'db']],
    ['links', { api: { links: ['db:database'] }, db: a }, ['api', 'db']],
    ['volumes_from', { api: { volumes_from: ['db:ro', 'container:else'] }, db: a }, ['api', 'db']],
    ['a namespace', { api: { network_mode: 'service:db', pid: 'service:vpn' }, db: a, vpn: a }, ['api', 'db', 'vpn']],
    ['what is not there, as required: false lets it', { api: { depends_on: { gone: { required: false } } } }, ['api']],
  ])('%s', (_, services, names) => expect(closure(configOf(services).services, 'api')).toEqual(names))
})

describe('the service that is ours', () => {
  const image = { image: 'redis' }
  const build = { build: { context: '.' } }
  test.each<readonly [string, JsonObject, string | undefined, string | undefined]>([
    ['as given', { api: build, web: build }, 'web', 'web'],
    ['not there', { api: build }, 'web', undefined],
    ['the one that is built', { cache: image, api: build }, undefined, 'api'],
    ['the only one', { api: image }, undefined, 'api'],
    ['two that are built', { api: build, web: build }, undefined, undefined],
    ['two of one build, and one has ports', { worker: build, api: { ...build, ports: [{ target: 80 }] } }, undefined, 'api'],
    [
      'two of two builds, and one has ports',
      { worker: { build: { context: 'worker' } }, api: { ...build, ports: [{ target: 80 }] } },
      undefined,
      undefined,
    ],
    ['none that is built', { api: image, cache: image }, undefined, undefined],
  ])('%s', (_, services, given, found) => expect(findService(configOf(services), given)).toBe(found))
  test.each<readonly [string, JsonObject, number | undefined]>([
    [
      'ports',
      {
        ports: [
          { target: 53, protocol: 'udp' },
          { target: 8080, published: '80', protocol: 'tcp' },
        ],
        expose: ['9'],
      },
      8080,
    ],
    ['expose', { expose: ['9000'] }, 9000],
    ['none', {}, undefined],
  ])('its port by %s', (_, service, port) => expect(servicePort(service)).toBe(port))
})

describe('the project', () => {
  test('has our image in place of a build, at our port and by our name', () => {
    const api = {
      ...{ build: { context: '/repo' }, container_name: 'api', restart: 'always', platform: 'linux/arm64', profiles: ['a'] },
      ...{
        ports: [{ target: 8000, published: '8000' }],
        environment: { A: '1', B: '$$' },
        deploy: { replicas: 3, resources: { limits: { memory: '1' } } },
      },
    }
    expect(projectOf({ api }, {}, { env: { A: 'x$y' }, command: ['serve', '$HOME'] })['services']).toEqual({
      api: {
        image: digest,
        pull_policy: 'never',
        container_name: 'ml-image-f00d',
        restart: 'no',
        deploy: { resources: { limits: { memory: '1' } } },
        environment: { A: 'x$$y', B: '$$' },
        command: ['serve', '$$HOME'],
        ports: [{ mode: 'ingress', host_ip: '127.0.0.1', target: 8000, protocol: 'tcp' }],
        labels: { run: 'f00d' },
      },
    })
  })
  test('leaves a dependency as it is, but for what would meet another run or outlive this one', () => {
    const db = {
      image: 'db',
      ports: [{ target: 1 }],
      container_name: 'db',
      restart: 'unless-stopped',
      labels: { a: 'b' },
      healthcheck: { test: ['x'] },
    }
    expect(projectOf({ api: { depends_on: { db: {} } }, db, other: { image: 'x' } })['services']).toMatchObject({ api: {} })
    expect(projectOf({ api: { depends_on: { db: {} } }, db })['services']?.['db']).toEqual({
      image: 'db',
      restart: 'on-failure',
      labels: { a: 'b', run: 'f00d' },
      healthcheck: { test: ['x'] },
    })
  })
  test.each<readonly [string, JsonObject, JsonObject, boolean]>([
    ['the same build', { build: { context: '/repo' } }, { build: { context: '/repo' } }, true],
    ['the name it is built under', { build: { context: '/repo' }, image: 'app' }, { image: 'app' }, true],
    ['another target', { build: { context: '/repo' } }, { build: { context: '/repo', target: 'worker' } }, false],
    ['another name', { build: { context: '/repo' }, image: 'app' }, { image: 'redis' }, false],
    ['a name that is built nowhere', { image: 'redis' }, { image: 'redis' }, false],
  ])('runs our image in a worker beside ours: %s', (_, own, other, same) => {
    const worker = { ...other, command: ['work'], restart: 'always', platform: 'linux/arm64' }
    const made = projectOf({ api: { ...own, depends_on: { worker: {} } }, worker })['services']?.['worker']
    expect(made).toMatchObject({ command: ['work'], restart: 'on-failure' })
    expect(made?.['image'] === digest).toBe(same)
    expect(made?.['pull_policy']).toBe(same ? 'never' : undefined)
    expect(made?.['build']).toEqual(same ? undefined : other['build'])
  })
  test('has the networks, volumes, secrets and configs that are used, without names of their own but for external ones', () => {
    const used = {
      networks: { default: null, shared: null },
      volumes: [
        { type: 'volume', source: 'data' },
        { type: 'bind', source: '/m' },
      ],
      secrets: [{ source: 'token' }],
      configs: [{ source: 'settings' }],
    }
    const both = (name: string, more: JsonObject = {}): JsonObject => ({ [name]: { name: `app_${name}`, ...more }, unused: { name: 'x' } })
    const made = projectOf(
      { api: used },
      {
        networks: { ...both('default', { ipam: {} }), shared: { name: 'theirs', external: true } },
        volumes: both('data'),
        secrets: both('token', { file: '/t' }),
        configs: both('settings', { content: 'a' }),
      },
    )
    expect(made).toMatchObject({
      networks: { default: { ipam: {} }, shared: { name: 'theirs', external: true } },
      volumes: { data: {} },
      secrets: { token: { file: '/t' } },
      configs: { settings: { content: 'a' } },
    })
    expect(JSON.stringify(made)).not.toMatch(/app_|unused/)
  })
  test('offline: no network leads out, and no port is published', () => {
    const { bind: _, ...closed } = place
    const made = composeProject(configOf({ api: { networks: { default: null } } }, { networks: { default: {} } }), {
      ...closed,
      offline: true,
    })
    expect(made).toMatchObject({ networks: { default: { internal: true } } })
    expect(JSON.stringify(made)).not.toContain('ports')
  })
})

describe('a stack is refused', () => {
  const faults = (services: JsonObject, more: JsonObject = {}) =>
    stackFaults(configOf(services, more), 'api', createFiles({ '/repo/models/m.bin': '', '/repo/a$b': '' }))
  const bind = (source: string): Json => [{ type: 'bind', source, target: '/m' }]
  test.each<readonly [string, readonly string[], RegExp | undefined]>([
    ['a bind source that is there', faults({ api: { image: 'a', volumes: bind('/repo/models') } }), undefined],
    ['with a dollar in it', faults({ api: { image: 'a', volumes: bind('/repo/a$$b') } }), undefined],
    [
      'a bind source that is missing',
      faults({ api: { volumes: bind('/repo/weights') } }),
      /^mounts \/repo\/weights into api, which is not there/,
    ],
    ['of a dependency', faults({ api: { depends_on: ['db'] }, db: { image: 'd', volumes: bind('/x') } }), /^mounts \/x into db/],
    ['of a service that is not started', faults({ api: {}, other: { volumes: bind('/x') } }), undefined],
    ['the network of the host', faults({ api: { network_mode: 'host' } }), /network of the host/],
    ['no network', faults({ api: { network_mode: 'none' } }), /no port can be published/],
    ['a dependency that is nothing', faults({ api: { depends_on: ['db'] }, db: { command: 'x' } }), /neither image nor build/],
    [
      'a secret without file',
      faults({ api: { secrets: [{ source: 's' }] } }, { secrets: { s: { file: '/none' } } }),
      /^takes secret s from \/none/,
    ],
    ['a config without file', faults({ api: { configs: [{ source: 's' }] } }, { configs: { s: { file: '/none' } } }), /^takes config s/],
    ['a secret nobody uses', faults({ api: {} }, { secrets: { s: { file: '/none' } } }), undefined],
  ])('%s', (_, found, says) => {
    if (says === undefined) expect(found).toEqual([])
    else expect(found).toEqual([expect.stringMatching(says)])
  })
})
