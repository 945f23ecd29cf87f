import { describe, expect, test } from '@jest/globals'
import { baseImages, mayNeedLogin } from '../../src/build/bases.ts'

test('base images are what a Dockerfile starts or copies from, but its own stages and nothing', () => {
  const dockerfile = [
    '# FROM comment',
    'FROM --platform=$BUILDPLATFORM ghcr.io/acme/base:1 AS Build',
    'from python:3.11-slim',
    'FROM scratch AS empty',
    'FROM build AS serve',
    'COPY --from=build /a /a',
    'COPY --chown=1:1 --from=quay.io/acme/tools@sha256:ab /b /b',
    'COPY --from=0 /c /c',
    'COPY a FROM b',
  ].join('\n')
  expect(baseImages(dockerfile)).toEqual(['ghcr.io/acme/base:1', 'python:3.11-slim', 'quay.io/acme/tools@sha256:ab'])
})

describe('a build may need a login where a base may be in that registry', () => {
  test.each([
    ['ghcr.io', 'FROM ghcr.io/acme/base:1', {}, true],
    ['ghcr.io', 'FROM python:3.11\nCOPY --from=ghcr.io/acme/base /a /a', {}, true],
    ['ghcr.io', 'FROM quay.io/acme/base', {}, false],
    ['ghcr.io', 'FROM python:3.11\nLABEL source=ghcr.io/acme/iris', {}, false],
    ['docker.io', 'FROM acme/base', {}, true],
    ['docker.io', 'FROM python:3.11-slim', {}, false],
    ['docker.io', 'FROM docker.io/library/python', {}, false],
    ['localhost:5000', 'FROM localhost:5000/base:2@sha256:ab', {}, true],
    ['ghcr.io', 'ARG BASE\nFROM $BASE', { BASE: 'ghcr.io/acme/base' }, true],
    ['ghcr.io', 'ARG BASE=ghcr.io/acme/base\nFROM ${BASE}', {}, true],
    ['ghcr.io', 'ARG BASE\nFROM $BASE', { BASE: 'quay.io/acme/base' }, false],
    ['ghcr.io', 'FROM python:3.11', { NOTE: 'ghcr.io/acme/base' }, false],
  ])('%s: %j %j: %s', (registry, dockerfile, args, expected) => expect(mayNeedLogin(registry, dockerfile, args)).toBe(expected))
  test('a base on Docker Hub that is a build argument too', () => {
    expect(mayNeedLogin('docker.io', 'ARG BASE\nFROM $BASE', { BASE: 'acme/base' })).toBe(true)
  })
  test('a base that a mount takes from too', () => {
    expect(mayNeedLogin('ghcr.io', 'FROM python:3.11\nRUN --mount=type=bind,from=ghcr.io/acme/tools,target=/t x', {})).toBe(true)
  })
})
