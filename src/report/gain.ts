import type { Gain } from '../advice/advice.ts'
import { bytesText, timeText } from '../amounts.ts'

/** What following a piece of advice wins, in a few words. */
export function gainText(gain: Gain): string {
  switch (gain.kind) {
    case 'size':
      return gain.bytes === undefined ? 'a smaller image' : `${bytesText(gain.bytes)} less`
    case 'time':
      return gain.ms === undefined ? 'a faster build' : `${timeText(gain.ms)} less`
    case 'risk':
      return gain.text
  }
}
