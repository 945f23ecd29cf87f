import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { evaluated, imagesBehind, inputsBehind, isLogin, shippingSteps } from '../../script/example.ts'

const root = join(import.meta.dirname, '..', '..')
const login = { host: '127.0.0.1:5000', username: 'shipper', password: '@file' }

describe('names behind the host of a registry', () => {
  test.each([
    ['one', 'ghcr.io/acme/churn', '127.0.0.1:5000/ghcr.io/acme/churn'],
    ['of Docker Hub', 'acme/churn', '127.0.0.1:5000/acme/churn'],
    ['with an expression', 'ghcr.io/${{ github.repository }}', '127.0.0.1:5000/ghcr.io/${{ github.repository }}'],
    ['several on a line', 'acme/a, acme/b', '127.0.0.1:5000/acme/a, 127.0.0.1:5000/acme/b'],
    ['several lines', 'acme/a\n  ghcr.io/acme/a\n', '127.0.0.1:5000/acme/a\n  127.0.0.1:5000/ghcr.io/acme/a\n'],
    ['as records', 'name=acme/a,enable=true', 'name=127.0.0.1:5000/acme/a,enable=true'],
  ])('%s', (_, images, expected) => expect(imagesBehind(login.host, images)).toBe(expected))
})

test('the logins of a workflow give way to that of the registry, and nothing else does', () => {
  const logins = { registry: 'docker.io', username: 'a', password: 'b', 'registry-auth': '- registry: ghcr.io', ecr: 'true' }
  expect(inputsBehind(login, { images: 'acme/a', 'test-first': true, 'compose-file': 'c.yml', ...logins })).toEqual({
    images: '127.0.0.1:5000/acme/a',
    'test-first': 'true',
    'compose-file': 'c.yml',
    username: 'shipper',
    password: '@file',
  })
})

test('a step that logs in is known, another is not', () => {
  const uses = ['docker/login-action@v3', 'google-github-actions/auth@v3', 'aws-actions/configure-aws-credentials@v5', 'azure/login@v2']
  expect(uses.filter(isLogin)).toEqual(uses)
  expect(['actions/checkout@v5', 'org/ml-image-action@v1', undefined].filter(isLogin)).toEqual([])
})

test('what ships is every step of the action that does not say it only checks', () => {
  const step = (more: object) => ({ uses: 'org/ml-image-action@v1', with: { images: 'acme/a', ...more } })
  const [api, worker, check] = [step({ target: 'api' }), step({ target: 'worker' }), step({ push: false })]
  const jobs = { image: { steps: [{ uses: 'actions/checkout@v5' }, api, worker] }, check: { steps: [check] }, called: {} }
  expect(shippingSteps({ jobs })).toEqual([api, worker])
})

test('expressions of a runner: the repository, no secrets, and nothing that only a runner knows', () => {
  expect(evaluated('ghcr.io/${{ github.repository }}/${{github.repository_owner}}${{ secrets.TOKEN }}', 'acme/a')).toBe(
    'ghcr.io/acme/a/acme',
  )
  expect(() => evaluated('${{ matrix.service }}', 'acme/a')).toThrow('${{ matrix.service }} is known to a runner alone')
})

test.each(readdirSync(join(root, 'examples')))('the demo can run what the workflow of %s ships', (name) => {
  const text = readFileSync(join(root, 'examples', name, '.github', 'workflows', 'image.yml'), 'utf8')
  const steps = shippingSteps(parse(text) as Parameters<typeof shippingSteps>[0])
  expect(steps.length).toBeGreaterThan(0)
  for (const { with: given = {}, env = {} } of steps)
    for (const value of Object.values({ ...inputsBehind(login, given), ...env }))
      expect(evaluated(String(value), `acme/${name}`)).not.toContain('${{')
})
