import { expect, test } from '@jest/globals'
import { declaredInputs } from '../../src/inputs/declared.ts'
import { takeInputs, variableOf } from '../../src/inputs/environment.ts'

test('the runner names an input in capitals, with its dashes, and _ for blanks', () => {
  expect(variableOf('dry-run')).toBe('INPUT_DRY-RUN')
  expect(variableOf('two words')).toBe('INPUT_TWO_WORDS')
})

test('inputs are taken out of the environment, so that no child can be handed them', () => {
  const env: Record<string, string | undefined> = {
    PATH: '/bin',
    INPUT_IMAGES: 'ghcr.io/acme/iris',
    'INPUT_DRY-RUN': 'true',
    INPUT_PASSWORD: '',
    INPUT_GONE: undefined,
    MY_INPUT_X: 'kept',
  }
  const given = takeInputs(env)
  expect([...given]).toEqual([
    ['images', 'ghcr.io/acme/iris'],
    ['dry-run', 'true'],
    ['password', ''],
  ])
  expect(env).toEqual({ PATH: '/bin', MY_INPUT_X: 'kept', INPUT_GONE: undefined })
})

test('every declared input comes back under its own name', () => {
  const names = Object.keys(declaredInputs)
  const env = Object.fromEntries(names.map((name) => [variableOf(name), name]))
  expect([...takeInputs(env)]).toEqual(names.map((name) => [name, name]))
})
