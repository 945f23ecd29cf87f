import type { KnownCause } from '../causes.ts'

/** BuildKit's words about a base image: its name is the first group. */
const base = (what: string) => new RegExp(`(?:(?:load|source) metadata for|\\] FROM) (\\S+?)(?:@sha256:\\w+)?: .*(?:${what})`, 'is')

/** The base image cannot be had. */
export const baseCauses: readonly KnownCause[] = [
  {
    name: 'base-rate-limit',
    pattern: base('\\b429\\b|toomanyrequests|too many requests|pull rate limit'),
    of: 'buildkit',
    code: 'base-image-unavailable',
    cause: 'The registry of the base image $1 allows no more pulls for now.',
    fix: 'Log in to it before this step (docker/login-action), which raises the limit, or take the image from a mirror; else run the job again later.',
  },
  {
    name: 'base-unauthorized',
    pattern: base('\\b401\\b|\\b403\\b|unauthorized|forbidden|access denied|authorization failed|no basic auth credentials'),
    of: 'buildkit',
    code: 'base-image-unavailable',
    cause: 'The registry does not let this job read the base image $1; some registries say so of an image that is not there, too.',
    fix: 'Check the name in FROM. If it is right, log in to its registry before this step (docker/login-action), or give the login with username, password and registry.',
  },
  {
    name: 'base-platform',
    pattern: base('no match for platform|does not match the specified platform'),
    of: 'buildkit',
    cause: 'The base image $1 is not there for the platform that is built.',
    fix: 'Take a base image that is there for this platform, or leave the platform out.',
  },
  {
    name: 'base-outdated-format',
    pattern: base('manifest\\.v1\\+prettyjws|schema ?(?:version)? ?1|mediatype .*no longer supported'),
    of: 'buildkit',
    cause: 'The base image $1 is stored in a format that engines no longer read (Docker schema 1).',
    fix: 'Take a newer tag, or another image.',
  },
  {
    name: 'base-not-found',
    pattern: base('not found|manifest unknown|name unknown|does not exist|\\b404\\b'),
    of: 'buildkit',
    cause: 'There is no image $1. Old tags are removed (nvidia/cuda) and whole images are given up.',
    fix: 'Correct the name or the tag. If a stage is meant by it, no "FROM ... AS" of that name stands before its use.',
  },
  {
    name: 'base-unreachable',
    pattern: base(
      'no such host|i/o timeout|connection refused|connection reset|proxyconnect|x509|tls|network is unreachable|deadline exceeded|server misbehaving|\\b50[0234]\\b|unexpected eof',
    ),
    of: 'buildkit',
    code: 'base-image-unavailable',
    cause: 'The registry of the base image $1 cannot be reached by the engine.',
    fix: "Run the job again if it is a passing fault. Behind a proxy or a CA of one's own, the engine needs them in its own configuration (/etc/docker/daemon.json), not only the job.",
  },
]
