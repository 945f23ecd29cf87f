/**
 * JSON Schemas of what is signed, written from https://github.com/in-toto/attestation: spec/v1/statement.md,
 * spec/v1/resource_descriptor.md, spec/v1/digest_set.md and spec/predicates/test-result.md. Fields that are not known are
 * allowed there.
 */
const digestSet = {
  type: 'object',
  minProperties: 1,
  properties: {
    sha256: { type: 'string', pattern: '^[a-f0-9]{64}$' },
    gitCommit: { type: 'string', pattern: '^([a-f0-9]{40}|[a-f0-9]{64})$' },
  },
  additionalProperties: { type: 'string', pattern: '^[a-f0-9]+$' },
} as const

const descriptor = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    uri: { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:' },
    digest: digestSet,
    content: { type: 'string' },
    downloadLocation: { type: 'string' },
    mediaType: { type: 'string' },
    annotations: { type: 'object' },
  },
  anyOf: [{ required: ['uri'] }, { required: ['digest'] }, { required: ['content'] }],
} as const

const names = { type: 'array', items: { type: 'string', minLength: 1 } } as const

export const statementSchema = {
  type: 'object',
  required: ['_type', 'subject', 'predicateType'],
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' },
    subject: { type: 'array', minItems: 1, items: { ...descriptor, required: ['digest'] } },
    predicateType: { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:' },
    predicate: { type: 'object' },
  },
} as const

export const testResultSchema = {
  type: 'object',
  required: ['predicateType', 'predicate'],
  properties: {
    predicateType: { const: 'https://in-toto.io/attestation/test-result/v0.1' },
    predicate: {
      type: 'object',
      required: ['result', 'configuration'],
      properties: {
        result: { enum: ['PASSED', 'WARNED', 'FAILED'] },
        configuration: { type: 'array', items: descriptor },
        url: { type: 'string', pattern: '^https://' },
        passedTests: names,
        warnedTests: names,
        failedTests: names,
      },
    },
  },
} as const
