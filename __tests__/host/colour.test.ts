import { expect, test } from '@jest/globals'
import { painter, wantsColour } from '../../src/host/colour.ts'

test.each<readonly [Readonly<Record<string, string>>, boolean, boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'xterm-256color' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '3', TERM: 'dumb' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ FORCE_COLOR: '' }, false, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])('%j, a terminal: %j, has colours: %j', (env, isTerminal, wanted) => expect(wantsColour(env, isTerminal)).toBe(wanted))

test('a text gets its colour and ends it, or stays as it is', () => {
  expect(painter(true)('bad', 'red')).toBe('\u001b[31mred\u001b[0m')
  expect(painter(true)('bad', '')).toBe('')
  expect(painter(false)('bad', 'red')).toBe('red')
})
