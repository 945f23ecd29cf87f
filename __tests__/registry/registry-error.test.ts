import { describe, expect, test } from '@jest/globals'
import { codeOf, engineRefusals } from '../../src/registry/refusals.ts'
import { registryError } from '../../src/registry/registry-error.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const errors = (code: string, message: string) => JSON.stringify({ errors: [{ code, message, detail: {} }] })

/** What registries answer, as far as it is known from their documentation, their source or their users. */
const answers: readonly (readonly [registry: string, status: number, body: string, code: string])[] = [
  ['Docker Hub, token', 401, '{"details":"incorrect username or password"}', 'registry-unauthorized'],
  ['Docker Hub', 401, errors('UNAUTHORIZED', 'authentication required'), 'registry-unauthorized'],
  ['Docker Hub', 403, errors('DENIED', 'requested access to the resource is denied'), 'registry-denied'],
  ['Docker Hub', 429, errors('TOOMANYREQUESTS', 'You have reached your unauthenticated pull rate limit.'), 'rate-limited'],
  ['GHCR', 403, errors('DENIED', 'permission_denied: write_package'), 'registry-denied'],
  ['GHCR', 403, errors('DENIED', 'permission_denied: The token provided does not match expected scopes.'), 'registry-denied'],
  [
    'ECR',
    404,
    errors('NAME_UNKNOWN', "The repository with name 'iris' does not exist in the registry with id '123456789012'"),
    'repository-missing',
  ],
  [
    'ECR',
    400,
    errors(
      'TAG_INVALID',
      "The image tag 'v1' already exists in the 'iris' repository and cannot be overwritten because the tag is immutable.",
    ),
    'tag-immutable',
  ],
  [
    'ECR, before',
    400,
    errors(
      'TAG_INVALID',
      "The image tag 'v1' already exists in the 'iris' repository and cannot be overwritten because the repository is immutable.",
    ),
    'tag-immutable',
  ],
  ['ECR', 403, errors('DENIED', 'Your authorization token has expired. Reauthenticate and try again.'), 'registry-unauthorized'],
  [
    'ECR',
    403,
    errors('DENIED', 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn'),
    'registry-denied',
  ],
  ['Artifact Registry', 404, errors('NAME_UNKNOWN', 'Repository "iris" not found'), 'repository-missing'],
  [
    'Artifact Registry',
    403,
    errors('DENIED', 'Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "projects/p" (or it may not exist)'),
    'registry-denied',
  ],
  ['Artifact Registry', 400, errors('DENIED', 'cannot update tag latest. The repository has enabled tag immutability'), 'tag-immutable'],
  [
    'Artifact Registry',
    429,
    errors('TOOMANYREQUESTS', "Quota exceeded for quota metric 'Requests per project per region'"),
    'rate-limited',
  ],
  [
    'ACR, locked',
    405,
    errors(
      'UNSUPPORTED',
      'The operation is disallowed on this registry, repository or image. View troubleshooting steps at https://aka.ms/acr/faq',
    ),
    'tag-immutable',
  ],
  ['ACR', 401, errors('UNAUTHORIZED', 'authentication required, visit https://aka.ms/acr/authorization'), 'registry-unauthorized'],
  ['GitLab', 403, errors('DENIED', 'access forbidden'), 'registry-denied'],
  ['GitLab', 404, errors('NAME_UNKNOWN', 'repository name not known to registry'), 'repository-missing'],
  ['Quay', 401, errors('UNAUTHORIZED', 'access to the requested resource is not authorized'), 'registry-unauthorized'],
  ['Quay', 403, errors('DENIED', 'Quota has been exceeded on namespace'), 'quota-exceeded'],
  [
    'Harbor',
    403,
    errors(
      'DENIED',
      'adding 29.0 MiB of storage resource, which when updated to current usage of 152.4 MiB will exceed the configured upper limit of 10.0 MiB.',
    ),
    'quota-exceeded',
  ],
  ['Harbor', 412, errors('PRECONDITION', "Failed to process request due to 'iris:v1' configured as immutable."), 'tag-immutable'],
  ['Harbor', 404, errors('NOT_FOUND', 'project acme not found'), 'repository-missing'],
  ['nginx before it', 413, '<html><head><title>413 Request Entity Too Large</title></head></html>', 'layer-too-large'],
  ['distribution', 400, errors('SIZE_INVALID', 'provided length did not match content length'), 'layer-too-large'],
  ['distribution', 400, errors('MANIFEST_INVALID', 'manifest invalid'), 'registry-refused'],
  ['distribution, read-only', 405, errors('UNSUPPORTED', 'The operation is unsupported.'), 'registry-denied'],
  ['any, its disk full', 507, '', 'quota-exceeded'],
  ['any', 503, '<html>', 'registry-unavailable'],
  ['any', 503, errors('UNAVAILABLE', 'quota service is down'), 'registry-unavailable'],
  ['any', 200, '', 'registry-unavailable'],
]

describe('an answer means what its registry says by it', () => {
  test.each(answers)('%s: %d %s is %s', (_, status, body, code) =>
    expect(registryError('ghcr.io/acme/iris cannot be pushed to', { status, body: bytes(body) }).code).toBe(code),
  )
  test('in its own words', () =>
    expect(registryError('It fails', { status: 403, body: bytes(errors('DENIED', 'a "word" of\\its own')) }).message).toBe(
      'It fails (HTTP 403: a "word" of\\its own)',
    ))
})

describe('a rate limit is told with its numbers', () => {
  const limited = (headers: Readonly<Record<string, string>>) =>
    registryError('It fails', { status: 429, headers, body: bytes(errors('TOOMANYREQUESTS', 'too many')) }).message
  test('of Docker Hub', () =>
    expect(limited({ 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' })).toBe(
      'It fails (HTTP 429: too many; limit 100 in 21600 s, remaining 0 in 21600 s)',
    ))
  test('of others, and how long it wants to be left alone', () =>
    expect(limited({ 'x-ratelimit-remaining': '0', 'retry-after': '3600' })).toBe(
      'It fails (HTTP 429: too many; remaining 0, asks to wait: 3600)',
    ))
  test('where there are none, without', () => expect(limited({})).toBe('It fails (HTTP 429: too many)'))
})

describe('a clock that is wrong', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5)
  const refused = (date: string | undefined, status = 401) =>
    registryError('It fails', { status, headers: date === undefined ? {} : { date }, body: bytes('') }, now)
  test.each([
    ['Fri, 02 Jan 2026 03:11:05 GMT', "It fails (HTTP 401: the clock of this machine is 7 min behind the registry's)"],
    ['Fri, 02 Jan 2026 02:04:05 GMT', "It fails (HTTP 401: the clock of this machine is 60 min ahead of the registry's)"],
  ])('is told where a login is refused: %s', (date, message) => expect(refused(date)).toMatchObject({ code: 'clock-skew', message }))
  test.each(['Fri, 02 Jan 2026 03:05:05 GMT', 'soon', undefined])('not by %s', (date) =>
    expect(refused(date)).toMatchObject({ code: 'registry-unauthorized', message: 'It fails (HTTP 401)' }),
  )
  test('nor where it is about something else', () => expect(refused('Fri, 02 Jan 2026 02:04:05 GMT', 403).code).toBe('registry-denied'))
})

test.each([
  ['unauthorized: authentication required', 'registry-unauthorized'],
  ['denied: requested access to the resource is denied', 'registry-denied'],
  ['tag invalid: The image tag already exists and cannot be overwritten because the repository is immutable.', 'tag-immutable'],
  ['name unknown: The repository with name iris does not exist', 'repository-missing'],
  ['toomanyrequests: You have reached your pull rate limit', 'rate-limited'],
  ['unexpected EOF', undefined],
])('what the engine says of it: %s', (line, code) => expect(codeOf(engineRefusals, undefined, line)).toBe(code))
