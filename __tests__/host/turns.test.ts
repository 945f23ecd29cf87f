import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createTurns } from '../../src/host/turns.ts'

function stage() {
  const printed: string[] = []
  const open = createTurns((text) => printed.push(text))
  const begin = (name: string) => {
    const turn = open(() => printed.push(`(${name}`))
    return { line: turn.line, close: () => turn.close(() => printed.push(`${name})`)) }
  }
  return { printed, begin }
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
