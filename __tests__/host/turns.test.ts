import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Beat, createTurns, pulseMs } from '../../src/host/turns.ts'

/** A clock that beats when it is told to. */
function createBeat() {
  let now = 0
  const acts = new Set<() => void>()
  const beat: Beat = {
    now: () => now,
    every: (ms, act) => {
      expect(ms).toBe(pulseMs)
      acts.add(act)
      return () => void acts.delete(act)
    },
  }
  const pulse = () => {
    now += pulseMs
    for (const act of acts) act()
  }
  return { beat, pulse, isStill: () => acts.size === 0 }
}

function stage() {
  const printed: string[] = []
  const { beat, pulse, isStill } = createBeat()
  const open = createTurns((text) => printed.push(text), beat)
  const begin = (name: string) => {
    const turn = open(name, () => printed.push(`(${name}`))
    return { line: turn.line, close: () => turn.close(() => printed.push(`${name})`)) }
  }
  return { printed, begin, pulse, isStill }
}

test('the first to come prints as it goes, the others are held back until their turn', () => {
  const { printed, begin } = stage()
  const a = begin('a')
  const b = begin('b')
  a.line('a1')
  b.line('b1')
  expect(printed).toEqual(['(a', 'a1'])
  a.close()
  expect(printed).toEqual(['(a', 'a1', 'a)', '(b', 'b1'])
  b.line('b2')
  b.close()
  expect(printed).toEqual(['(a', 'a1', 'a)', '(b', 'b1', 'b2', 'b)'])
})

test('one that ended before its turn is printed whole when it comes', () => {
  const { printed, begin } = stage()
  const [a, b, c] = ['a', 'b', 'c'].map(begin)
  b?.line('b1')
  b?.close()
  c?.line('c1')
  a?.close()
  expect(printed).toEqual(['(a', 'a)', '(b', 'b1', 'b)', '(c', 'c1'])
})

test('what waits tells every 15 s what it is at, and once that it has ended', () => {
  const { printed, begin, pulse, isStill } = stage()
  const a = begin('Test')
  expect(isStill()).toBe(true)
  const b = begin('Build')
  pulse()
  b.line('│ [2/5] RUN pip install -r requirements.txt')
  b.line(`│ ${'x'.repeat(200)}`)
  pulse()
  b.close()
  pulse()
  pulse()
  a.close()
  expect(printed).toEqual([
    '(Test',
    '[Build goes on beside this, for 15 s]',
    `[Build goes on beside this, for 30 s: ${'x'.repeat(120)}...]`,
    '[Build has ended; its log comes next]',
    'Test)',
    '(Build',
    '│ [2/5] RUN pip install -r requirements.txt',
    `│ ${'x'.repeat(200)}`,
    'Build)',
  ])
  expect(isStill()).toBe(true)
})

test('the first to come tells nothing ahead: it prints as it goes', () => {
  const { printed, begin, pulse } = stage()
  const a = begin('a')
  begin('b').close()
  pulse()
  a.close()
  pulse()
  expect(printed).toEqual(['(a', '[b has ended; its log comes next]', 'a)', '(b', 'b)'])
})

test('closing twice is closing once', () => {
  const { printed, begin } = stage()
  const a = begin('a')
  a.close()
  a.close()
  begin('b').close()
  expect(printed).toEqual(['(a', 'a)', '(b', 'b)'])
})

test('of one that waits long the oldest lines are dropped, and that is said', () => {
  const { printed, begin } = stage()
  const a = begin('a')
  const b = begin('b')
  for (let i = 0; i < 50_003; i++) b.line(`${i}`)
  a.close()
  expect(printed.slice(2, 5)).toEqual(['(b', '[3 earlier lines left out]', '3'])
  expect(printed).toHaveLength(50_004)
})

test('however stages write beside each other, the lines of each stay together and in order', () => {
  const act = fc.tuple(fc.nat(3), fc.constantFrom('line' as const, 'line' as const, 'close' as const))
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { printed, begin } = stage()
      const names = ['a', 'b', 'c', 'd']
      const turns = names.map(begin)
      const wanted = names.map((name) => [`(${name}`])
      const closed = new Set<number>()
      const close = (index: number) => {
        if (!closed.has(index)) wanted[index]?.push(`${names[index]})`)
        closed.add(index)
        turns[index]?.close()
      }
      acts.forEach(([index, what], count) => {
        if (what === 'close') close(index)
        else if (!closed.has(index)) {
          turns[index]?.line(`${names[index]}${count}`)
          wanted[index]?.push(`${names[index]}${count}`)
        }
      })
      names.forEach((_, index) => void close(index))
      expect(printed).toEqual(wanted.flat())
    }),
  )
})
