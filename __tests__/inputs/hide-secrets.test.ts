import { expect, test } from '@jest/globals'
import { hideSecrets, secretValues } from '../../src/inputs/hide-secrets.ts'
import { createInputs } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const values = (inputs: Parameters<typeof secretValues>[0], job = {}, files = createFiles()) =>
  secretValues(inputs, job, files.readText).map(({ value }) => value)

test('what was given to log in and to mount is secret', () => {
  const inputs = createInputs({
    credentials: { username: 'octocat', password: 'pass-word', githubToken: 'ghs_token' },
    build: { options: { secrets: [{ id: 'a', kind: 'value', value: 'mounted' }] } },
  })
  expect(values(inputs)).toEqual(['pass-word', 'ghs_token', 'mounted'])
})

test('of a file each line is, and what such a line ends with; not an address without a login, nor a word', () => {
  const files = createFiles({
    '/netrc': 'machine index.example login octocat password s3cret-of-netrc\n',
    '/pip.conf': '[global]\nindex-url = https://pypi.org/simple\nextra-index-url = https://me:t0ken@index.example/simple\nretries = 3\n',
  })
  const secrets = ['/netrc', '/pip.conf'].map((path) => ({ id: path.slice(1), kind: 'file', path }) as const)
  const found = values(createInputs({ build: { options: { secrets } } }), {}, files)
  expect(found).toEqual(expect.arrayContaining(['s3cret-of-netrc', 'https://me:t0ken@index.example/simple']))
  expect(found).not.toContain('https://pypi.org/simple')
  expect(found).not.toContain('3')
})

test.each([
  ['HF_TOKEN', 'hf_0123456789', true],
  ['AWS_SECRET_ACCESS_KEY', 'abcdefgh', true],
  ['ACTIONS_RUNTIME_TOKEN', 'eyJ0eXAi', true],
  ['DB_PASSWORD', 'correct horse', true],
  ['api_key', '12345678', true],
  ['MAX_TOKENS', '40960000', false],
  ['TOKENIZER', 'bert-base-uncased', false],
  ['TOKENIZERS_PARALLELISM', 'false', false],
  ['PAD_TOKEN', '[PAD]', false],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', '/var/run/token', false],
  ['ACTIONS_ID_TOKEN_REQUEST_URL', 'https://identity.example', false],
])('a variable %s=%s is taken for a secret: %s', (name, value, secret) => {
  const found = secret ? [value] : []
  expect(values(createInputs(), { [name]: value })).toEqual(found)
  expect(values(createInputs({ test: { env: { [name]: value } } }))).toEqual(found)
  expect(values(createInputs({ smoke: { env: { [name]: value } } }))).toEqual(found)
  expect(values(createInputs({ build: { args: { [name]: value } } }))).toEqual(found)
})

test('one of three characters would be masked in the middle of words: that it is not is told, without it', () => {
  const notices: string[] = []
  const host = createFakeHost({ env: {} })
  const secrets = [
    { id: 'short', kind: 'value', value: 'abc' },
    { id: 'long', kind: 'value', value: 'abcd' },
  ] as const
  hideSecrets(host, createInputs({ build: { options: { secrets } } }), (text) => notices.push(text))
  expect(host.hidden).toEqual(['abcd'])
  expect(notices).toEqual(['secrets: short has 3 characters, too few to be masked: it may be read in the log.'])
})
