import { expect, test } from '@jest/globals'
import { untilCancelled } from '../src/until-cancelled.ts'

const never = new Promise<never>(() => {})

test('what comes in time is handed on', async () => {
  const { signal } = new AbortController()
  expect(await untilCancelled(signal, Promise.resolve(7))).toBe(7)
  await expect(untilCancelled(signal, Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('what does not come is not waited for after a cancel, be it before or amid', async () => {
  await expect(untilCancelled(AbortSignal.abort(), never)).rejects.toMatchObject({ code: 'cancelled' })
  const cancel = new AbortController()
  const waiting = untilCancelled(cancel.signal, never)
  cancel.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
})
