import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { releaseTable } from '../../script/docs.ts'
import { adviceIds } from '../../src/advice/rules/table.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'advice.md'), 'utf8')

test('the docs have a heading for each rule, and for no other', () => {
  expect([...page.matchAll(/^### `([^`]+)`$/gm)].map(([, id = '']) => id).toSorted()).toEqual([...adviceIds].toSorted())
})

test('each heading says what the fix is, and what it gains', () => {
  const parts = page.split(/^### /m).slice(1)
  expect(parts.filter((part) => !/\bGain:\s/.test(part) || !/\bFix\b[^.]*:\s/.test(part)).map((part) => part.split('\n')[0])).toEqual([])
})

test('ids are told once, and in the same way everywhere', () => {
  expect(new Set(adviceIds).size).toBe(adviceIds.length)
  expect(adviceIds.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
})

test('the docs have the dates of the data', () => expect(page).toContain(releaseTable()))

/** https://docs.docker.com/reference/build-checks/ */
const checks = [
  ...['StageNameCasing', 'FromAsCasing', 'NoEmptyContinuation', 'ConsistentInstructionCasing', 'DuplicateStageName', 'ReservedStageName'],
  ...['JSONArgsRecommended', 'MaintainerDeprecated', 'UndefinedArgInFrom', 'WorkdirRelativePath', 'UndefinedVar', 'LegacyKeyValueFormat'],
  ...['MultipleInstructionsDisallowed', 'RedundantTargetPlatform', 'SecretsUsedInArgOrEnv', 'InvalidDefaultArgInFrom', 'CopyIgnoredFile'],
  ...['FromPlatformFlagConstDisallowed', 'InvalidDefinitionDescription', 'ExposeProtoCasing', 'ExposeInvalidFormat'],
]

test('no rule has the name of a check of BuildKit', () => {
  const kebab = checks.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase())
  expect(adviceIds.filter((id) => kebab.includes(id))).toEqual([])
})
