import { describe, expect, test } from '@jest/globals'
import { chooseCompression, optionArguments, optionAttributes, secretVariables } from '../../src/build/options.ts'
import type { BuildOptions } from '../../src/inputs/build-options.ts'
import { buildOptions } from '../builders.ts'

const secrets = [
  { id: 'netrc', kind: 'file', path: '/run/a,b/netrc' },
  { id: 'token', kind: 'value', value: 'hush' },
] as const

describe('each option is its flag, and its attribute of a bake target', () => {
  test.each<readonly [Partial<BuildOptions>, readonly string[], object]>([
    [{}, [], {}],
    [
      { contexts: { base: 'docker-image://a:1', x: '/repo/${x}' } },
      ['--build-context', 'base=docker-image://a:1', '--build-context', 'x=/repo/${x}'],
      { contexts: { base: 'docker-image://a:1', x: '/repo/<x>' } },
    ],
    [
      { secrets },
      ['--secret', 'id=netrc,"src=/run/a,b/netrc"', '--secret', 'id=token,env=ML_IMAGE_SECRET_1'],
      { secret: ['id=netrc,"src=/run/a,b/netrc"', 'id=token,env=ML_IMAGE_SECRET_1'] },
    ],
    [{ ssh: ['default', 'a=/k'] }, ['--ssh', 'default', '--ssh', 'a=/k'], { ssh: ['default', 'a=/k'] }],
    [{ noCache: true }, ['--no-cache'], { 'no-cache': true }],
    [{ noCacheFilters: ['a', 'b'] }, ['--no-cache-filter', 'a', '--no-cache-filter', 'b'], { 'no-cache-filter': ['a', 'b'] }],
    [{ pull: true }, ['--pull'], { pull: true }],
    [{ network: 'none' }, ['--network', 'none'], { network: 'none' }],
    [
      { addHosts: ['a:10.0.0.1', 'b=::1'] },
      ['--add-host', 'a:10.0.0.1', '--add-host', 'b=::1'],
      { 'extra-hosts': { a: '10.0.0.1', b: '::1' } },
    ],
    [{ allow: ['network.host'] }, ['--allow', 'network.host'], { entitlements: ['network.host'] }],
    [{ shmSize: '2g' }, ['--shm-size', '2g'], { 'shm-size': '2g' }],
    [{ ulimits: ['nofile=1:2'] }, ['--ulimit', 'nofile=1:2'], { ulimits: ['nofile=1:2'] }],
  ])('%j', (given, argv, attributes) => {
    const options = { ...buildOptions, ...given }
    expect(optionArguments(options)).toEqual(argv)
    expect(optionAttributes(options, (text) => text.replace('${x}', '<x>'))).toEqual(attributes)
  })
})

test('values of secrets are in the environment of the client alone', () => {
  expect(secretVariables(secrets)).toEqual({ ML_IMAGE_SECRET_1: 'hush' })
  expect(optionArguments({ ...buildOptions, secrets }).join(' ')).not.toContain('hush')
})

describe('layers are zstd, but gzip for bases of services that read nothing else', () => {
  const lambda = 'public.ecr.aws/lambda/python:3.12'
  test.each([
    ['FROM python:3.11-slim\n', undefined, 'zstd'],
    [`FROM ${lambda}\n`, undefined, 'gzip'],
    [`FROM ${lambda} AS base\nFROM base AS serve\n`, 'serve', 'gzip'],
    [`FROM ${lambda} AS build\nFROM python:3.11 AS serve\n`, undefined, 'zstd'],
    [`FROM ${lambda} AS build\nFROM python:3.11 AS serve\n`, 'build', 'gzip'],
    ['ARG BASE=amazon/aws-lambda-python:3.12\nFROM ${BASE}\n', undefined, 'gzip'],
    ['FROM 763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.4\n', undefined, 'gzip'],
    ['FROM 763104351884.dkr.ecr.us-east-1.amazonaws.com/acme-inference:2.4\n', undefined, 'zstd'],
  ])('%j, target %s: %s', (dockerfile, target, compression) =>
    expect(chooseCompression('auto', dockerfile, target, {}).compression).toBe(compression),
  )
  test('the base that decided is told; what was asked for stands', () => {
    expect(chooseCompression('auto', `FROM ${lambda}\n`, undefined, {}).because).toBe(lambda)
    expect(chooseCompression('zstd', `FROM ${lambda}\n`, undefined, {})).toEqual({ compression: 'zstd' })
  })
})
