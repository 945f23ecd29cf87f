import { type Declared, declaredInputs } from './declared.ts'

const { images, tags, flavor, registry, username, password, ecr, attest, summary } = declaredInputs

/** Every input of the sub-action merge, in the order of merge/action.yml; what it shares with the action means the same. */
export const declaredMergeInputs = {
  images,
  digests: {
    group: 'image',
    default: '',
    help: 'Digests to join, one a line, or the outputs of the jobs as JSON. Default: all that this run has pushed with push: digest.',
    example: '${{ toJSON(needs) }}',
  },
  platforms: {
    group: 'image',
    default: '',
    help: 'Platforms that the index must hold, no more and no fewer. Default: those of the digests.',
    example: 'linux/amd64,linux/arm64',
  },
  tags,
  flavor,
  annotations: {
    group: 'image',
    default: '',
    help: 'More annotations of the index, one a line: NAME=VALUE. They may hold expressions, and win over those of the action.',
    example: 'org.opencontainers.image.title=Iris',
  },
  push: {
    group: 'image',
    default: 'auto',
    help: 'auto sets tags on the default branch, tags, releases, schedule and dispatch; true also on branches and pull requests of the same repository; false never.',
    example: 'auto',
  },
  registry,
  username,
  password,
  'registry-auth': declaredInputs['registry-auth'],
  ecr,
  'github-token': declaredInputs['github-token'],
  attest,
  summary,
  'report-file': declaredInputs['report-file'],
} as const satisfies Readonly<Record<string, Declared>>
